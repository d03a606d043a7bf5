import { expect, test } from '@jest/globals';
import path from 'node:path';
import { sha256 } from '../../src/core/draft.ts';
import { loadRuleSet } from '../../src/library/load.ts';
import { proposalOf } from '../../src/library/proposal.ts';

test('names every kind of work and nothing that is none; only one of them is an answer', async () => {
  const rules = await loadRuleSet(path.resolve('rules'));
  const text = 'Which kind?\n';
  const proposal = proposalOf(text, rules);
  const { system, hash, schema } = proposal;
  expect(hash).toBe(sha256(text));
  expect(system.startsWith('Which kind?\n\n- ')).toBe(true);
  const { properties } = schema as { properties: { kind: { enum: readonly string[] } } };
  const named = properties.kind.enum;
  for (const { id, sort, title } of rules.kinds.values()) {
    expect(named.includes(id)).toBe(sort === 'work');
    expect(system.includes(`- ${id}: ${title}`)).toBe(sort === 'work');
  }
  expect(proposal.parse('{"kind":"draft.blog"}')).toBe('draft.blog');
  expect(proposal.parse('{"kind":"unclear"}')).toBe('unclear');
  for (const other of [
    '{"kind":"human.money"}',
    '{"kind":"draft.blog","lane":"senior"}',
    'draft.blog',
    '',
    'null',
  ])
    expect(proposal.parse(other)).toBeNull();
});

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readPiece } from '../../src/core/read.ts';
import { loadRuleSet } from '../../src/library/load.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aios-examples-'));
  await cp('rules', folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = (kind: string) => join(folder, 'kinds', `${kind}.yaml`);
const change = async (kind: string, by: (text: string) => string) =>
  writeFile(file(kind), by(await readFile(file(kind), 'utf8')));

test.each([
  [
    'a kind without examples',
    () => rm(file('fix.links')),
    /rules\/kinds\/fix\.links\.yaml:1:1: expected examples of fix\.links/,
  ],
  [
    'too few',
    () => writeFile(file('fix.links'), 'kind: fix.links\nexamples: [fix the links]\n'),
    /fix\.links\.yaml:\d+:\d+: .*expected at least 20 examples/,
  ],
  [
    'another kind than the file says',
    () => change('fix.links', (text) => text.replace('kind: fix.links', 'kind: draft.blog')),
    /fix\.links\.yaml:\d+:\d+: expected fix\.links, as the file is called, got draft\.blog/,
  ],
  [
    'a look-alike of no kind',
    () => change('fix.links', (text) => text.replace('kind: plan.redirects', 'kind: plan.nothing')),
    /fix\.links\.yaml:\d+:\d+: expected another kind of rules\/kinds\.yaml, got "plan\.nothing"/,
  ],
  [
    'broken YAML',
    () => change('fix.links', (text) => `${text}\n  - : {{`),
    /fix\.links\.yaml:\d+:\d+: /,
  ],
])('%s is told with its place', async (_, breaks, says) => {
  await breaks();
  await expect(loadRuleSet(folder)).rejects.toMatchObject({
    code: 'bad_rules',
    message: expect.stringMatching(says),
  });
});

test('one example more changes the set and what it reads', async () => {
  const odd = 'let the marmalade flow upstream';
  const read = async () => {
    const rules = await loadRuleSet(folder);
    const { facts } = readPiece({ text: odd, files: [] }, rules, { cloud: 'allowed' });
    return { hash: rules.hash, kind: facts.kind.value };
  };
  const before = await read();
  await change('plan.content', (text) => text.replace('examples:\n', `examples:\n  - ${odd}\n`));
  const after = await read();
  expect(after.hash).not.toBe(before.hash);
  expect([before.kind, after.kind]).toEqual([
    expect.not.stringMatching(/^plan\.content$/),
    'plan.content',
  ]);
});

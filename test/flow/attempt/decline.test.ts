import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Persona } from '../../../src/core/persona.ts';
import { refOf } from '../../../src/core/rule-set.ts';
import { digestMessage } from '../../../src/flow/cards/digest-message.ts';
import type { NamedRule } from '../../../src/core/rule-set.ts';
import { APPROVER, REVIEW, settleAcme, taskIn } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { workOn } from '../../helpers/worked.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
  // In the shipped practice few kinds have two specialists; here four take blog posts, so that they can be handed on.
  for (const id of ['editor', 'technical-writer', 'newsletter-writer']) alsoTakes(id, 'draft.blog');
}, 60_000);
afterAll(async () => running.close());

function alsoTakes(id: string, kind: string): void {
  const byId = running.aios.world.library.personas.byId as Map<string, Persona>;
  const persona = byId.get(id);
  if (persona === undefined) throw new Error(`no persona ${id}`);
  byId.set(id, { ...persona, accepts: [...persona.accepts, kind] });
}

const to = (colleague: string | null) => ({ answer: { as: 'decline', to: colleague } as const });
const rule = (id: NamedRule) => refOf(running.aios.world.library.rules, id);

/** The line of this week's digest about declines. */
async function declinedLine(): Promise<string> {
  const { world } = running.aios;
  const { week } = await world.store.weekHolding(world.clock.now(), world.facility.zone);
  const { lines } = await digestMessage(world, { week, client: '' });
  return lines.find((line) => line.startsWith('Declined: ')) ?? '';
}

/** Runs a blog post that is declined so, and gives who had it and what stands in the record. */
async function declined(...chain: readonly (string | null)[]) {
  const { number, calls } = await workOn(running, { script: chain.map(to) });
  const { task, attempts } = await taskIn(running, number, 'asking', 'waiting');
  const trail = await running.aios.world.store.trail({ task: task.id });
  const entries = trail
    .filter((e) => e.type === 'task.declined' || e.data['declined'] === true)
    .map((e) => [e.persona, e.data['to'], e.rule, e.to]);
  return { task, calls: calls().length, had: attempts.map((a) => a.persona), entries };
}

describe('work that a specialist declines', () => {
  test('goes to the colleague it names, who does it', async () => {
    const { task, had, entries } = await declined('editor');
    expect(task).toMatchObject({ state: 'waiting', persona: 'editor', declines: 1 });
    expect(had).toEqual(['blog-drafter', 'editor']);
    expect(entries).toEqual([['blog-drafter', 'editor', rule('DECLINE-FIT'), 'queued']]);
  }, 60_000);

  test('is handed on twice at most, then a person is asked', async () => {
    const { task, calls, had, entries } = await declined(
      'editor',
      'technical-writer',
      'newsletter-writer',
    );
    expect(task).toMatchObject({ state: 'asking', waitsFor: 'answer:kind', declines: 3 });
    expect(calls).toBe(3);
    expect(had).toEqual(['blog-drafter', 'editor', 'technical-writer']);
    expect(entries).toEqual([
      ['blog-drafter', 'editor', rule('DECLINE-FIT'), 'queued'],
      ['editor', 'technical-writer', rule('DECLINE-FIT'), 'queued'],
      ['technical-writer', 'newsletter-writer', rule('DECLINE-LIMIT'), 'asking'],
    ]);
  }, 60_000);

  test.each([
    ['back to who had it first', ['editor', 'blog-drafter'], 'blog-drafter', 'DECLINE-LIMIT'],
    ['to itself', ['blog-drafter'], 'blog-drafter', 'DECLINE-LIMIT'],
    ['to nobody the practice has', ['the wizard of oz'], 'unknown', 'DECLINE-FIT'],
    ['to a colleague who does not take such work', ['linter'], 'linter', 'DECLINE-FIT'],
    ['to a person', ['human'], 'human', 'DECLINE-FIT'],
    ['to nobody it names', [null], 'human', 'DECLINE-FIT'],
    ['by approving it instead', ['approved'], 'unknown', 'DECLINE-FIT'],
  ] as const)(
    'never goes %s: a person is asked',
    async (_name, chain, says, by) => {
      const { task, calls, had, entries } = await declined(...chain);
      expect(task).toMatchObject({ state: 'asking', waitsFor: 'answer:kind' });
      expect(calls).toBe(chain.length);
      expect(new Set(had).size).toBe(had.length);
      expect(entries.at(-1)).toEqual([had.at(-1), says, rule(by), 'asking']);
    },
    60_000,
  );
});

describe('the digest of the week', () => {
  test('says who declined what to whom, and how it turned out', async () => {
    const { task } = await declined('linter');
    expect(await declinedLine()).toContain('blog-drafter, draft.blog to linter 2 times (2 open)');
    const ada = deskOf(running, APPROVER);
    const { request } = (await running.aios.world.store.taskFile(task.id)) ?? {};
    const card = await ada.card(REVIEW, 'answer', `#${request?.number}`);
    await ada.press(card, 'Draft a blog post');
    await taskIn(running, request?.number ?? 0, 'waiting');
    expect(await declinedLine()).toContain(
      'blog-drafter, draft.blog to linter 2 times (1 wrongly, 1 open)',
    );
  }, 60_000);
});

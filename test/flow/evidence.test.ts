import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { behind, evidenceOf } from '../../src/flow/evidence.ts';
import type { Entry } from '../../src/ledger/read.ts';

const DRAFT = 'ab'.repeat(32);
const ADA = 'ada';

type Known = {
  readonly entries?: readonly { type: string; draft: string; by: string; at: number }[];
  readonly postedAt?: number | null;
  readonly ts?: string;
  readonly madeAt?: number;
  readonly now?: number;
};

/** What is found where nothing but this is known. */
function found({ entries = [], postedAt = null, ts, madeAt = 0, now = 9_000 }: Known) {
  const trail = entries.map((e) => ({ ...e, actor: { kind: 'person', id: e.by } }));
  const world = {
    clock: { now: () => moment(now), newId: () => '' as never },
    store: { trail: async () => trail as unknown as readonly Entry[] },
  };
  const press = {
    card: { postedAt },
    person: { id: ADA },
    pressed: ts === undefined ? {} : { at: { channel: 'C', ts } },
  };
  const shown = { task: { task: {} }, draft: { sha256: DRAFT, madeAt: moment(madeAt) } };
  return evidenceOf(world, press as never, shown as never);
}

test('only a reading of these bytes by whoever decides counts, and of several the first', async () => {
  const read = { type: 'draft.read', draft: DRAFT, by: ADA, at: 5 };
  expect(await found({ entries: [read, { ...read, at: 7 }] })).toMatchObject({ readAt: 5 });
  for (const other of [{ by: 'caleb' }, { draft: 'cd'.repeat(32) }, { type: 'draft.made' }])
    expect(await found({ entries: [{ ...read, ...other }] })).toMatchObject({ readAt: null });
});

test('a card was posted when that was written down; a press that came before it tells it by its message', async () => {
  expect(await found({ postedAt: 3, ts: '0.007' })).toMatchObject({ shownAt: 3 });
  expect(await found({ ts: '7.891123' })).toMatchObject({ shownAt: 7_891 });
  for (const ts of ['', 'soon', '-1', '1e99', '9.001', undefined])
    expect(await found({ madeAt: 1, ...(ts === undefined ? {} : { ts }) })).toMatchObject({
      shownAt: null,
    });
});

test('no card is said to be posted before its draft was there, or after now', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.oneof(fc.string(), fc.float()), async (a, b, ts) => {
      const [madeAt, now] = [Math.min(a, b), Math.max(a, b)];
      const { shownAt } = await found({ madeAt, now, ts: String(ts) });
      expect(shownAt === null || (shownAt >= madeAt && shownAt <= now)).toBe(true);
    }),
  );
});

test('a Read that is written down between two looks at the trail never counts minutes without evidence', async () => {
  const made = {
    type: 'draft.made',
    draft: DRAFT,
    at: 1,
    actor: { kind: 'persona', id: 'editor' },
  };
  const read = { type: 'draft.read', draft: DRAFT, at: 5, actor: { kind: 'person', id: ADA } };
  for (const seenFrom of [1, 2, 3]) {
    let looks = 0;
    const trail = async () => ((looks += 1) >= seenFrom ? [made, read] : [made]);
    const world = {
      clock: { now: () => moment(9_000), newId: () => '' as never },
      library: { rules: { minutes: new Map(), sizes: { small: {}, medium: {} } } },
      store: { trail: trail as unknown as () => Promise<readonly Entry[]> },
    };
    const task = { id: 't', kind: 'draft.blog', facts: { words: 1, files: 1 } };
    const about = { task: { task }, draft: { sha256: DRAFT, madeAt: moment(1) } };
    const press = { card: { postedAt: 2 }, person: { id: ADA }, pressed: {} };
    const { evidence, reviewed } = await behind(world as never, press as never, about as never);
    if (reviewed.readAt !== null) expect(evidence.readAt).toBe(5);
  }
});

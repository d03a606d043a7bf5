import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PersonId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { lostReview, reviewedBy } from '../../src/flow/review-time.ts';
import type { TaskRow } from '../../src/flow/ports/rows-work.ts';
import type { Entry } from '../../src/ledger/read.ts';

const ADA = 'ada' as PersonId;
const MINUTE = 60_000;
const KIND = 'draft.blog';
const TABLE = 10;

type Said = readonly [type: string, by: string, minute: number];

/** A practice whose record of one task holds nothing but this. */
function knowing(entries: readonly Said[]) {
  const trail = entries.map(([type, id, minute]) => ({
    type,
    actor: { kind: 'person', id },
    at: minute * MINUTE,
  }));
  const row = { kind: KIND, review: { small: TABLE, medium: 20, large: 40 } };
  const sizes = { small: { words: 800, files: 3 }, medium: { words: 3_000, files: 12 } };
  const rules = { minutes: new Map([[KIND, row]]), sizes };
  return {
    library: { rules } as never,
    store: { trail: async () => trail as unknown as readonly Entry[] },
  };
}

const task = (state: string): TaskRow =>
  ({ id: 'task', kind: KIND, facts: { words: 5, files: 1 }, state }) as unknown as TaskRow;

const reviewed = (...entries: readonly Said[]) =>
  reviewedBy(knowing(entries), { task: task('waiting'), person: ADA });

describe('a review is measured from Read', () => {
  test('of whoever decides, the first since the draft was made', async () => {
    const made: Said = ['draft.made', 'writer', 1];
    expect(await reviewed(made, ['draft.read', ADA, 3], ['draft.read', ADA, 5])).toEqual({
      table: TABLE,
      readAt: 3 * MINUTE,
    });
    expect(await reviewed(['draft.read', ADA, 0], made)).toMatchObject({ readAt: null });
    expect(await reviewed(made, ['draft.read', 'caleb', 3])).toMatchObject({ readAt: null });
  });

  test.each(['draft.approved', 'task.sent_back', 'approval.taken_back', 'task.reopened'])(
    'and anew after %s, so that no minute counts twice',
    async (type) => {
      const before: readonly Said[] = [
        ['draft.read', ADA, 2],
        [type, ADA, 9],
      ];
      expect(await reviewed(...before)).toMatchObject({ readAt: null });
      expect(await reviewed(...before, ['draft.read', ADA, 12])).toMatchObject({
        readAt: 12 * MINUTE,
      });
    },
  );
});

describe('a review that comes to nothing', () => {
  const lost = (entries: readonly Said[], person: PersonId | null, state = 'waiting') =>
    lostReview(knowing(entries), { task: task(state), at: moment(15 * MINUTE), person });
  const read: readonly Said[] = [
    ['draft.made', 'writer', 1],
    ['draft.read', ADA, 2],
  ];

  test('counts where somebody had begun it, and not where nobody had', async () => {
    const measured = { minutes: 13, basis: 'measured', table: TABLE };
    const byTable = { minutes: TABLE, basis: 'table', table: TABLE };
    expect(await lost(read, ADA)).toEqual({ review: measured });
    expect(await lost(read, 'caleb' as PersonId)).toEqual({ review: byTable });
    expect(await lost(read, null)).toEqual({ review: byTable });
    expect(await lost(read.slice(0, 1), ADA)).toEqual({});
    expect(await lost(read, ADA, 'queued')).toEqual({});
  });

  test('is never more than twice the table', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(15), fc.option(fc.constant(ADA)), async (minute, person) => {
        const { review } = await lost([['draft.read', ADA, minute]], person);
        const { minutes } = review as { readonly minutes: number };
        expect(minutes > 0 && minutes <= 2 * TABLE).toBe(true);
      }),
    );
  });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Fault } from '../../../src/core/fault.ts';
import { sweep } from '../../../src/flow/sweep.ts';
import { makeShop } from '../../helpers/turns.ts';
import type { Planned, Shop } from '../../helpers/turns.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
}, 60_000);
afterAll(async () => shop.close());

const FIRST = [
  'kind: draft.blog, draft a blog post about Mrs Miller',
  'kind: write.case-study, write down what Mrs Miller said',
  'do the thing for Mr Fox',
];
const SECOND = [
  'kind: draft.blog, then draft a post about clay with the result of that',
  'kind: write.microcopy, then put the result of that simply for our price page',
  'kind: draft.message, then write to our printer with the result of that',
];
const WORDS = ['the password is wet-clay-9', 'it is about Mr Fox', 'go on without it'];
const KINDS = ['draft.blog', 'draft.message', 'write.microcopy', 'write.case-study'];
const LANES = ['as-rules', 'local', 'seat', 'senior'];

type Act = (made: Planned) => Promise<unknown>;

/** Whatever a person may do to a plan of two pieces; what is not possible then is refused, and nothing happens. */
const ACTS: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Act>((made) => made.run()) },
  { weight: 4, arbitrary: fc.constant<Act>((made) => made.approve()) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('confidential', 'ordinary')
      .map<Act>((answer) => (made) => made.answer('sensitivity', answer)),
  },
  { weight: 3, arbitrary: fc.constant<Act>((made) => made.answer('lane', 'local')) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(...KINDS)).map<Act>(
      ([piece, kind]) =>
        (made) =>
          made.change(piece, { kind }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(...LANES)).map<Act>(
      ([piece, lane]) =>
        (made) =>
          made.change(piece, { lane }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('1', 'at-once')
      .map<Act>((after) => (made) => made.change(2, { after })),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...WORDS).map<Act>((words) => (made) => made.reply(words)),
  },
);

const refused = (thrown: unknown): void => {
  const isRefusal = thrown instanceof Fault || String(thrown).includes('nothing is asked');
  if (!isRefusal) throw thrown;
};

test('whatever people do and when, no piece behind a confidential one is worked on outside the machine', async () => {
  const plans = fc.record({
    first: fc.constantFrom(...FIRST),
    second: fc.constantFrom(...SECOND),
    acts: fc.array(ACTS, { minLength: 4, maxLength: 14 }),
  });
  await fc.assert(
    fc.asyncProperty(plans, async ({ first, second, acts }) => {
      shop.calls.length = 0;
      const made = await shop.plan(`\n- ${first}\n- ${second}`);
      for (const act of acts) {
        await act(made).catch(refused);
        await made.settle();
      }
      await sweep(shop.world);
      await made.settle();
      const out = shop.calls.filter(({ lane }) => lane === 'seat' || lane === 'senior');
      for (const { task, before } of out) {
        expect(task.facts.sensitivity).toBe('ordinary');
        expect(before?.facts.sensitivity ?? 'ordinary').toBe('ordinary');
      }
    }),
    { numRuns: 60 },
  );
}, 120_000);

import { AMOUNT_SAYS, FIGURES, readAmount } from '../../core/budget.ts';
import type { Figure, Period } from '../../core/budget.ts';
import { readNumber } from '../../core/id.ts';
import { LANES } from '../../core/lane.ts';
import { nearest } from '../../core/nearest.ts';
import type { Scope } from '../ports/rows-budgets.ts';
import type { World } from '../ports/world.ts';
import { servedBySlug } from './settings.ts';
import { unexpected } from './subcommand.ts';
import { userIn } from './words.ts';

/** What was typed behind `budget set`: for which calls, and how much. */
export type BudgetWords = {
  readonly scope: Scope;
  readonly period: Period;
  readonly figure: Figure;
  readonly cap: number;
  /** Undefined where nothing was said of it. */
  readonly approverRaise: number | undefined;
};

const EXAMPLE =
  'For example: budget set client acme month 30, or budget set lane seat month 500 credits';

type Needs = Pick<World, 'store' | 'facility'>;
type Taken = {
  readonly scope: { -readonly [K in keyof Scope]: Scope[K] };
  period: Period;
  readonly amounts: string[];
  approver?: string;
};
type Take = (world: Needs, value: string | undefined) => Promise<Partial<Scope>>;

const SCOPES: Readonly<Record<string, Take>> = {
  client: async (world, slug) => ({ clientId: (await servedBySlug(world, slug)).id }),
  lane: async (_world, word) => {
    const lane = LANES.find((one) => one === word);
    if (lane === undefined) throw unexpected(`one of ${LANES.join(', ')}`, word, EXAMPLE);
    return { lane };
  },
  request: async ({ store }, word) => {
    const ref = word === undefined ? undefined : readNumber(word);
    const id = ref?.ordinal === undefined ? await store.findRequest(ref?.request ?? 0) : null;
    if (id === null)
      throw unexpected('the number of a request', word, 'For example: budget set request #142 5');
    return { requestId: id };
  },
  person: async ({ store, facility }, word) => {
    const user = userIn(word);
    const person = await store.personBySlack(facility.team, user);
    if (person === null)
      throw unexpected('a person I have met', word, 'Who never wrote here has no budget to keep.');
    return { personId: person.id };
  },
};

/** Takes the words apart. Throws Fault `bad_input` that says what was expected, and what to type. */
export async function readBudget(world: Needs, words: readonly string[]): Promise<BudgetWords> {
  const taken: Taken = {
    scope: { clientId: null, lane: null, requestId: null, personId: null },
    period: 'ever',
    amounts: [],
  };
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift())
    await take(world, taken, { word: word.toLowerCase(), left });
  const { scope, period } = taken;
  if (period === 'ever' && Object.values(scope).every((one) => one === null))
    throw unexpected('client, lane, request, person or month', undefined, EXAMPLE);
  const figure = figureIn(taken.amounts[1]);
  const cap = amountIn(figure, taken.amounts[0]);
  const approverRaise = taken.approver === undefined ? undefined : amountIn(figure, taken.approver);
  return { scope, period, figure, cap, approverRaise };
}

type Word = { readonly word: string; readonly left: string[] };

async function take(world: Needs, taken: Taken, { word, left }: Word): Promise<void> {
  const scope = SCOPES[word];
  if (scope !== undefined) Object.assign(taken.scope, await scope(world, left.shift()));
  else if (word === 'month') taken.period = 'month';
  else if (word === 'approver') taken.approver = left.shift() ?? '';
  else if (taken.amounts.length < 2) taken.amounts.push(word);
  else throw unexpected('no more words', word, EXAMPLE);
}

function figureIn(word: string | undefined): Figure {
  if (word === undefined) return 'cash';
  const figure = FIGURES.find((one) => one === word);
  if (figure !== undefined) return figure;
  const near = nearest(word, FIGURES);
  throw unexpected(
    `one of ${FIGURES.join(', ')} behind the amount`,
    word,
    near === undefined ? EXAMPLE : `Did you mean ${near}?`,
  );
}

/** An amount in the unit of its figure. Throws Fault `bad_input`, for anything below nothing and for parts of a unit too. */
export function amountIn(figure: Figure, word: string | undefined): number {
  const amount = word === undefined ? undefined : readAmount(figure, word.replace(/^\$/, ''));
  if (amount !== undefined) return amount;
  throw unexpected(AMOUNT_SAYS[figure], word, 'It is no less than 0. Nothing was changed.');
}

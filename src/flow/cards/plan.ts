import type { TaskId } from '../../core/id.ts';
import { requestNumber, taskNumber } from '../../core/id.ts';
import { addMoney, NO_COST } from '../../core/money.ts';
import { LANES } from '../../core/lane.ts';
import { isOutside } from '../../core/leaving.ts';
import { eventsFor, isFinal } from '../../core/task.ts';
import type { State } from '../../core/task.ts';
import { HUMAN } from '../../core/persona.ts';
import type { RuleSet } from '../../core/rule-set.ts';
import type { RuleRef } from '../../core/rule.ts';
import { documentWords } from '../plan/brought.ts';
import { declinedKind } from '../plan/cast.ts';
import { heldWords, leftLines } from '../budget-words.ts';
import { unlessErased } from '../erased.ts';
import { whyApprover } from '../plan/may-start.ts';
import { refusedLane } from '../plan/named-lane.ts';
import { FOR_TASK } from '../plan/in-turn.ts';
import { pricesOf } from '../plan/prices.ts';
import { lanesTold } from '../lane-state.ts';
import { lanesNow, priceAhead, textOf } from '../plan/piece.ts';
import type { Health, PieceBody } from '../plan/piece.ts';
import { pieceOf } from '../attempt/material.ts';
import { decider } from '../roles.ts';
import type { RequestBody } from '../request-body.ts';
import { leavesWords, leftOf } from './left.ts';
import { planNote } from './plan-note.ts';
import type { PlanMessage, PlanPiece, PriceView } from '../ports/message.ts';
import type { CardRow } from '../ports/rows-cards.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { RequestFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/** The plan of a request as it stands: what is to be done, by whom, where, at what price, and what it waits for. */
export async function composePlan(world: World, card: CardRow): Promise<PlanMessage | null> {
  const file = card.requestId === null ? null : await world.store.requestFile(card.requestId);
  if (file === null) return null;
  const health = await lanesNow(world, file.requester.slackUser);
  const told = await lanesTold(world, health);
  const taught = await taughtBy(world, file);
  const note = await planNote(world, card);
  const shown = file.tasks.filter((t) => note.replaced?.includes(t.ordinal) !== true);
  const held = await heldWords(world, shown);
  const pieces = await Promise.all(
    shown.map((task) => pieceView(world, { file, task, health, told, taught, held })),
  );
  const approverOnly = await whyOnlyApprover(world, file);
  const budgets = await leftLines(world, file);
  const words = await unlessErased(wordsOf(world, file), 'The words of this request were erased.');
  return {
    is: 'plan',
    rehearsal: world.facility.rehearsal,
    card: card.id,
    number: requestNumber(file.request.number),
    client: file.client?.name ?? 'nobody yet',
    requester: file.requester.slackUser,
    mention: waitsFor(file, approverOnly.length > 0),
    words,
    pieces,
    context: note.context,
    answers: note.answers,
    atMost: atMost(pieces),
    approverOnly,
    ...(budgets.length === 0 ? {} : { budgets }),
  };
}

async function wordsOf(world: World, { request }: RequestFile): Promise<string> {
  const body = textOf(await world.bodies.get(request.bodyId)) ?? '{"text":""}';
  return (JSON.parse(body) as RequestBody).text;
}

/** Why the requester may not start what waits for a start. */
async function whyOnlyApprover(world: World, file: RequestFile): Promise<readonly string[]> {
  const ready = file.tasks.filter((t) => t.state === 'proposed');
  if (ready.length === 0) return [];
  return whyApprover(world, file.client, await pricesOf(world, ready));
}

/** Whose click the plan waits for: the requester's, or a decider's when a guest asked or the requester may not start it. */
function waitsFor(file: RequestFile, forApprover: boolean): string | null {
  if (!file.tasks.some((t) => t.state === 'proposed')) return null;
  const { requester, approvers } = file;
  const isApprover = approvers.some((a) => a.id === requester.id);
  if (requester.role !== 'guest' && (!forApprover || isApprover)) return requester.slackUser;
  return decider(file)?.slackUser ?? null;
}

type Of = {
  readonly file: RequestFile;
  readonly task: TaskRow;
  readonly health: Health;
  /** How the lanes are, for people. */
  readonly told: Health;
  readonly taught: ReadonlySet<TaskId>;
  /** Why tasks wait for a budget. */
  readonly held: ReadonlyMap<TaskId, string>;
};

/** The pieces whose words were kept as an example. */
async function taughtBy({ store }: World, { request }: RequestFile): Promise<ReadonlySet<TaskId>> {
  return new Set((await store.examplesOf(request.id)).map(({ taskId }) => taskId));
}

async function pieceView(world: World, of: Of): Promise<PlanPiece> {
  const { file, task, health, told, taught } = of;
  const { rules } = world.library;
  const kind = rules.kinds.get(task.kind);
  const decided = task.persona !== HUMAN;
  const piece = await unlessErased(pieceOf(world, task), ERASED_PIECE);
  return {
    ordinal: task.ordinal,
    number: taskNumber(file.request.number, task.ordinal),
    title: kind?.title ?? piece.text.slice(0, 60),
    persona: decided ? task.persona : kind?.sort === 'work' ? kind.persona : 'nobody yet',
    lane: decided ? task.lane : null,
    price: decided ? priceOf(world, { task, health, piece }) : { is: 'unknown' },
    minutes: task.minutes,
    state: task.state,
    says: [
      ...declineOf(world, task),
      ...refusedLane(task.trace, decided ? task.lane : null),
      ...leavesWords(task, file.client),
      ...(await leftSays(world, task)),
      ...documentWords(piece.files, kind).map((words) => words.replace(/\.$/, '')),
      of.held.get(task.id) ?? saysOf(task, told),
    ].join('. '),
    after: ordinalOf(file, task.after),
    rule: ruleView(rules, task.rule),
    may: eventsFor(task.state, ['requester', 'approver', 'owner']),
    taught: taught.has(task.id),
  };
}

/** What was replaced in work that has left the machine, as its entries say. */
async function leftSays(world: World, task: TaskRow): Promise<readonly string[]> {
  if (task.attempts === 0 || !isOutside(task.lane)) return [];
  const left = leftOf(await world.store.trail({ task: task.id }));
  return left === null ? [] : [left.replace(/\.$/, '')];
}

function ordinalOf({ tasks }: RequestFile, id: TaskRow['id'] | null): number | null {
  return tasks.find((task) => task.id === id)?.ordinal ?? null;
}

const ERASED_PIECE: PieceBody = { text: 'erased', files: [], said: [] };

type Priced = Pick<Of, 'task' | 'health'> & { readonly piece: PieceBody };

/** What words that are gone would have cost is not known; what costs nothing does so with any words. */
function priceOf(world: World, { task, health, piece }: Priced): PriceView {
  const price = priceView(priceAhead(world, { piece, health }, task.lane));
  return piece === ERASED_PIECE && price.is === 'range' ? { is: 'unknown' } : price;
}

/** A rule that is no longer in force is still named. */
function ruleView(rules: RuleSet, ref: RuleRef): PlanPiece['rule'] {
  const [file = '', rest = ''] = ref.split('#');
  const id = rest.split('@')[0] ?? '';
  return { title: rules.byId.get(id)?.title ?? id, file };
}

/** Who was named for it and left it to a colleague, because it is not their kind of work. */
function declineOf(world: World, task: TaskRow): readonly string[] {
  const kind = world.library.rules.kinds.get(task.kind);
  const named = task.facts.persona;
  if (kind?.sort !== 'work' || named === undefined) return [];
  const declined = declinedKind(world, named, kind);
  return declined === null ? [] : [`${declined.by} does not take this: ${declined.to} does it`];
}

export function priceView(price: ReturnType<typeof priceAhead>): PriceView {
  if (price.basis === 'unpriced') return { is: 'unknown' };
  if (price.basis === 'rehearsal') return { is: 'rehearsal' };
  if (price.high === 0 && price.basis === 'computed') return { is: 'free' };
  return { is: 'range', low: price.low, high: price.high };
}

function atMost(pieces: readonly PlanPiece[]): PriceView {
  const open = pieces.filter((p) => !isFinal(p.state));
  if (open.some((p) => p.price.is === 'unknown')) return { is: 'unknown' };
  const high = open.reduce(
    (sum, p) => addMoney(sum, p.price.is === 'range' ? p.price.high : NO_COST),
    NO_COST,
  );
  if (high > 0) return { is: 'range', low: NO_COST, high };
  return open.some((p) => p.price.is === 'rehearsal') ? { is: 'rehearsal' } : { is: 'free' };
}

const STATE_WORDS: Readonly<Record<State, string>> = {
  proposed: 'waits for Run',
  queued: 'waits for its turn',
  working: 'being worked on',
  reviewing: 'being checked',
  waiting: 'waits for a decision',
  approved: 'approved, being delivered',
  asking: 'waits for an answer',
  held: 'held',
  failed: 'failed after several tries',
  expired: 'expired',
  rejected: 'rejected',
  cancelled: 'cancelled',
  delivered: 'delivered',
};

/** The state of a task in words, with what holds it and the next step. */
export function saysOf(
  task: Pick<TaskRow, 'state' | 'waitsFor' | 'lane' | 'round'>,
  health: Health,
): string {
  const words = STATE_WORDS[task.state];
  if (task.state !== 'held')
    return task.round > 0 && !isFinal(task.state)
      ? `${words} (sent back ${times(task.round)})`
      : words;
  if (task.waitsFor === FOR_TASK) return 'held until the piece before it is delivered';
  if (task.waitsFor === 'gate')
    return 'held: its check could not run; it goes on when the check runs again';
  const lane = LANES.find((l) => task.waitsFor === `lane:${l}`) ?? task.lane;
  const now = health[lane];
  return now.is === 'ready'
    ? `held for the ${lane} lane, which is back`
    : `held: ${now.why} Next step: ${now.next}`;
}

function times(n: number): string {
  return n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`;
}

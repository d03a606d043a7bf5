import { requestNumber, taskNumber } from '../core/id.ts';
import type { BodyId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import { nanoUsd, usd } from '../core/money.ts';
import { ruleTitled } from '../core/rule-text.ts';
import type { RuleTexts } from '../core/rule-text.ts';
import type { Trace } from '../core/trace.ts';
import { whyInWords } from '../core/why.ts';
import { replacedLane } from '../ledger/overrides.ts';
import type { Entry } from '../ledger/read.ts';
import { addRefs } from '../ledger/refs.ts';
import { tongueOf } from './command/log-lines.ts';
import { heldWords } from './budget-words.ts';
import { unlessErased } from './erased.ts';
import { traceHash } from './plan/route-data.ts';
import { textOf } from './plan/piece.ts';
import type { PressedOutcome } from './ports/doors.ts';
import type { RequestRow, TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';
import type { Press } from './pressed.ts';
import { refused } from './pressed.ts';
import { routeIn, storyLines } from './why-story.ts';
import type { Telling } from './why-story.ts';

/** The Why button: the route and every decision of a task, in plain sentences, to the asker alone. */
export async function whyCard(world: World, press: Press): Promise<PressedOutcome> {
  const { tasks, request } = press.request;
  const ordinal = Number(press.pressed.choice);
  const asked = press.task?.task ?? tasks.find((t) => t.ordinal === ordinal);
  const about = asked === undefined ? tasks : [asked];
  if (press.roles.length === 0)
    return refused('Only members of the practice who asked or may decide see why.');
  const told = await Promise.all(about.map((t) => whyTask(world, t, request.number)));
  return { is: 'done', says: told.map((lines) => lines.join('\n')).join('\n\n') };
}

/** Why a task went where it went: where it is and why, what it went by, and what was decided since, in order. */
export async function whyTask(
  world: World,
  task: TaskRow,
  request: number,
): Promise<readonly string[]> {
  const entries = await world.store.trail({ task: task.id });
  const { trace, erasedAt } = await lastTrace(world, task, entries);
  const telling = { tongue: await tongueOf(world), texts: await textsOf(world, entries, trace) };
  const number = taskNumber(request, task.ordinal);
  return [
    headline(world, task, number),
    ...(await heldWords(world, [task])).values(),
    ...overruled(telling, task, entries),
    ...whyInWords(trace, telling.texts).split('\n'),
    ...(erasedAt === null ? [] : [goneWords(telling, erasedAt)]),
    'What was decided, in order:',
    ...storyLines(entries, telling),
    `For the record: ${trace.winner}, rule set ${trace.ruleSet}. All of it: /aios log ${number}`,
  ];
}

function headline({ library }: World, task: TaskRow, number: string): string {
  const { kind, persona, lane, waitsFor, state } = task;
  const title = library.rules.kinds.get(kind)?.title ?? kind;
  const asks = state === 'asking' ? ` It waits for an ${plainly(waitsFor ?? 'answer')}.` : '';
  if (task.trace.lanes.length === 0)
    return `${number} ${title}: stopped, and a person was asked.${asks}`;
  const who = library.personas.byId.get(persona)?.title ?? persona;
  const price = offered(task.trace, lane);
  const most = price === null || price === 0 ? '' : `, at most ${usd(nanoUsd(price))}`;
  return `${number} ${title}: ${who}, on the ${lane} lane${most}. It is ${state} now.${asks}`;
}

/** Who chose the lane, where the rules wanted another or had chosen another before. */
function overruled(
  { tongue }: Telling,
  { lane }: TaskRow,
  entries: readonly Entry[],
): readonly string[] {
  const last = entries.findLast((entry) => routeIn(entry) !== null);
  if (last?.actor.kind !== 'person') return [];
  const replaced = replacedLane(last);
  const wanted = routeIn(last)?.['lane'];
  if (typeof wanted !== 'string' || wanted === lane)
    return replaced === null
      ? []
      : [
          `${tongue.person(last.actor.id)} chose the ${lane} lane in place of the ${replaced} lane.`,
        ];
  return [
    `${tongue.person(last.actor.id)} chose the ${lane} lane and overrode the rules, which wanted the ${wanted} lane. That follows from them:`,
  ];
}

const plainly = (waitsFor: string): string => waitsFor.replace(':', ' about ');

function offered({ offers = [] }: Trace, lane: string): number | null {
  return offers.find((offer) => offer.lane === lane)?.price ?? null;
}

function goneWords({ tongue }: Telling, at: Moment): string {
  return `The words of the request behind these facts were erased on ${tongue.when(at)}; everything else stands as it was decided.`;
}

type Kept = {
  readonly trace: Trace;
  /** When the words behind its facts were erased; null while they are there, or where none were kept apart. */
  readonly erasedAt: Moment | null;
};

/** The trace of the last route: with its words while they are kept, without them from the task itself. */
async function lastTrace(
  { store, bodies }: Pick<World, 'store' | 'bodies'>,
  task: TaskRow,
  entries: readonly Entry[],
): Promise<Kept> {
  const last = entries.map(routeIn).findLast((route) => route !== null);
  const id = bodyIn(last?.['trace']);
  if (id === null) return { trace: task.trace, erasedAt: null };
  const bytes = await unlessErased(bodies.get(id), null);
  if (bytes === null) {
    const body = await store.body(id);
    return { trace: task.trace, erasedAt: body?.erasedAt ?? null };
  }
  const whole = JSON.parse(textOf(bytes) ?? '{}') as Trace;
  const isSame = traceHash(whole) === last?.['trace_sha256'];
  return { trace: isSame ? whole : task.trace, erasedAt: null };
}

function bodyIn(ref: unknown): BodyId | null {
  return typeof ref === 'object' && ref !== null && 'id' in ref ? (ref.id as BodyId) : null;
}

/** Texts of all rules that entries and a trace name. They are kept for ever; a reference holds the beginning of a hash. */
async function textsOf(
  { store }: Pick<World, 'store'>,
  entries: readonly Entry[],
  trace: Trace | null,
): Promise<RuleTexts> {
  const rules = new Set<string>(trace?.limits.map(({ rule }) => rule));
  if (trace !== null) rules.add(trace.winner);
  for (const entry of entries) addRefs(entry, { rules, texts: new Set() });
  const hashes = new Set([...rules].map((ref) => ref.slice(ref.indexOf('@') + 1)));
  const found = await Promise.all([...hashes].map((hash) => store.loreStarting(hash)));
  return new Map(found.flatMap((text) => (text === null ? [] : [[text.sha256, text.text]])));
}

/** Why no task was made of a request, or of pieces of it. */
export async function whyNone(world: World, request: RequestRow): Promise<readonly string[]> {
  const entries = await world.store.trail({ request: request.id });
  const texts = await textsOf(world, entries, null);
  const pieces = entries.filter(({ type }) => type === 'piece.answered');
  const whole = entries.find(({ type }) => type === 'request.nothing_to_do');
  const told = pieces.length > 0 ? pieces : whole === undefined ? [] : [whole];
  return told.map(
    ({ data, rule }) =>
      `${requestNumber(request.number)}: no task was made of ${pieceWords(data['ordinal'])}, by ${ruleTitled(rule ?? '', texts)}`,
  );
}

function pieceWords(ordinal: unknown): string {
  return typeof ordinal === 'number' ? `piece ${ordinal}` : 'it';
}

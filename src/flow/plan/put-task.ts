import type { RuleRef } from '../../core/rule.ts';
import { fullRef, refOf, ruleById } from '../../core/rule-set.ts';
import type { NamedRule, RuleSet } from '../../core/rule-set.ts';
import type { TaskId } from '../../core/id.ts';
import { NO_COST } from '../../core/money.ts';
import type { EntryDraft } from '../../core/entry.ts';
import { ofRequest } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { refData } from '../act.ts';
import { move } from '../move.ts';
import { filesQuestion } from './brought.ts';
import type { AheadFile, BroughtFile } from './brought.ts';
import { hold } from './hold.ts';
import { placement, routeData } from './route-data.ts';
import type { Decided, PieceBody } from './piece.ts';
import { makeQuestion, optionsFor, proposeJob } from '../answer/question.ts';
import { startUnasked } from './unasked.ts';
import type { QuestionAbout } from '../ports/rows-cards.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { BodyRef, World } from '../ports/world.ts';

/** A piece that is to be a task, with what the rules decided of it. */
export type DecidedPiece<F extends AheadFile = BroughtFile> = {
  readonly id: TaskId;
  readonly ordinal: number;
  readonly piece: PieceBody<F>;
  readonly decided: Decided;
  /** The task it comes after; null where it waits for none. */
  readonly after: TaskId | null;
};

export type NewPiece = DecidedPiece & {
  readonly request: RequestRow;
  readonly client: ClientRow;
  /** Whether the split was a guess: then the piece asks before anything else. */
  readonly unsure: boolean;
};

/** Adds the task of a decided piece to the act, and the question, hold or start it begins with. */
export async function putTask(world: World, act: OpenAct, piece: NewPiece): Promise<void> {
  const { request, client, id, decided } = piece;
  const about = { ...ofRequest(request, client.id), task: id };
  const body = await world.bodies.put('piece', about, JSON.stringify(piece.piece));
  act.change({ insert: 'body', row: body.row });
  const route = await routeData(world, act, { decided, about });
  const task = insertTask(act, { piece, body: body.ref, route });
  if (piece.unsure) await askAbout(world, act, { task, request, about: 'pieces', decided });
  else await begin(world, act, { task, request, decided });
}

type Insert = {
  readonly piece: NewPiece;
  readonly body: BodyRef;
  readonly route: NonNullable<EntryDraft['data']>;
};

function insertTask(act: OpenAct, put: Insert): TaskRow {
  const { piece, body, route } = put;
  const { id, decided } = piece;
  const placed = placement(decided);
  const lastEntry = act.note(
    {
      type: 'task.routed',
      actor: { kind: 'rule', id: placed.rule },
      rule: placed.rule,
      client: piece.client.id,
      request: piece.request.id,
      task: id,
      to: 'proposed',
      lane: placed.lane,
      persona: placed.persona,
      minutes: decided.minutes,
      data: {
        ordinal: piece.ordinal,
        piece: refData(body),
        ...(piece.after === null ? {} : { after: piece.after }),
        ...route,
      },
    },
    piece.request.lastEntry,
  );
  const row = newTask(put, { at: act.at, lastEntry });
  act.change({ insert: 'task', row });
  return row;
}

type Made = Pick<TaskRow, 'lastEntry'> & { readonly at: TaskRow['changedAt'] };

function newTask({ piece, body }: Insert, made: Made): TaskRow {
  const { decided } = piece;
  return {
    id: piece.id,
    requestId: piece.request.id,
    ordinal: piece.ordinal,
    clientId: piece.client.id,
    state: 'proposed',
    returnTo: null,
    version: 1,
    ...placement(decided),
    minutes: decided.minutes,
    bodyId: body.id,
    after: piece.after,
    round: 0,
    declines: 0,
    attempts: 0,
    draftId: null,
    costNano: NO_COST,
    waitsFor: null,
    changedAt: made.at,
    lastEntry: made.lastEntry,
  };
}

/** A piece with a file that could not be read asks about it once, whatever the rules decided: it may be the one that counts. */
function begin(world: World, act: OpenAct, settling: Settle): Promise<TaskRow> {
  const { files, route } = settling.decided;
  const isRead = files.every(({ unread }) => unread === undefined);
  return isRead || route.is === 'ask'
    ? settle(world, act, settling)
    : askAbout(world, act, { ...settling, about: 'files' });
}

type Settle = { readonly task: TaskRow; readonly request: RequestRow; readonly decided: Decided };

/** What the rules decided beyond the lane: a question, a hold with its next step, or a start without a click. */
export async function settle(world: World, act: OpenAct, of: Settle): Promise<TaskRow> {
  const { route } = of.decided;
  const settled = await askOrHold(world, act, of);
  return route.is === 'lane'
    ? startUnasked(world, act, { task: settled, start: route.start })
    : settled;
}

/**
 * A question, or a hold with its next step, where the rules decided so; words that turned out to be no work for AIOS are
 * asked about. It starts nothing.
 */
export async function askOrHold(
  world: World,
  act: OpenAct,
  { task, request, decided }: Settle,
): Promise<TaskRow> {
  const { route } = decided;
  if (route.is === 'ask')
    return askAbout(world, act, { task, request, about: route.about, decided });
  if (route.is === 'hold')
    return hold(act, task, { rule: route.holdRule, waitsFor: `lane:${route.lane}` });
  return route.is === 'answer'
    ? askAbout(world, act, { task, request, about: 'kind', decided })
    : task;
}

type AskOf = Settle & { readonly about: QuestionAbout };

/** What only the practice should read or may answer is asked in the review place. */
const FOR_REVIEW: readonly QuestionAbout[] = ['cloud', 'sensitivity', 'lane'];

/** Asks a person about a decided piece, whatever else the rules decided; the answer takes it up where it stood. */
export async function askAbout(world: World, act: OpenAct, asking: AskOf): Promise<TaskRow> {
  const { task, request, about, decided } = asking;
  const { rule, text } = wordsOfAsk(world.library.rules, asking);
  const likely = decided.candidates.map(({ kind }) => kind);
  const question = await makeQuestion(world, act, {
    about,
    request,
    task,
    text,
    options: optionsFor(world, about, likely),
    place: { at: FOR_REVIEW.includes(about) ? 'review' : 'asker' },
  });
  const asked = move(act, task, {
    event: 'ask',
    mover: { by: 'system', rule },
    set: { waitsFor: `answer:${about}` },
    say: { data: { about, ...question?.data } },
  });
  question?.write(asked.lastEntry);
  const { propose } = world.library.rules.settings;
  if (question !== null && about === 'kind' && propose === 'local') proposeJob(act, question.id);
  return asked;
}

/** The rules of what is asked though no limit and no lane rule asks it. */
const OWN_RULES: Readonly<Partial<Record<QuestionAbout, NamedRule>>> = {
  files: 'ASK-FILES',
  kind: 'ASK-KIND',
  lane: 'ASK-LANE',
};

/** The rule that asks and its question; of files it says which serve. */
function wordsOfAsk(
  rules: RuleSet,
  { about, decided }: AskOf,
): { readonly rule: RuleRef; readonly text: string } {
  const { route, files, facts } = decided;
  const own = OWN_RULES[about] ?? 'ASK-PIECES';
  const isRoute = route.is === 'ask';
  const plain = isRoute && route.about === about ? route.question : questionOf(rules, own);
  return {
    rule: isRoute ? fullRef(rules, route.rule) : refOf(rules, own),
    text: about === 'files' ? filesQuestion(plain, files, rules.kinds.get(facts.kind)) : plain,
  };
}

/** The question a named asking rule puts, in its own words. */
export function questionOf(rules: RuleSet, id: NamedRule): string {
  return (
    [...rules.asks.values()].find((ask) => ask.id === id)?.question ?? ruleById(rules, id).title
  );
}

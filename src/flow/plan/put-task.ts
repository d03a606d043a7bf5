import type { RuleRef } from '../../core/rule.ts';
import { fullRef, refOf, ruleById } from '../../core/rule-set.ts';
import type { NamedRule, RuleSet } from '../../core/rule-set.ts';
import type { TaskId } from '../../core/id.ts';
import { NO_COST } from '../../core/money.ts';
import { ofRequest } from '../about.ts';
import type { EntryDraft } from '../../core/entry.ts';
import type { OpenAct } from '../act.ts';
import { refData } from '../act.ts';
import { move } from '../move.ts';
import { filesQuestion } from './brought.ts';
import type { Answered } from './nothing.ts';
import { decidePiece } from './piece.ts';
import { putAnswered } from './put-answered.ts';
import { placement, routeData } from './route-data.ts';
import type { Decided, PieceBody, Weigh } from './piece.ts';
import { makeQuestion, optionsFor } from '../answer/question.ts';
import type { QuestionAbout } from '../ports/rows-cards.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestRow, TaskRow } from '../ports/rows-work.ts';
import type { BodyRef, World } from '../ports/world.ts';

export type NewPiece = Weigh & {
  readonly piece: PieceBody;
  readonly client: ClientRow;
  readonly request: RequestRow;
  readonly ordinal: number;
  /** Whether the split was a guess: then the piece asks before anything else. */
  readonly unsure: boolean;
};

/** Decides a piece and adds its task to the act. Returns the answer instead when the rules say it makes no task. */
export async function putTask(
  world: World,
  act: OpenAct,
  piece: NewPiece,
): Promise<Answered | null> {
  const decided = decidePiece(world, piece);
  if (decided.route.is === 'answer')
    return putAnswered(world, act, { piece, decided, route: decided.route });
  const id = act.newId<TaskId>();
  const about = { ...ofRequest(piece.request, piece.client.id), task: id };
  const body = await world.bodies.put('piece', about, JSON.stringify(piece.piece));
  act.change({ insert: 'body', row: body.row });
  const route = await routeData(world, act, { decided, about });
  const task = insertTask(act, { piece, id, decided, body: body.ref, route });
  if (piece.unsure)
    await askAbout(world, act, { task, request: piece.request, about: 'pieces', decided });
  else await begin(world, act, { task, request: piece.request, decided });
  return null;
}

type Put = {
  readonly piece: NewPiece;
  readonly id: TaskId;
  readonly decided: Decided;
  readonly body: BodyRef;
  readonly route: NonNullable<EntryDraft['data']>;
};

function insertTask(act: OpenAct, put: Put): TaskRow {
  const { piece, id, decided, body, route } = put;
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
      data: { ordinal: piece.ordinal, piece: refData(body), ...route },
    },
    piece.request.lastEntry,
  );
  const row = newTask(put, { at: act.at, lastEntry });
  act.change({ insert: 'task', row });
  return row;
}

type Made = Pick<TaskRow, 'lastEntry'> & { readonly at: TaskRow['changedAt'] };

function newTask({ piece, id, decided, body }: Put, made: Made): TaskRow {
  return {
    id,
    requestId: piece.request.id,
    ordinal: piece.ordinal,
    clientId: piece.client.id,
    state: 'proposed',
    returnTo: null,
    version: 1,
    ...placement(decided),
    minutes: decided.minutes,
    bodyId: body.id,
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

/** What the rules decided beyond the lane: a question, or a hold with its next step. */
export async function settle(
  world: World,
  act: OpenAct,
  { task, request, decided }: Settle,
): Promise<TaskRow> {
  const { route } = decided;
  if (route.is === 'ask')
    return askAbout(world, act, { task, request, about: route.about, decided });
  if (route.is === 'hold')
    return hold(act, task, { rule: route.holdRule, waitsFor: `lane:${route.lane}` });
  return task;
}

/** Holds a task until the world is different; `waitsFor` says what for, e.g. `lane:senior` or `gate`. */
export function hold(
  act: OpenAct,
  task: TaskRow,
  why: { rule: RuleRef; waitsFor: string; data?: EntryDraft['data'] },
): TaskRow {
  return move(act, task, {
    event: 'hold',
    mover: { by: 'system', rule: why.rule },
    set: { waitsFor: why.waitsFor },
    say: { data: { waits_for: why.waitsFor, ...why.data } },
  });
}

type AskOf = Settle & { readonly about: QuestionAbout };

/** What only the practice should read or may answer is asked in the review place. */
const FOR_REVIEW: readonly QuestionAbout[] = ['cloud', 'sensitivity', 'lane'];

async function askAbout(
  world: World,
  act: OpenAct,
  { task, request, about, decided }: AskOf,
): Promise<TaskRow> {
  const { rules } = world.library;
  const { route } = decided;
  const own = about === 'files' ? 'ASK-FILES' : 'ASK-PIECES';
  const rule = route.is === 'ask' ? fullRef(rules, route.rule) : refOf(rules, own);
  const plain =
    route.is === 'ask' && route.about === about ? route.question : questionOf(rules, own);
  const kind = rules.kinds.get(decided.facts.kind);
  const question = await makeQuestion(world, act, {
    about,
    request,
    task,
    text: about === 'files' ? filesQuestion(plain, decided.files, kind) : plain,
    options: optionsFor(
      world,
      about,
      decided.candidates.map(({ kind }) => kind),
    ),
    place: { at: FOR_REVIEW.includes(about) ? 'review' : 'asker' },
  });
  const asked = move(act, task, {
    event: 'ask',
    mover: { by: 'system', rule },
    set: { waitsFor: `answer:${about}` },
    say: { data: { about, ...question?.data } },
  });
  question?.write(asked.lastEntry);
  return asked;
}

/** The question a named asking rule puts, in its own words. */
export function questionOf(rules: RuleSet, id: NamedRule): string {
  return (
    [...rules.asks.values()].find((ask) => ask.id === id)?.question ?? ruleById(rules, id).title
  );
}

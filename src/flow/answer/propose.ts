import { sha256 } from '../../core/draft.ts';
import { UNCLEAR } from '../../core/facts.ts';
import { Fault } from '../../core/fault.ts';
import type { AttemptId, QuestionId } from '../../core/id.ts';
import { refOf } from '../../core/rule-set.ts';
import { technicalName } from '../../core/technical-name.ts';
import { ofTask } from '../about.ts';
import { openAct, refData } from '../act.ts';
import { attemptRow } from '../attempt/begin.ts';
import { endAttempt, endWithout } from '../attempt/end.ts';
import { fence } from '../attempt/fence.ts';
import { pieceOf } from '../attempt/material.ts';
import { reserving } from '../attempt/reserve.ts';
import { noteOn } from '../move.ts';
import { laneState } from '../lane-state.ts';
import type { LaneResult } from '../ports/lanes.ts';
import type { QuestionOption, QuestionRow } from '../ports/rows-cards.ts';
import type { AttemptRow, TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { BodyRef, World } from '../ports/world.ts';
import { SOMETHING_ELSE } from './question.ts';

/** Who is asked, as entries name it: the text of `personas/_propose.md` by its hash. It is nobody's colleague. */
const ASKED = '_propose';
/** A proposal that comes after the person answered helps nobody. */
const LIMITS = { deadlineMs: 60_000, maxOutputTokens: 200 } as const;

type Open = {
  readonly question: QuestionRow;
  readonly task: TaskRow;
  readonly file: TaskFile;
};
type Begun = Omit<Open, 'file'> & {
  readonly attempt: AttemptRow;
  readonly system: string;
  readonly material: string;
};

/**
 * Asks the model on our own machine what a request may be that a person is asked about, once for each question. Its vote
 * changes the order of the buttons and nothing else; when the lane has no answer the question stays as it is.
 */
export async function propose(world: World, id: QuestionId, signal: AbortSignal): Promise<void> {
  const open = await stillOpen(world, id);
  if (open === null) return;
  const begun = await begin(world, open);
  if (begun === null) return;
  let result: LaneResult;
  try {
    result = await world.lanes.local.run({
      attempt: begun.attempt.id,
      purpose: 'propose',
      system: begun.system,
      material: begun.material,
      files: [],
      schema: world.library.proposal.schema,
      ...LIMITS,
      signal,
    });
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return endEmpty(world, begun, thrown.code);
  }
  await takeVote(world, begun, result);
}

/** The question with its task, while somebody waits for its answer, the rules want a vote and nobody has asked for one yet. */
async function stillOpen(world: World, id: QuestionId): Promise<Open | null> {
  if (world.library.rules.settings.propose !== 'local') return null;
  const question = await world.store.question(id);
  if (question === null || question.taskId === null || question.answeredAt !== null) return null;
  const file = await world.store.taskFile(question.taskId);
  if (file === null || file.task.state !== 'asking') return null;
  const before = file.attempts.find(
    (a) => a.purpose === 'propose' && a.startedAt >= question.askedAt,
  );
  if (before === undefined) {
    // Its entries name the rule under which it is asked, and the lane it is asked on.
    const rule = refOf(world.library.rules, 'PROPOSE');
    const task: TaskRow = { ...file.task, rule, lane: 'local' };
    return (await mayAsk(world)) ? { question, file, task } : null;
  }
  // The process died while it was being asked.
  if (before.endedAt === null)
    await endEmpty(world, { task: file.task, attempt: before }, 'interrupted');
  return null;
}

/** While the lane is being tried, that one try is for work that has to be done. */
async function mayAsk(world: World): Promise<boolean> {
  const health = await world.lanes.local.health();
  return health.is === 'ready' && (await laneState(world, 'local')).breaker.is === 'closed';
}

/** Writes the attempt down before the call. Null when it could not be, or when a budget has no room: then nobody is asked. */
async function begin(world: World, { question, task, file }: Open): Promise<Begun | null> {
  const { system, hash, schema } = world.library.proposal;
  const piece = await pieceOf(world, task);
  const words = [piece.text, ...piece.said].join('\n');
  const material = fence(world, [{ label: 'request', text: words }]);
  const health = await world.lanes.local.health();
  const act = openAct(world.clock);
  const prompt = await world.bodies.put('prompt', ofTask(task), `${system}\n\n${material}`);
  act.change({ insert: 'body', row: prompt.row });
  const id = act.newId<AttemptId>();
  const call = { attempt: id, task, file, system, material, contract: { schema }, limits: LIMITS };
  const reserve = await reserving(world, act, call);
  const startedEntry = noteOn(act, task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: ASKED, version: hash },
    rule: task.rule,
    attempt: id,
    lane: 'local',
    persona: ASKED,
    data: {
      ...setBy(task, prompt.ref),
      model_requested: health.is === 'ready' ? technicalName(health.model) : null,
      params_sha256: sha256(JSON.stringify([LIMITS, schema])),
      worst: reserve.worst,
    },
  });
  const attempt = attemptRow(task, {
    id,
    purpose: 'propose',
    persona: { id: ASKED, hash },
    prompt: prompt.ref.id,
    startedEntry,
    at: act.at,
  });
  act.change({ insert: 'attempt', row: attempt });
  act.spend(reserve);
  if ((await world.store.commit(act.close())) === 'lost') return null;
  return { question, task, attempt, system, material };
}

function setBy({ attempts, round }: TaskRow, prompt: BodyRef) {
  return { purpose: 'propose', number: attempts, round, prompt: refData(prompt), context: [] };
}

/** Ends the attempt with its vote; the buttons follow it where the question is still open. */
async function takeVote(world: World, begun: Begun, result: LaneResult): Promise<void> {
  const vote = result.stop === 'end' ? world.library.proposal.parse(result.text) : null;
  const outcome = vote === null ? 'invalid_output' : 'ok';
  const says = vote === null ? {} : { question: begun.question.id, vote };
  const act = openAct(world.clock);
  await endAttempt(world, act, { begun, result, outcome, says });
  const options = vote === null ? null : reordered(world, begun.question, vote);
  if (options !== null) {
    const lastEntry = act.close().entries.at(-1)?.id ?? begun.question.lastEntry;
    act.change({
      update: 'question',
      set: { options, lastEntry },
      where: { id: begun.question.id, answeredAt: null },
    });
    act.show({ key: `question:${begun.question.id}`, kind: 'question', place: { at: 'asker' } });
  }
  if ((await world.store.commit(act.close())) === 'done') return;
  // It was answered meanwhile: only the attempt is ended, for it cost something.
  const late = openAct(world.clock);
  await endAttempt(world, late, { begun, result, outcome, says });
  await world.store.commit(late.close());
}

/** The proposed kind first, marked as what it is, then the others as they were, as many as before; null for no proposal. */
function reordered(
  { library }: Pick<World, 'library'>,
  { options }: QuestionRow,
  vote: string,
): readonly QuestionOption[] | null {
  const kind = library.rules.kinds.get(vote);
  if (vote === UNCLEAR || kind === undefined) return null;
  const others = options.filter(({ value }) => value !== vote && value !== SOMETHING_ELSE);
  const last = options.filter(({ value }) => value === SOMETHING_ELSE);
  const first = { value: vote, label: kind.title, proposed: true } as const;
  return [first, ...others.slice(0, library.rules.settings.offered - 1), ...last];
}

/** Ends an attempt that got no answer; the question stays as it is. */
async function endEmpty(
  world: World,
  { task, attempt }: Pick<Begun, 'task' | 'attempt'>,
  outcome: string,
): Promise<void> {
  const act = openAct(world.clock);
  endWithout(world, act, { task, attempt, outcome });
  await world.store.commit(act.close());
}

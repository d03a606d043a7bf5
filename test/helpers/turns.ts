import type { Lane } from '../../src/core/lane.ts';
import { LANES } from '../../src/core/lane.ts';
import type { QuestionAbout } from '../../src/flow/ports/rows-cards.ts';
import type { TaskRow } from '../../src/flow/ports/rows-work.ts';
import type { Pressed } from '../../src/flow/ports/doors.ts';
import type { LaneRequest, LaneResult } from '../../src/flow/ports/lanes.ts';
import { NO_USAGE } from '../../src/flow/ports/lanes.ts';
import type { World } from '../../src/flow/ports/world.ts';
import { deliver } from '../../src/flow/deliver.ts';
import { hear } from '../../src/flow/hear.ts';
import { plan } from '../../src/flow/plan/plan.ts';
import { press } from '../../src/flow/press.ts';
import { review } from '../../src/flow/review.ts';
import { show } from '../../src/flow/show.ts';
import { work } from '../../src/flow/work.ts';
import { answerOf } from './worked.ts';
import { makeTestWorld, OWNER, TEAM } from './world.ts';

/** A call of a lane, with how confidential its task was then and the one before that. */
export type Call = {
  readonly lane: Lane;
  readonly task: TaskRow;
  readonly before: TaskRow | null;
};

/** What a lane answers beside the plain answer. */
type Answers = (lane: Lane) => Partial<LaneResult>;

const CHANNEL = 'C0ACME';

/** A practice whose lanes answer at once; what is asked of it happens step by step, when a test says so. */
export async function makeShop(answers: Answers = () => ({})) {
  const t = await makeTestWorld();
  const calls: Call[] = [];
  const world: World = {
    ...t.world,
    lanes: lanesOf(t.world, calls, answers),
    exact: { ...t.world.exact, check: async () => ({ findings: [], engines: [], notChecked: [] }) },
  };
  for (const text of [
    'client new acme "Acme Ltd"',
    `client bind ${CHANNEL} acme --audience practice`,
    'client set acme cloud allowed',
  ]) {
    const said = await t.say(OWNER, text);
    if (!said.ok) throw new Error(said.lines.join('\n'));
  }
  return { ...t, world, calls, plan: (text: string) => planned(world, text) };
}
export type Shop = Awaited<ReturnType<typeof makeShop>>;

function lanesOf({ lanes, store }: World, calls: Call[], answers: Answers): World['lanes'] {
  const run = (lane: Lane) => async (request: LaneRequest) => {
    calls.push({ lane, ...(await calledFor(store, request)) });
    return {
      provider: 'test',
      modelRequested: `model-${lane}`,
      modelServed: `model-${lane}`,
      requestId: null,
      text: answerOf(),
      files: [],
      stop: 'end' as const,
      usage: NO_USAGE,
      latencyMs: 1,
      rehearsal: false,
      ...answers(lane),
    };
  };
  return Object.fromEntries(
    LANES.map((lane) => [lane, { ...lanes[lane], run: run(lane) }]),
  ) as unknown as World['lanes'];
}

/** The task an attempt is for: the only one that is being worked on. */
async function calledFor(store: World['store'], { attempt }: LaneRequest) {
  const open = await store.openTasks(null);
  for (const { task } of open.filter((one) => one.task.state === 'working')) {
    const file = await store.taskFile(task.id);
    if (file?.attempts.some((one) => one.id === attempt) !== true) continue;
    const before = task.after === null ? null : await store.taskFile(task.after);
    return { task: file.task, before: before?.task ?? null };
  }
  throw new Error('a call is expected to be for a task that is worked on');
}

let said = 0;

/** Something the owner wrote in the channel of acme, in a thread if it is an answer. */
async function write(world: World, text: string, thread: string | null): Promise<string> {
  const ts = `${(said += 1)}.000000`;
  const where = { team: TEAM, channel: CHANNEL, ts, thread };
  const door = thread === null ? ('mention' as const) : ('reply' as const);
  await hear(world, { ...where, eventId: `event-${said}`, user: OWNER, text, files: [], door });
  return ts;
}

/** A request of the owner, planned, with what can be done about it. */
async function planned(world: World, text: string) {
  const ts = await write(world, text, null);
  const row = await world.store.requestFrom(TEAM, CHANNEL, ts);
  if (row === null) throw new Error('nothing was stored');
  await plan(world, row.id);
  const file = async () => {
    const now = await world.store.requestFile(row.id);
    if (now === null) throw new Error('the request is gone');
    return now;
  };
  const pressed = async (key: string, pressing: Pick<Pressed, 'verb'> & Partial<Pressed>) => {
    const card = await world.store.cardByKey(key);
    if (card === null) throw new Error(`there is no card ${key}`);
    await show(world, card.id);
    return press(world, { card: card.id, team: TEAM, user: OWNER, ...pressing });
  };
  const open = async (about?: QuestionAbout) =>
    (await file()).questions.find(
      (q) => q.answeredAt === null && (about === undefined || q.about === about),
    );
  return {
    tasks: async () => (await file()).tasks,
    task: async (ordinal: number) => {
      const task = (await file()).tasks.find((one) => one.ordinal === ordinal);
      if (task === undefined) throw new Error(`there is no piece ${ordinal}`);
      return task;
    },
    trail: async (ordinal: number) => {
      const task = (await file()).tasks.find((one) => one.ordinal === ordinal);
      return task === undefined ? [] : world.store.trail({ task: task.id });
    },
    open,
    run: () => pressed(`plan:${row.id}`, { verb: 'run' }),
    change: (piece: number, fields: Readonly<Record<string, string>>) =>
      pressed(`plan:${row.id}`, {
        verb: 'change',
        choice: String(piece),
        fields: { piece: String(piece), ...fields },
      }),
    /** Writes the pieces anew, a text for each. */
    rearrange: async (...texts: readonly string[]) => {
      const form = await pressed(`plan:${row.id}`, { verb: 'pieces' });
      if (form.is !== 'form' || form.form.is !== 'pieces') throw new Error('expected the pieces');
      const [field] = form.form.fields;
      return pressed(`plan:${row.id}`, {
        verb: 'pieces',
        fields: { [field?.name ?? '']: texts.join('\n---\n') },
      });
    },
    /** Presses a button of the open question about this. */
    answer: async (about: QuestionAbout, choice: string) => {
      const question = await open(about);
      if (question === undefined) throw new Error(`nothing is asked about ${about}`);
      return pressed(`question:${question.id}`, { verb: 'answer', choice });
    },
    reply: (words: string) => write(world, words, ts),
    pressed,
    /** Does all that is to be done until everything waits for a person. */
    settle: () => settle(world, file),
    /** Approves what waits for a yes, which delivers it. */
    approve: async () => {
      for (const task of (await file()).tasks.filter((one) => one.state === 'waiting'))
        await pressed(`gate:${task.draftId}`, { verb: 'approve' });
      await settle(world, file);
    },
  };
}
export type Planned = Awaited<ReturnType<typeof planned>>;

async function settle(
  world: World,
  file: () => Promise<{ readonly tasks: readonly TaskRow[] }>,
): Promise<void> {
  const never = new AbortController().signal;
  for (let rounds = 0; rounds < 20; rounds += 1) {
    const { tasks } = await file();
    const moving = tasks.filter(({ state }) => ['queued', 'reviewing', 'approved'].includes(state));
    if (moving.length === 0) return;
    for (const { id, state } of moving) {
      if (state === 'queued') await work(world, id, never);
      if (state === 'reviewing') await review(world, id, never);
      if (state === 'approved') await deliver(world, id);
    }
  }
  throw new Error('the work does not come to rest');
}

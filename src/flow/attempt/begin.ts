import { Fault } from '../../core/fault.ts';
import type { AttemptId, BodyId } from '../../core/id.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Lane, Purpose } from '../../core/lane.ts';
import type { Persona } from '../../core/persona.ts';
import { openAct, refData } from '../act.ts';
import { ofTask } from '../about.ts';
import { isInParts } from './large.ts';
import { materialOf } from './material.ts';
import { sha256 } from '../../core/draft.ts';
import type { EntryDraft } from '../../core/entry.ts';
import { technicalName } from '../../core/technical-name.ts';
import { move, noteOn } from '../move.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { AttemptRow, TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { BodyRef, Contract, World } from '../ports/world.ts';

/** How long a call may take and how much it may answer; part of what an attempt was asked with. */
export type CallLimits = { readonly deadlineMs: number; readonly maxOutputTokens: number };
export const CALL_LIMITS: CallLimits = { deadlineMs: 600_000, maxOutputTokens: 16_000 };

/**
 * The most a model of the lane writes in one answer. Senior: the 64,000 output tokens of Anthropic's current models; seat
 * and local: half of it, so that a prompt fits beside it in a context of 131,072 tokens.
 */
const MOST_OUTPUT: Readonly<Record<Lane, number>> = {
  tool: CALL_LIMITS.maxOutputTokens,
  local: 32_000,
  seat: 32_000,
  senior: 64_000,
};

/** Twice the room for an answer that was cut off, up to what the model can write. */
export function widened(limits: CallLimits, lane: Lane): CallLimits {
  const twice = 2 * limits.maxOutputTokens;
  return { ...limits, maxOutputTokens: Math.min(twice, MOST_OUTPUT[lane]) };
}

/** An attempt that is written down and about to be made. */
export type Begun = {
  readonly file: TaskFile;
  /** The task as it is now: working. */
  readonly task: TaskRow;
  readonly attempt: AttemptRow;
  readonly persona: Persona;
  readonly kind: WorkKind;
  readonly system: string;
  readonly material: string;
  /** The person's own words, as they stand in the material. */
  readonly words: string;
  /** What the answer must look like. */
  readonly contract: Contract;
  /** Whether the texts of the files are asked for afterwards, one by one. */
  readonly inParts: boolean;
  /** Whether the one repair was used. */
  readonly repaired: boolean;
  readonly limits: CallLimits;
  /** What became of the attempts of this work that ended already, oldest first. */
  readonly earlier: readonly string[];
  /** Whether it is the one try of a lane whose pause is over. */
  readonly probes: boolean;
  readonly files: readonly NamedFile[];
  /** The bodies of those files. */
  readonly context: readonly BodyId[];
};

/** What an attempt is for, and the name of the try where its lane gets only one. */
export type Beginning = { readonly purpose: Purpose; readonly probe: string | null };

/** Claims the task and writes the attempt down before any call. Null when another was first. */
export async function beginAttempt(
  world: World,
  file: TaskFile,
  { purpose, probe }: Beginning,
): Promise<Begun | null> {
  const asked = await askedWith(world, file);
  const { persona, contract, context } = asked;
  const act = openAct(world.clock);
  const text = `${asked.system}\n\n${asked.material}`;
  const prompt = await world.bodies.put('prompt', ofTask(file.task), text);
  act.change({ insert: 'body', row: prompt.row });
  const task = move(act, file.task, {
    event: 'claim',
    mover: { by: 'system', rule: file.task.rule },
    set: { attempts: file.task.attempts + 1 },
    say: { lane: file.task.lane },
  });
  const id = act.newId<AttemptId>();
  const startedEntry = noteOn(act, task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: persona.id, version: persona.hash },
    rule: task.rule,
    attempt: id,
    lane: task.lane,
    persona: persona.id,
    data: await startData(
      world,
      { task, contract, limits: CALL_LIMITS },
      { purpose, prompt: prompt.ref, context },
    ),
  });
  const made = { id, purpose, persona, prompt: prompt.ref.id, startedEntry, at: act.at };
  const attempt = attemptRow(task, made);
  act.change({ insert: 'attempt', row: attempt });
  // The key can be written once: of several who would try the lane exactly one comes through.
  if (probe !== null) act.change({ insert: 'inbox', row: { eventId: probe, at: act.at } });
  if ((await world.store.commit(act.close())) === 'lost') return null;
  const fresh = { repaired: false, limits: CALL_LIMITS, earlier: [], probes: probe !== null };
  return { file, task, attempt, ...asked, ...fresh };
}

/** Who is asked, for what kind of work, with which words, and what the answer must look like. */
async function askedWith(world: World, file: TaskFile) {
  const { persona, kind } = castOf(world, file.task);
  const brought = await materialOf(world, file, kind);
  const inParts = isInParts(file.task.lane, brought.material);
  const system = world.library.systemPrompt(persona, kind, inParts);
  const contract = world.library.contract(persona, inParts);
  return { persona, kind, ...brought, inParts, system, contract };
}

type Asked = {
  readonly purpose: Purpose;
  readonly prompt: BodyRef;
  readonly context: readonly BodyId[];
};

/** What the entry of a started attempt says: how often, which prompt and files, which model is asked, and with which settings. */
export async function startData(
  world: Pick<World, 'lanes' | 'library'>,
  { task, contract, limits }: Pick<Begun, 'task' | 'contract' | 'limits'>,
  { purpose, prompt, context }: Asked,
): Promise<NonNullable<EntryDraft['data']>> {
  return {
    purpose,
    number: task.attempts,
    round: task.round,
    prompt: refData(prompt),
    context,
    model_requested: await modelAsked(world, task),
    params_sha256: sha256(JSON.stringify([limits, contract.schema])),
  };
}

/** The model a lane asks now; on the tool lane the program that the kind of work names. */
async function modelAsked(
  { lanes, library }: Pick<World, 'lanes' | 'library'>,
  { lane, kind: id }: TaskRow,
): Promise<string | null> {
  const kind = library.rules.kinds.get(id);
  if (lane === 'tool') return kind?.sort === 'work' ? (kind.program ?? null) : null;
  const health = await lanes[lane].health();
  return health.is === 'ready' && health.model !== '' ? technicalName(health.model) : null;
}

/** The persona and kind of a task. Throws Fault `bad_rules` when the rules in force no longer know them. */
export function castOf(world: World, task: TaskRow): { persona: Persona; kind: WorkKind } {
  const persona = world.library.personas.byId.get(task.persona);
  const kind = world.library.rules.kinds.get(task.kind);
  if (persona !== undefined && kind?.sort === 'work') return { persona, kind };
  throw new Fault(
    'bad_rules',
    `The rules in force know no ${persona === undefined ? `persona ${task.persona}` : `work of kind ${task.kind}`}. Re-route the task or restore the file.`,
  );
}

type Made = {
  readonly id: AttemptId;
  readonly purpose: Purpose;
  readonly persona: Pick<Persona, 'id' | 'hash'>;
  readonly prompt: BodyId;
  readonly startedEntry: AttemptRow['startedEntry'];
  readonly at: AttemptRow['startedAt'];
};

export function attemptRow(task: TaskRow, made: Made): AttemptRow {
  return {
    id: made.id,
    taskId: task.id,
    purpose: made.purpose,
    lane: task.lane,
    persona: made.persona.id,
    personaHash: made.persona.hash,
    startedAt: made.at,
    endedAt: null,
    outcome: null,
    notBefore: null,
    model: null,
    usage: null,
    costNano: null,
    costBasis: null,
    promptBody: made.prompt,
    answerBody: null,
    rehearsal: false,
    startedEntry: made.startedEntry,
    endedEntry: null,
  };
}

import { Fault } from '../../core/fault.ts';
import type { AttemptId, BodyId } from '../../core/id.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Purpose } from '../../core/lane.ts';
import type { Persona } from '../../core/persona.ts';
import { openAct, refData } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { isInParts } from './large.ts';
import { openWayOut } from './way-out.ts';
import type { WayOut } from './way-out.ts';
import { fence } from './fence.ts';
import { keepPrompt, promptText } from './keep-prompt.ts';
import type { Kept } from './keep-prompt.ts';
import { materialOf } from './material.ts';
import { asksAboutSecrets } from './stopped.ts';
import { sha256 } from '../../core/draft.ts';
import type { EntryDraft } from '../../core/entry.ts';
import { technicalName } from '../../core/technical-name.ts';
import { move, noteOn } from '../move.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { AttemptRow, TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { Contract, World } from '../ports/world.ts';
import { holdIfShort, holdShort } from './hold-budget.ts';
import { CALL_LIMITS } from './limits.ts';
import type { CallLimits } from './limits.ts';
import { reserving } from './reserve.ts';

/** An attempt that is written down and about to be made. */
export type Begun = {
  readonly file: TaskFile;
  /** The task as it is now: working. */
  readonly task: TaskRow;
  readonly attempt: AttemptRow;
  readonly persona: Persona;
  readonly kind: WorkKind;
  readonly system: string;
  /** What this work began with, as it goes out. */
  readonly material: string;
  /** Everything this attempt is sent, as it is kept. */
  readonly prompt: string;
  /** Through which everything goes out and what comes back is made whole. */
  readonly wayOut: WayOut;
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
export type Beginning = {
  readonly purpose: Purpose;
  readonly signal: AbortSignal;
  readonly probe: string | null;
};

/**
 * Claims the task and writes the attempt down before any call, with what it may come to taken from every budget. Null when
 * another was first, when a budget has no room (then the task is held for it), or when a person is asked instead about
 * secrets in the material. Throws Fault `not_allowed` where it may not leave the machine.
 */
export async function beginAttempt(
  world: World,
  file: TaskFile,
  { purpose, signal, probe }: Beginning,
): Promise<Begun | null> {
  const asked = await askedWith(world, file, signal);
  if (await asksAboutSecrets(world, file, asked.wayOut.replaced(asked.prompt))) return null;
  const act = openAct(world.clock);
  const kept = await keepPrompt(world, act, { ...asked, task: file.task });
  const task = move(act, file.task, {
    event: 'claim',
    mover: { by: 'system', rule: file.task.rule },
    set: { attempts: file.task.attempts + 1 },
    say: { lane: file.task.lane },
  });
  const { attempt, reserve } = await noteStart(world, act, { ...asked, task, file, purpose, kept });
  // The key can be written once: of several who would try the lane exactly one comes through.
  if (probe !== null) act.change({ insert: 'inbox', row: { eventId: probe, at: act.at } });
  if ((await world.store.commit(act.close())) === 'done') {
    const fresh = { repaired: false, limits: CALL_LIMITS, earlier: [], probes: probe !== null };
    return { file, task, attempt, ...asked, ...fresh };
  }
  // Of several who would try the lane all but one are held by whoever asked for the try.
  if (probe === null) await holdShort(world, file, reserve);
  else await holdIfShort(world, file, reserve);
  return null;
}

type Starting = Awaited<ReturnType<typeof askedWith>> &
  Pick<Begun, 'task' | 'file'> & { readonly purpose: Purpose; readonly kept: Kept };

/** The attempt, and with it in one act what it may come to, taken from every budget that counts it. */
async function noteStart(world: World, act: OpenAct, starting: Starting) {
  const { task, persona, contract, purpose, kept } = starting;
  const id = act.newId<AttemptId>();
  const reserve = await reserving(world, act, { ...starting, attempt: id });
  const startedEntry = noteOn(act, task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: persona.id, version: persona.hash },
    rule: task.rule,
    attempt: id,
    lane: task.lane,
    persona: persona.id,
    data: {
      ...(await startData(world, { task, contract, limits: CALL_LIMITS }, { purpose, ...kept })),
      worst: reserve.worst,
    },
  });
  const made = { id, purpose, persona, prompt: kept.prompt.id, startedEntry, at: act.at };
  const attempt = attemptRow(task, made);
  act.change({ insert: 'attempt', row: attempt });
  act.spend(reserve);
  return { attempt, reserve };
}

/** Who is asked, for what kind of work, with which words, and what the answer must look like. */
export async function askedWith(world: World, file: TaskFile, signal: AbortSignal) {
  const { persona, kind } = castOf(world, file.task);
  const wayOut = await openWayOut(world, file, signal);
  const { blocks, ...brought } = await materialOf(world, file, { kind, wayOut });
  const inParts = isInParts(file.task.lane, blocks);
  const redacted = wayOut.leaving === 'redacted';
  const brief = world.library.systemPrompt(persona, kind, { inParts, redacted });
  const { words: system, blocks: passed } = await wayOut.pass(brief, blocks);
  const material = fence(world, passed);
  const contract = world.library.contract(persona, inParts);
  const prompt = promptText(system, material);
  return { persona, kind, ...brought, inParts, system, material, contract, wayOut, prompt };
}

type Asked = Kept & { readonly purpose: Purpose };

/** What the entry of a started attempt says: how often, which prompt and files, which model is asked, and with which settings. */
export async function startData(
  world: Pick<World, 'lanes' | 'library'>,
  { task, contract, limits }: Pick<Begun, 'task' | 'contract' | 'limits'>,
  { purpose, prompt, context, left }: Asked,
): Promise<NonNullable<EntryDraft['data']>> {
  return {
    purpose,
    number: task.attempts,
    round: task.round,
    prompt: refData(prompt),
    context,
    model_requested: await modelAsked(world, task),
    params_sha256: sha256(JSON.stringify([limits, contract.schema])),
    ...left,
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
    allocatedNano: null,
    listNano: null,
    playedNano: null,
    credits: null,
    promptBody: made.prompt,
    answerBody: null,
    rehearsal: false,
    startedEntry: made.startedEntry,
    endedEntry: null,
  };
}

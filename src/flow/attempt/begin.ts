import { Fault } from '../../core/fault.ts';
import type { AttemptId, BodyId } from '../../core/id.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Purpose } from '../../core/lane.ts';
import type { Persona } from '../../core/persona.ts';
import { openAct, refData } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { ofTask } from '../about.ts';
import { isInParts } from './large.ts';
import { openDoor } from './door.ts';
import type { Door } from './door.ts';
import { fence } from './fence.ts';
import { materialOf } from './material.ts';
import { asksAboutSecrets } from './stopped.ts';
import { sha256 } from '../../core/draft.ts';
import type { EntryDraft } from '../../core/entry.ts';
import { refOf } from '../../core/rule-set.ts';
import { technicalName } from '../../core/technical-name.ts';
import { move, noteOn } from '../move.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { AttemptRow, TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { BodyRef, Contract, World } from '../ports/world.ts';
import { holdShort } from './hold-budget.ts';
import { CALL_LIMITS, reserving } from './reserve.ts';

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
  readonly door: Door;
  /** The person's own words, as they stand in the material. */
  readonly words: string;
  /** What the answer must look like. */
  readonly contract: Contract;
  /** Whether the texts of the files are asked for afterwards, one by one. */
  readonly inParts: boolean;
  /** Whether the one repair was used. */
  readonly repaired: boolean;
  readonly files: readonly NamedFile[];
  /** The bodies of those files. */
  readonly context: readonly BodyId[];
};

/**
 * Claims the task and writes the attempt down before any call, with what it may come to taken from every budget. Null when
 * another was first, when a budget has no room (then the task is held for it), or when a person is asked instead about
 * secrets in the material. Throws Fault `not_allowed` where it may not leave the machine.
 */
export async function beginAttempt(
  world: World,
  file: TaskFile,
  { purpose, signal }: { readonly purpose: Purpose; readonly signal: AbortSignal },
): Promise<Begun | null> {
  const asked = await askedWith(world, file, signal);
  if (await asksAboutSecrets(world, file, asked.door.replaced(asked.prompt))) return null;
  const { persona, contract } = asked;
  const act = openAct(world.clock);
  const kept = await keepPrompt(world, act, { ...asked, task: file.task });
  const task = move(act, file.task, {
    event: 'claim',
    mover: { by: 'system', rule: file.task.rule },
    set: { attempts: file.task.attempts + 1 },
    say: { lane: file.task.lane },
  });
  const id = act.newId<AttemptId>();
  const reserve = await reserving(world, act, { ...asked, attempt: id, task, file });
  const startedEntry = noteOn(act, task, {
    type: 'attempt.started',
    actor: { kind: 'persona', id: persona.id, version: persona.hash },
    rule: task.rule,
    attempt: id,
    lane: task.lane,
    persona: persona.id,
    data: {
      ...(await startData(world, { task, contract }, { purpose, ...kept })),
      worst: reserve.worst,
    },
  });
  const made = { id, purpose, persona, prompt: kept.prompt.id, startedEntry, at: act.at };
  const attempt = attemptRow(task, made);
  act.change({ insert: 'attempt', row: attempt });
  act.spend(reserve);
  if ((await world.store.commit(act.close())) === 'done')
    return { file, task, attempt, ...asked, repaired: false };
  await holdShort(world, file, reserve);
  return null;
}

/** Who is asked, for what kind of work, with which words, and what the answer must look like. */
export async function askedWith(world: World, file: TaskFile, signal: AbortSignal) {
  const { persona, kind } = castOf(world, file.task);
  const door = await openDoor(world, file, signal);
  const { blocks, ...brought } = await materialOf(world, file, { kind, door });
  const inParts = isInParts(file.task.lane, blocks);
  const redacted = door.leaving === 'redacted';
  const brief = world.library.systemPrompt(persona, kind, { inParts, redacted });
  const { words: system, blocks: passed } = await door.pass(brief, blocks);
  const material = fence(world, passed);
  const contract = world.library.contract(persona, inParts);
  const prompt = promptText(system, material);
  return { persona, kind, ...brought, inParts, system, material, contract, door, prompt };
}

/** What is sent, as it is kept: what was sent can be answered from it, character for character. */
export function promptText(system: string, material: string): string {
  return `${system}\n\n${material}`;
}

type Asked = Kept & { readonly purpose: Purpose };

/** What is known of a prompt once it is kept. */
type Kept = {
  readonly prompt: BodyRef;
  readonly context: readonly BodyId[];
  readonly left: NonNullable<EntryDraft['data']>;
};

type Keeping = Pick<Begun, 'task' | 'door' | 'prompt' | 'context'>;

/** Keeps what is sent, and what stands for what in it; how many of each kind were taken out goes into the entry, no value. */
export async function keepPrompt(
  { bodies, library }: Pick<World, 'bodies' | 'library'>,
  act: OpenAct,
  { task, door, prompt, context }: Keeping,
): Promise<Kept> {
  const { ref, row } = await bodies.put('prompt', ofTask(task), prompt);
  act.change({ insert: 'body', row });
  if (door.rule === null) return { prompt: ref, context, left: {} };
  const replaced = door.replaced(prompt);
  const masking = refOf(
    library.rules,
    library.rules.settings.secrets === 'mask' ? 'SECRETS-MASK' : 'SECRETS-ASK',
  );
  const left = {
    leaving: door.rule,
    replaced,
    ...(replaced.secret === undefined ? {} : { masking }),
  };
  if (door.leaving !== 'redacted') return { prompt: ref, context, left };
  const mapping = await bodies.put('mapping', ofTask(task), JSON.stringify(door.mapping()));
  act.change({ insert: 'body', row: mapping.row });
  return { prompt: ref, context, left: { ...left, mapping: refData(mapping.ref) } };
}

/** What the entry of a started attempt says: how often, which prompt and files, which model is asked, and with which settings. */
export async function startData(
  world: Pick<World, 'lanes' | 'library'>,
  { task, contract }: Pick<Begun, 'task' | 'contract'>,
  { purpose, prompt, context, left }: Asked,
): Promise<NonNullable<EntryDraft['data']>> {
  return {
    purpose,
    number: task.attempts,
    round: task.round,
    prompt: refData(prompt),
    context,
    model_requested: await modelAsked(world, task),
    params_sha256: sha256(JSON.stringify([CALL_LIMITS, contract.schema])),
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

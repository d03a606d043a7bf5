import type { Asker, Fact, Facts, Sensitivity, Sourced } from '../../core/facts.ts';
import { higher, SENSITIVITIES } from '../../core/facts.ts';
import { typesOf } from '../../core/file-type.ts';
import type { Waivable } from '../../core/given.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Lane } from '../../core/lane.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** What a person put above the words of a piece: a name, or null for "as the rules say", whatever the words name. */
export type Wishes = {
  readonly kind?: string;
  readonly persona?: string | null;
  readonly lane?: Lane | null;
  /** Whose word that is. */
  readonly asker?: Asker;
  /** How confidential somebody said it is, when they were asked. Sure signs in words and files raise it all the same. */
  readonly sensitivity?: Sensitivity;
  /** What they were asked about and answered in words. */
  readonly waived?: readonly Waivable[];
};

/** What a piece gets from the one it comes after: its files, and with them how confidential they are. */
export type Brought = Pick<Facts, 'sensitivity' | 'fileTypes'>;

/** The facts as they were read, with what a person wished and what the piece before it will bring. */
export function wished(
  read: Sourced,
  { persona, lane, sensitivity }: Pick<Wishes, 'persona' | 'lane' | 'sensitivity'>,
  brought: Brought | undefined,
): Sourced {
  const { persona: namedPersona, lane: namedLane, ...rest } = read;
  const facts: Sourced = {
    ...rest,
    sensitivity: answered(read.sensitivity, sensitivity),
    ...named('persona', persona, namedPersona),
    ...named('lane', lane, namedLane),
  };
  return brought === undefined ? facts : { ...facts, ...withBrought(facts, brought) };
}

function named<N extends 'persona' | 'lane'>(
  name: N,
  wish: NonNullable<Sourced[N]>['value'] | null | undefined,
  read: Sourced[N],
): Pick<Sourced, N> | Record<string, never> {
  if (wish === undefined) return read === undefined ? {} : ({ [name]: read } as Pick<Sourced, N>);
  return wish === null ? {} : ({ [name]: { value: wish, from: 'person' } } as Pick<Sourced, N>);
}

/** What was given to the reading as an answer came from a person, unless a sign stands above it. */
function answered(read: Fact<Sensitivity>, said: Sensitivity | undefined): Fact<Sensitivity> {
  return read.from === 'setting' && read.value === said ? { value: said, from: 'person' } : read;
}

const BEFORE = 'the piece before it';

function withBrought(
  { sensitivity, files, fileTypes }: Sourced,
  brought: Brought,
): Pick<Sourced, 'sensitivity' | 'files' | 'fileTypes'> {
  const isRaised = brought.sensitivity === 'confidential' && sensitivity.value === 'ordinary';
  const types = [...new Set([...fileTypes.value, ...brought.fileTypes])].sort();
  return {
    sensitivity: isRaised
      ? { value: 'confidential', from: 'setting', because: BEFORE }
      : sensitivity,
    files: { value: files.value + 1, from: 'default', because: BEFORE },
    fileTypes: { value: types, from: 'default', because: BEFORE },
  };
}

/** What a piece of this kind, on these facts, will bring to the one after it. */
export function bringsOf(
  { library }: Pick<World, 'library'>,
  { kind: id, sensitivity, fileTypes }: Pick<Facts, 'kind' | 'sensitivity' | 'fileTypes'>,
): Brought {
  const kind = library.rules.kinds.get(id);
  return { sensitivity, fileTypes: kind?.sort === 'work' ? made(kind, fileTypes) : [] };
}

/** Whether a piece of these facts brings what the one after it was not decided on: another type of file, or a secret. */
export function bringsMore(
  world: Pick<World, 'library'>,
  before: Facts,
  { sensitivity, fileTypes }: Facts,
): boolean {
  const brought = bringsOf(world, before);
  return (
    higher(SENSITIVITIES, sensitivity, brought.sensitivity) !== sensitivity ||
    brought.fileTypes.some((type) => !fileTypes.includes(type))
  );
}

function made({ deliverable }: WorkKind, brought: readonly string[]): readonly string[] {
  return deliverable.type === 'same' ? brought : typesOf([`draft.${deliverable.type}`]);
}

/**
 * What people said of a task so far, as its last decision holds it: nothing of it is read from the words again, so that
 * a persona or lane somebody took away does not come back, and nobody is asked twice how confidential it is.
 */
export function saidBefore({ trace, facts }: Pick<TaskRow, 'trace' | 'facts'>): Wishes {
  const { kind, sensitivity } = trace.facts;
  const waived = waivedIn(trace.facts);
  return {
    ...(kind.from === 'person' ? { kind: kind.value } : {}),
    persona: facts.persona ?? null,
    lane: facts.lane ?? null,
    ...(facts.asker === undefined ? {} : { asker: facts.asker }),
    ...(isAnswer(sensitivity) ? { sensitivity: sensitivity.value } : {}),
    ...(waived.length === 0 ? {} : { waived }),
  };
}

function waivedIn({ promised, opposed }: Sourced): readonly Waivable[] {
  return [
    ...(promised?.value === 'waived' ? (['files'] as const) : []),
    ...(opposed?.value === 'waived' ? (['demands'] as const) : []),
  ];
}

/** Older decisions hold an answer as a setting, which a confidential piece before it is too: that one is brought again. */
function isAnswer({ value, from }: Fact<Sensitivity>): boolean {
  return from === 'person' || (from === 'setting' && value === 'ordinary');
}

/**
 * What people said of the tasks a new piece is made from: confidential where they said so of one; ordinary where they said
 * so and nothing is suspected of the others.
 */
export function saidOfAll(
  tasks: readonly Pick<TaskRow, 'trace' | 'facts'>[],
): Pick<Wishes, 'sensitivity'> {
  const said = tasks.map((task) => saidBefore(task).sensitivity);
  if (said.includes('confidential')) return { sensitivity: 'confidential' };
  const isOpen = tasks.some((task, i) => said[i] === undefined && isDoubtful(task.facts));
  return said.includes('ordinary') && !isOpen ? { sensitivity: 'ordinary' } : {};
}

function isDoubtful({ suspected, sensitivity }: Facts): boolean {
  return suspected !== undefined || sensitivity === 'confidential';
}

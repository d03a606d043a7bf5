import type { EntryValue } from '../../core/entry.ts';
import type { EntryId } from '../../core/id.ts';
import { exampleWords, sameWords } from '../../core/own-examples.ts';
import type { ExampleSource } from '../../core/record-words.ts';
import type { Entry } from '../../ledger/read.ts';
import type { OpenAct } from '../act.ts';
import { pieceOf } from '../attempt/material.ts';
import type { Decided, PieceBody } from '../plan/piece.ts';
import type { PersonRow } from '../ports/rows-settings.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { putExample } from '../put-example.ts';

export type Taught = {
  /** The task as it is after the answer or change. */
  readonly task: TaskRow;
  /** As it was asked for: what was answered since teaches nothing. */
  readonly piece: PieceBody;
  readonly decided: Decided;
  readonly person: PersonRow;
  readonly by: ExampleSource;
  /** The entry of the answer or change. */
  readonly cause: EntryId;
};

type Needs = Pick<World, 'store' | 'bodies' | 'library' | 'examples'>;

/**
 * Keeps the words of a piece with the kind a person gave them, as an example of its client. Words that say nothing, a kind
 * that is still asked about, and requests of which anything was ever confidential give none; words that are kept already
 * give one only with another kind, which takes the place of the first.
 */
export async function keepExample(world: Needs, act: OpenAct, taught: Taught): Promise<void> {
  const { task, decided, piece } = taught;
  const text = exampleWords(piece.text);
  if (task.clientId === null || sameWords(text) === '' || !isKindKnown(world, decided)) return;
  if (await isConfidential(world, taught)) return;
  const own = await world.examples.of(task.clientId);
  const before = own?.same(text, 'own');
  const { kind } = decided.facts;
  if (before?.kind === kind) return;
  const { person, by, cause } = taught;
  await putExample(world, act, { text, kind, person, task, made: { by }, before, cause });
}

type Changed = Pick<Taught, 'task' | 'decided' | 'person'> & { readonly was: TaskRow };

/** Keeps the words of a piece whose kind a person changed in the plan. */
export async function keepChanged(
  world: World,
  act: OpenAct,
  { was, task, ...change }: Changed,
): Promise<void> {
  if (task.kind === was.kind || task.trace.facts.kind.from !== 'person') return;
  const piece = await pieceOf(world, was);
  await keepExample(world, act, { ...change, task, piece, by: 'change', cause: task.lastEntry });
}

function isKindKnown({ library }: Pick<World, 'library'>, { route, facts }: Decided): boolean {
  const asks = route.is === 'ask' && route.about === 'kind';
  return !asks && library.rules.kinds.has(facts.kind);
}

/** Whether anything of the request is confidential now, or was once: each route says what it was decided on. */
async function isConfidential({ store }: Pick<World, 'store'>, { task, decided }: Taught) {
  if (decided.facts.sensitivity === 'confidential') return true;
  return (await store.trail({ request: task.requestId })).some(saysConfidential);
}

function saysConfidential({ data }: Entry): boolean {
  return [data, inside(data, 'route')].some(
    (route) => inside(inside(route, 'facts'), 'sensitivity') === 'confidential',
  );
}

function inside(value: EntryValue | undefined, name: string): EntryValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [key: string]: EntryValue })[name];
}

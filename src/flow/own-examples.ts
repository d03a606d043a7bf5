import type { Example } from '../core/train-classifier.ts';
import { sha256 } from '../core/draft.ts';
import { Fault } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import { ownLearner, sameWords } from '../core/own-examples.ts';
import { textOf } from './plan/piece.ts';
import type { ExampleRow } from './ports/rows-examples.ts';
import type { Examples, OwnReading, World } from './ports/world.ts';

type Needs = Pick<World, 'store' | 'bodies' | 'library'>;
type Bodies = Pick<World['bodies'], 'get'>;

/** An example with what is learnt from it. */
type Opened = { readonly row: ExampleRow; readonly example: Example };
/** The opened examples of a client, or of everyone for null. Whatever counts no more is not in it. */
type Shelf = ReadonlyMap<string, Opened>;
type Whose = ClientId | null;

/** Clients whose reading is remembered; the one longest unasked is forgotten first. */
const MOST_CLIENTS = 200;
/** Bodies that are opened at once. */
const AT_ONCE = 8;

/**
 * The examples people gave. Which ones count is asked of the database at every request, so what was erased or removed by
 * any process teaches nothing from then on; they are opened and learnt once for each set.
 */
export function makeExamples({ store, bodies, library }: Needs): Examples {
  const learn = ownLearner(library.rules.classify);
  const shelves = makeShelves(bodies);
  const readings = new Map<ClientId, OwnReading>();
  return {
    of: async (client) => {
      const rows = await store.examplesFor(client);
      const set = setOf(rows);
      const known = readings.get(client);
      if (known?.set === set) return known;
      const everyone = await shelves(null, rows.filter(isEveryones));
      const own = await shelves(
        client,
        rows.filter((row) => !isEveryones(row)),
      );
      readings.delete(client);
      if (rows.length === 0) return null;
      const all = [...everyone.values(), ...own.values()];
      const classify = learn(all.map(({ example }) => example));
      const reading = { set, classify, same: sameIn({ own, everyone }) };
      remember(readings, client, reading);
      return reading;
    },
    words: async (rows) => {
      const found = await inTurns(rows, (row) => open(bodies, row));
      const texts = new Map(found.map(({ row, example }) => [row.id, example.text]));
      return rows.flatMap((row) => {
        const text = texts.get(row.id);
        return text === undefined ? [] : [{ ...row, text }];
      });
    },
  };
}

/** Opens what is new of a client's examples, and forgets what is not among these rows. */
function makeShelves(bodies: Bodies) {
  const shelves = new Map<Whose, Shelf>();
  return async (whose: Whose, rows: readonly ExampleRow[]): Promise<Shelf> => {
    const before = shelves.get(whose);
    const found = await inTurns(
      rows,
      async (row) => before?.get(row.id) ?? (await open(bodies, row)),
    );
    const shelf = new Map(found.map((one) => [one.row.id, one]));
    remember(shelves, whose, shelf);
    return shelf;
  };
}

async function open(bodies: Bodies, row: ExampleRow): Promise<Opened | null> {
  const text = await unlessGone(bodies.get(row.bodyId));
  return text === undefined ? null : { row, example: { text, kind: row.kind } };
}

function isEveryones({ clientId }: ExampleRow): boolean {
  return clientId === null;
}

/** What a body says; undefined where it was erased, or is not what was kept: nothing is learnt from that. */
async function unlessGone(reading: Promise<Uint8Array>): Promise<string | undefined> {
  try {
    return textOf(await reading);
  } catch (thrown) {
    if (thrown instanceof Fault && (thrown.code === 'erased' || thrown.code === 'not_found'))
      return undefined;
    throw thrown;
  }
}

/** A few at a time, in their order; what gives nothing is left out. */
async function inTurns<T extends ExampleRow>(
  rows: readonly T[],
  open: (row: T) => Promise<Opened | null>,
): Promise<readonly Opened[]> {
  const found: Opened[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = await Promise.all(rows.slice(at, at + AT_ONCE).map(open));
    found.push(...some.filter((one) => one !== null));
  }
  return found;
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_CLIENTS && oldest !== undefined) map.delete(oldest);
}

/** An example never changes: which ones there are says what they say. */
function setOf(rows: readonly ExampleRow[]): string {
  return sha256(rows.map(({ id }) => `${id}\n`).join('')).slice(0, 16);
}

function sameIn(shelves: Readonly<Record<'own' | 'everyone', Shelf>>): OwnReading['same'] {
  const byWords = (shelf: Shelf) =>
    new Map([...shelf.values()].map(({ row, example }) => [sameWords(example.text), row]));
  const latest = { own: byWords(shelves.own), everyone: byWords(shelves.everyone) };
  return (text, whose) => latest[whose].get(sameWords(text));
}

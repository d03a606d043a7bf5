import type { Finding } from '../../src/ledger/history.ts';
import { readHistory } from '../../src/ledger/history.ts';
import { openCheckpoint, signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import type { Signer } from '../../src/ledger/note.ts';
import { growTree } from '../../src/ledger/tree.ts';
import type { Point } from '../../src/store/verify-points.ts';
import { watchRoots } from '../../src/store/verify-roots.ts';
import { ORIGIN } from './bundle.ts';
import { soundHistory } from './histories.ts';

/** A signed checkpoint, and the size it lies under. */
export type Signed = { readonly size: number; readonly note: string };

/** A log and nothing around it: bytes of entries, what was signed of it, and what somebody kept of that elsewhere. */
export type BareLedger = {
  readonly entries: readonly Buffer[];
  readonly checkpoints: readonly Signed[];
  readonly kept: readonly Signed[];
};

/** The log of one client with a checkpoint for every size; some of those were kept elsewhere. */
export function bareLedger(signer: Signer, keptEvery: number): BareLedger {
  const logs = soundHistory(7, { clients: 1, requests: 2, steps: 24 });
  const log = logs.find(({ client }) => client !== null);
  const entries = (log?.entries ?? []).map(({ bytes }) => Buffer.from(bytes));
  const signed = (every: number): readonly Signed[] => signedOf(entries, signer, every);
  return { entries, checkpoints: signed(1), kept: signed(keptEvery) };
}

/** Entries that are sound in themselves and belong to other logs. */
export function strangers(): readonly Buffer[] {
  const logs = soundHistory(8, { clients: 2, requests: 3, steps: 20 });
  return logs.flatMap(({ entries }) => entries.map(({ bytes }) => Buffer.from(bytes)));
}

/** Checkpoints of a log: one at each `every`th size, and one at its end. */
export function signedOf(
  entries: readonly Buffer[],
  signer: Signer,
  every: number,
): readonly Signed[] {
  const tree = growTree();
  return entries.flatMap((bytes) => {
    tree.append(leafHash(bytes));
    const size = tree.size();
    if (size % every !== 0 && size !== entries.length) return [];
    const note = signCheckpoint({ origin: ORIGIN, size, root: tree.root() }, [signer]);
    return [{ size, note }];
  });
}

/**
 * What is wrong with a ledger, for somebody who has its key: the checks of `aios ledger verify` that need no database,
 * with the places it names.
 */
export function faultsOf(ledger: BareLedger, vkey: string): readonly Finding[] {
  const opened = [
    ...ledger.checkpoints.map((one) => pointOf(one, 'row', vkey)),
    ...ledger.kept.map((one) => pointOf(one, 'anchor', vkey)),
  ];
  const roots = watchRoots(
    ORIGIN,
    opened.filter((one): one is Point => 'root' in one),
  );
  const tree = growTree();
  const history = readHistory();
  const findings: Finding[] = opened.filter((one): one is Finding => 'says' in one);
  for (const [index, bytes] of ledger.entries.entries()) {
    const { leaf, entry } = readOnce(bytes);
    if (typeof entry === 'string') findings.push(fault(`entry ${index}`, entry));
    else findings.push(...history.take(entry, index));
    tree.append(leaf);
    roots.grown(tree);
  }
  findings.push(...history.end(), ...roots.end(tree).stray.map(({ finding }) => finding));
  findings.push(...unsigned(tree.size(), ledger));
  return findings.filter(({ level }) => level === 'fault');
}

/** Nothing stands behind the newest checkpoint in a log that was handed over with it. */
function unsigned(size: number, { checkpoints }: BareLedger): readonly Finding[] {
  const signed = Math.max(0, ...checkpoints.map((one) => one.size));
  if (size <= signed) return [];
  return [fault(`entry ${signed}`, `expected ${signed} entries, as the newest checkpoint says`)];
}

type Read = { readonly leaf: Buffer; readonly entry: Entry | string };
const reads = new WeakMap<Buffer, Read>();

/** What is the same bytes in memory is read once. */
function readOnce(bytes: Buffer): Read {
  const known = reads.get(bytes);
  if (known !== undefined) return known;
  const read = { leaf: leafHash(bytes), entry: entryOr(bytes) };
  reads.set(bytes, read);
  return read;
}

function entryOr(bytes: Buffer): Entry | string {
  try {
    return readEntry(bytes);
  } catch (thrown) {
    return String(thrown);
  }
}

const points = new Map<string, Point | Finding>();

function pointOf({ size, note }: Signed, sort: Point['sort'], vkey: string): Point | Finding {
  const key = `${sort} ${size} ${vkey}\n${note}`;
  const known = points.get(key) ?? opened({ size, note }, sort, vkey);
  points.set(key, known);
  return known;
}

function opened({ size, note }: Signed, sort: Point['sort'], vkey: string): Point | Finding {
  const by = sort === 'row' ? `checkpoint at ${size}` : `what was kept at ${size}`;
  try {
    const checkpoint = openCheckpoint(note, [vkey]);
    if (checkpoint.size !== size) return fault(by, `expected the size ${size}`);
    return { by, sort, size, root: checkpoint.root.toString('hex') };
  } catch (thrown) {
    return fault(by, String(thrown));
  }
}

function fault(place: string, says: string): Finding {
  return { place, level: 'fault', says };
}

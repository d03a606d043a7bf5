import { Fault, sentenceOf } from '../core/fault.ts';
import type { LogId } from '../core/id.ts';
import type { EpochReason } from '../core/record-words.ts';
import { rootOf, unpackPeaks } from '../ledger/tree.ts';
import { completeKeys } from './log-keys.ts';
import type { LogRow, Logs } from './look-logs.ts';
import type { Signed, SignedFile } from './signed.ts';

/** A log of which the database says something else than what was signed. */
export type Contradiction = {
  readonly because: EpochReason;
  readonly log: LogId;
  readonly row: LogRow | undefined;
  readonly signed: Signed | undefined;
  /** What was signed and what was found. */
  readonly says: string;
};

/**
 * Throws unless both sides agree: Fault `bad_config` when a key is missing although something was signed, Fault
 * `conflict` for the first contradiction. Then nothing may be put into a log and nothing signed: whatever was signed
 * must never be contradicted.
 */
export function mustAgree(logs: Logs): void {
  if (wasSigned(logs)) completeKeys(logs.place, logs.keys);
  const [first, ...more] = contradictions(logs);
  if (first !== undefined) throw refusal(first, more.length);
}

/** Whether anything was ever signed, as far as either side knows. */
export function wasSigned({ keys, rows, signed }: Logs): boolean {
  return keys.length > 0 || signed.size > 0 || rows.some(({ checked }) => checked > 0);
}

/** The sentence for a person: what is wrong, and the two ways out. */
export function refusal({ because, says }: Contradiction, others = 0): Fault {
  const more = others === 0 ? '' : ` So it is with ${others} more.`;
  return new Fault(
    'conflict',
    `${says}${more} Nothing is put into a log and nothing is signed until this is settled; new entries wait and none is lost. ${WAYS_BACK[because]} If that is not to be had, begin new epochs, which say so: aios ledger epoch --all --because ${because}`,
  );
}

const WAYS_BACK: Readonly<Record<EpochReason, string>> = {
  restored: 'Restore the newer database.',
  rewritten: 'Restore the database that was signed.',
  lost: 'If this database did not come from a backup, put the file back from that of AIOS_KEYS.',
};

/** Everything that cannot be true on both sides, in the order of the logs. */
export function contradictions(logs: Logs): readonly Contradiction[] {
  const rows = new Map(logs.rows.map((row) => [row.id, row]));
  const filed = [...logs.signed].flatMap(([id, file]) => {
    if (hasEnded(file, rows)) return [];
    const found = { id, row: rows.get(id), followed: isFollowed(file, logs.signed) };
    return against(file, found);
  });
  const missing = logs.rows
    .filter((row) => !row.closed && row.checked > 0 && !logs.signed.has(row.id))
    .map((row): Contradiction => {
      const says = `The log ${row.origin} was signed at ${row.checked} entries, and ${logs.files.pathOf(row.id)}, which says so, is missing.`;
      return { because: 'lost', log: row.id, row, signed: undefined, says };
    });
  return [...filed, ...missing];
}

/** An epoch has ended when the one that follows is there. */
function hasEnded(file: SignedFile, rows: ReadonlyMap<LogId, LogRow>): boolean {
  return file.is === 'sound' && file.signed.next !== null && rows.has(file.signed.next);
}

/** Whether an epoch that follows was signed already. */
function isFollowed(file: SignedFile, signed: Logs['signed']): boolean {
  return file.is === 'sound' && file.signed.next !== null && signed.has(file.signed.next);
}

type Found = {
  readonly id: LogId;
  readonly row: LogRow | undefined;
  readonly followed: boolean;
};

function against(file: SignedFile, { id, row, followed }: Found): readonly Contradiction[] {
  if (file.is === 'damaged') return damagedFile(file, { id, row });
  const { signed } = file;
  const wrong = disagreement(signed, row, followed);
  if (wrong === null) return [];
  const [because, is] = wrong;
  const was = `was signed at ${signed.frontier.size} entries with the root ${short(signed.root)}`;
  const says = `The log ${signed.origin} ${was}, and ${is}.`;
  return [{ because, log: id, row, signed, says }];
}

function damagedFile(
  file: SignedFile & { readonly is: 'damaged' },
  { id, row }: Omit<Found, 'followed'>,
): readonly Contradiction[] {
  // What a closed log was is over; nothing will be signed for it again.
  if (row?.closed === true) return [];
  const whose = row === undefined ? 'a log that this database does not have' : 'its log';
  const says = `${file.path}, which says what was signed of ${whose}, is damaged: ${file.why}.`;
  return [{ because: 'lost', log: id, row, signed: undefined, says }];
}

/** What a log is in the database, where that is not what was signed. */
function disagreement(
  signed: Signed,
  row: LogRow | undefined,
  followed: boolean,
): readonly [EpochReason, string] | null {
  const { size } = signed.frontier;
  if (row === undefined) return ['restored', 'this database does not have it: it is older'];
  if (followed) return ['restored', 'this database does not have the epoch that followed it'];
  if (row.closed || !isSame(signed, row))
    return ['rewritten', 'this database has closed or renamed it'];
  if (row.size < size) return ['restored', `in this database it has ${row.size}: it is older`];
  if (row.size > size || foundRoot(row).equals(signed.root)) return null;
  return ['rewritten', `now has ${row.size} with the root ${short(foundRoot(row))}`];
}

function isSame(signed: Signed, row: LogRow): boolean {
  return (
    signed.origin === row.origin && signed.client === row.clientId && signed.epoch === row.epoch
  );
}

/** The root that the database claims; nothing that any tree has when its peaks are broken. */
function foundRoot(row: LogRow): Buffer {
  try {
    return rootOf(unpackPeaks(row.size, row.peaks));
  } catch (thrown) {
    return Buffer.from(sentenceOf(thrown));
  }
}

/** The first 8 hex digits, as receipts show them. */
const short = (root: Buffer): string => root.toString('hex', 0, 4);

import { isoText } from '../core/moment.ts';
import { numberText } from '../core/id.ts';
import type { LogRow } from '../flow/ports/record.ts';
import { project } from '../ledger/projection.ts';
import { PROJECTED } from '../ledger/projection.ts';
import { draftOf, readEntry } from '../ledger/read.ts';
import { csvRow } from './csv.ts';

/** The head of the table: place and number, id, cause and time (UTC), then the typed columns. */
export const LOG_HEAD: string = csvRow([
  'log',
  'index',
  'signed',
  'number',
  'entry_id',
  'cause',
  'at',
  ...PROJECTED,
]);

/**
 * One entry as a row, derived from its bytes. `log` names the log it stands in; place and number are empty where there
 * is none, and so is what the entry does not say. Money is whole nano-USD.
 */
export function logRow({ bytes, place, number }: LogRow, log: string): string {
  const entry = readEntry(bytes);
  const columns = project(draftOf(entry));
  return csvRow([
    ...(place === null ? ['', '', ''] : [log, String(place.index), place.signed ? 'yes' : 'no']),
    number === null ? '' : numberText(number),
    entry.id,
    entry.cause ?? '',
    isoText(entry.at),
    ...PROJECTED.map((column) => String(columns[column] ?? '')),
  ]);
}

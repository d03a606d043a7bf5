import { isoText } from '../core/moment.ts';
import { numberText } from '../core/id.ts';
import type { LogRow } from '../flow/ports/record.ts';
import { project } from '../ledger/projection.ts';
import type { Projection } from '../ledger/projection.ts';
import { draftOf, readEntry } from '../ledger/read.ts';
import { csvRow } from './csv.ts';

/** The typed columns of an entry, as the table `entry` has them. */
const TYPED = [
  'type',
  'actor_kind',
  'actor_id',
  'client_id',
  'request_id',
  'task_id',
  'attempt_id',
  'lane',
  'model',
  'persona',
  'rule',
  'from_state',
  'to_state',
  'draft_sha256',
  'cost_nano',
  'minutes',
] as const satisfies readonly (keyof Projection)[];

/** The head of the table: place and number, id, cause and time (UTC), then the typed columns. */
export const LOG_HEAD: string = csvRow([
  'log',
  'index',
  'signed',
  'number',
  'entry_id',
  'cause',
  'at',
  ...TYPED,
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
    ...TYPED.map((column) => String(columns[column] ?? '')),
  ]);
}

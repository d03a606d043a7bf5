import { project, PROJECTED } from '../ledger/projection.ts';
import type { Projection } from '../ledger/projection.ts';
import { draftOf } from '../ledger/read.ts';
import type { Entry } from '../ledger/read.ts';

/** SQL for that text: how Postgres writes a row, `(a,b,,d)`, where null is nothing and an empty text is `""`. */
export const COLUMNS_SQL = `row(e.entry_id, ${PROJECTED.map((name) => `e.${name}`).join(', ')})::text`;

/** The same text, from what the bytes say. Nothing that an entry may hold is quoted in it. */
export function columnsText(entry: Entry): string {
  const { actor } = entry;
  const values = [
    entry.id,
    entry.type,
    actor.kind,
    actor.id,
    entry.client,
    entry.request,
    entry.task,
    entry.attempt,
    entry.lane,
    entry.model,
    entry.persona,
    entry.rule,
    entry.from,
    entry.to,
    entry.draft,
    entry.costNano,
    entry.minutes,
  ];
  // join writes nothing for null, as Postgres does.
  return `(${values.join(',')})`;
}

/** The first column that is not what the bytes say, as a sentence: expected, got. */
export function wrongColumn(entry: Entry, found: string): string {
  const values = found.slice(1, -1).split(',');
  const expected = [entry.id, ...Object.values(projected(entry))].map((value) => `${value ?? ''}`);
  const at = expected.findIndex((value, i) => value !== values[i]);
  const name = ['entry_id', ...PROJECTED][at] ?? 'columns';
  return `expected the column ${name} to say ${shown(expected[at])} as the bytes do, got ${shown(values[at])}`;
}

function projected(entry: Entry): Partial<Projection> {
  const all = project(draftOf(entry));
  return Object.fromEntries(PROJECTED.map((name) => [name, all[name]]));
}

/** What somebody put into a column may be anything: it is said as far as it looks like one of ours. */
function shown(value: string | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  return /^[\w./:@#+-]{1,130}$/.test(value) ? value : 'something else';
}

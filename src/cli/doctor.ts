import { Fault, sentenceOf } from '../core/fault.ts';
import { openLibrary } from '../main/library.ts';
import type { Config } from '../config.ts';
import { missing } from './check.ts';
import type { Check, Finding, Look } from './check.ts';
import { CHECKS } from './checks.ts';
import { lookAtServer } from './look-server.ts';

/** A finding under the id of its check. */
export type Row = { readonly id: string } & Finding;

const WORDS = ['ok', 'warn', 'missing'] as const;

/**
 * `aios doctor [--json]`: looks at everything AIOS needs, changes and starts nothing, and prints what it saw.
 * Returns 0 unless something is missing. Throws Fault `bad_input` on any other argument.
 */
export async function doctor(config: Config, args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== '--json');
  if (unknown !== undefined)
    throw new Fault('bad_input', `\`aios doctor\` takes --json or nothing, got "${unknown}".`);
  const rows = await examine(config, CHECKS);
  const isWell = rows.every(({ is }) => is !== 'missing');
  console.log(
    args.length > 0 ? JSON.stringify({ ok: isWell, checks: rows }, null, 2) : table(rows),
  );
  return isWell ? 0 : 1;
}

/** Runs checks one after another; what a check throws is a finding too. */
export async function examine(config: Config, checks: readonly Check[]): Promise<readonly Row[]> {
  const look: Look = {
    config,
    server: once(() => lookAtServer(config)),
    library: once(() =>
      openLibrary({ rules: config.rulesFolder, personas: config.personasFolder }),
    ),
  };
  const rows: Row[] = [];
  for (const { id, test } of checks) rows.push({ id, ...(await test(look).catch(thrownFinding)) });
  return rows;
}

/** A Fault's sentence ends with what to do. */
function thrownFinding(thrown: unknown): Finding {
  return missing(sentenceOf(thrown), 'Mend it as it says, then run aios doctor again.');
}

function once<T>(look: () => Promise<T>): () => Promise<T> {
  let seen: Promise<T> | undefined;
  return () => (seen ??= look());
}

/** Rows as aligned lines, each next step under what it mends, and a last line that counts. */
export function table(rows: readonly Row[]): string {
  const idWidth = Math.max(...rows.map(({ id }) => id.length));
  const margin = ' '.repeat('missing'.length + idWidth + 4);
  const lines = rows.flatMap((row) => {
    const says = row.says.replaceAll('\n', `\n${margin}`);
    const line = `${row.is.padEnd('missing'.length)}  ${row.id.padEnd(idWidth)}  ${says}`;
    return row.is === 'ok' ? [line] : [line, `${margin}Next: ${row.next}`];
  });
  const counts = WORDS.map((word) => `${rows.filter(({ is }) => is === word).length} ${word}`);
  return [...lines, '', `${counts.join(', ')}.`].join('\n');
}

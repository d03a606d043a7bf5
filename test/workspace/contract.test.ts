import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { LIMITS } from '../../src/workspace/limits.ts';
import { METHODS } from '../../src/workspace/wire/web-api.ts';

type Row = { id: string; claim: string; value?: number; source: string; checked_by: string };

const root = path.join(import.meta.dirname, '../..');
const rows = parse(readFileSync(path.join(root, 'fixtures/slack/contract.yaml'), 'utf8')) as Row[];
const idsOf = (kind: string) =>
  rows
    .map((row) => row.id)
    .filter((id) => id.startsWith(`${kind}.`))
    .map((id) => id.slice(kind.length + 1));

/** The text of all TypeScript files of a folder. */
function textOf(folder: string): string {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'))
    .join('\n');
}

describe('the contract with Slack', () => {
  test('every row is whole and its id its own', () => {
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    for (const row of rows) {
      expect(row).toEqual(
        expect.objectContaining({
          id: expect.stringMatching(/^(limit|error|wire|method)\./),
          claim: expect.any(String),
          source: expect.any(String),
        }),
      );
    }
  });

  test('every row names a test that exists', () => {
    const names = new Set(
      [...textOf('test/workspace').matchAll(/\btest\(\s*'([^']+)'/g)].map((found) => found[1]),
    );
    expect(
      rows.filter((row) => !names.has(row.checked_by)).map((row) => [row.id, row.checked_by]),
    ).toEqual([]);
  });

  test('every limit of the code is a row with the same number, and the other way round', () => {
    const claimed = Object.fromEntries(
      rows.filter((row) => row.id.startsWith('limit.')).map((row) => [row.id.slice(6), row.value]),
    );
    expect(claimed).toEqual({ ...LIMITS });
  });

  test('every method answered is a row, and the other way round', () => {
    expect(idsOf('method').sort()).toEqual(Object.keys(METHODS).sort());
  });

  test('every error the wire can answer is a row, and the other way round', () => {
    const source = textOf('src/workspace/wire');
    const direct = [...source.matchAll(/refuse\(\s*'([a-z_]+)'/g)].map((found) => found[1] ?? '');
    const chosen = [
      ...source.matchAll(/\? '([a-z]+_[a-z_]+)' : '([a-z]+_[a-z_]+|ratelimited)'/g),
    ].flatMap((found) => [found[1] ?? '', found[2] ?? '']);
    const named = [
      ...source.matchAll(
        /'(cant_[a-z_]+|(?:invalid|expired|exchanged)_trigger_id|used_url|ratelimited)'/g,
      ),
    ].map((found) => found[1] ?? '');
    const own = new Set(['fatal_error', 'public_channel']);
    const answered = new Set(
      [...direct, ...chosen, ...named, 'used_url'].filter((code) => !own.has(code)),
    );
    expect(idsOf('error').sort()).toEqual([...answered].sort());
  });
});

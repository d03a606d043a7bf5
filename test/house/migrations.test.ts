import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const NOTHING = 'No schema changes, nothing to migrate';
let folder: string;

/** A copy of the schema and of its migrations, in which drizzle-kit may write. */
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'aios-migrations-'));
  cpSync('drizzle', path.join(folder, 'drizzle'), { recursive: true });
  cpSync('src/store/schema', path.join(folder, 'schema'), { recursive: true });
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What drizzle-kit says to the schema. Where it has to ask something it says so and ends well, writing nothing. */
async function generate(): Promise<string> {
  const bin = path.resolve('node_modules/drizzle-kit/bin.cjs');
  const args = ['generate', '--dialect=postgresql', '--schema=./schema/*.ts', '--out=./drizzle'];
  const done = await promisify(execFile)(process.execPath, [bin, ...args], { cwd: folder });
  return done.stdout;
}

test('the migrations make what the schema says', async () => {
  expect(await generate()).toContain(NOTHING);
}, 60_000);

test('a table without a migration is noticed', async () => {
  const table = "export const extra = pgTable('extra', { id: text('id').primaryKey() });";
  const needs = "import { pgTable, text } from 'drizzle-orm/pg-core';";
  writeFileSync(path.join(folder, 'schema', 'extra.ts'), `${needs}\n${table}\n`);
  expect(await generate()).not.toContain(NOTHING);
}, 60_000);

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { readPostmaster } from '../../src/embedded/postmaster.ts';
import { built } from '../helpers/built.ts';
import { aios, makePlace, portOf } from '../helpers/program.ts';
import type { Place, Program } from '../helpers/program.ts';

const places: Place[] = [];
const programs: Program[] = [];
// Whole starts, several a test, on a machine that may be busy.
jest.setTimeout(120_000);
await built();

afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  for (const place of places.splice(0)) await place.remove();
});

function place(): Place {
  const made = makePlace();
  places.push(made);
  return made;
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const program = aios(args, env);
  programs.push(program);
  return program;
}

const postgresOf = ({ home }: Place) => readPostmaster(path.join(home, 'pg')).is;

test('a port in use is named with the next step, and the AIOS that has it goes on', async () => {
  const here = place();
  const first = run(['start'], here.env);
  const port = await portOf(first);

  const second = run(['start'], { ...here.env, AIOS_PORT: String(port) });
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain(`Expected port ${port} to be free`);
  expect(second.said()).toContain('set AIOS_PORT to another one');
  expect(second.said()).not.toContain('    at ');

  expect(postgresOf(here)).toBe('ready');
  const answer = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' });
  expect(answer.status).toBe(401);
  expect(first.said()).not.toContain('terminating connection');
});

test('Ctrl-C ends it with its Postgres; after kill -9 the next start goes on with what was left', async () => {
  const here = place();
  const first = run(['start'], here.env);
  await portOf(first);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(postgresOf(here)).toBe('none');

  const second = run(['start'], here.env);
  await portOf(second);
  second.child.kill('SIGKILL');
  expect(await second.ended).toBeNull();
  expect(postgresOf(here)).toBe('ready');

  const third = run(['start'], here.env);
  await portOf(third);
  third.child.kill('SIGTERM');
  expect(await third.ended).toBe(0);
  expect(postgresOf(here)).toBe('none');
});

test('data of another major version are refused and left as they are', async () => {
  const here = place();
  const data = path.join(here.home, 'pg');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(data, 'PG_VERSION'), '15\n');
  mkdirSync(`${here.home}-keys`, { mode: 0o700 });
  writeFileSync(path.join(`${here.home}-keys`, 'postgres.password'), 'kept\n', { mode: 0o600 });

  const program = run(['start'], here.env);
  expect(await program.ended).toBe(1);
  expect(program.said()).toContain(`The data in ${data} were made by Postgres 15`);
  expect(program.said()).toContain('Nothing was changed.');
  expect(readFileSync(path.join(data, 'PG_VERSION'), 'utf8')).toBe('15\n');
});

test('a broken rules file is named by line and column, nothing is started, and once mended it starts', async () => {
  const here = place();
  const rules = path.join(here.home, '..', 'rules');
  cpSync('rules', rules, { recursive: true });
  const file = path.join(rules, 'lanes.yaml');
  const sound = readFileSync(file, 'utf8');
  const line = sound.split('\n').length;
  writeFileSync(file, `${sound}rules: [unclosed\n`);
  const env = { ...here.env, AIOS_RULES_DIR: rules };

  const refused = run(['start'], env);
  expect(await refused.ended).toBe(1);
  expect(refused.said()).toMatch(new RegExp(`lanes\\.yaml:(${line}|${line + 1}):[0-9]+: `));
  expect(existsSync(here.home)).toBe(false);

  writeFileSync(file, sound);
  const mended = run(['start'], env);
  expect(await portOf(mended)).toBeGreaterThan(0);
});

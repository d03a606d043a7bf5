import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { ClientId } from '../../src/core/id.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { fillRecord } from '../helpers/bulk.ts';
import { built } from '../helpers/built.ts';
import { keysFolder } from '../helpers/keys.ts';
import { placeEntries } from '../helpers/places.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import type { FreshDatabase } from '../helpers/postgres.ts';
import { makePlace } from '../helpers/program.ts';
import type { Place } from '../helpers/program.ts';

jest.setTimeout(120_000);

const MANY = 200_000;
const FEW = 60_000;
/** How much more memory many entries may take than few, in bytes: the many hold 80 MB more. */
const GROWTH = 48 * 1024 * 1024;

let database: FreshDatabase;
let place: Place;
let admin: Sql;
let env: Readonly<Record<string, string>>;
let acme: ClientId;

beforeAll(async () => {
  await built();
  database = await freshDatabase();
  place = makePlace();
  env = { ...place.env, AIOS_KEYS: keysFolder(), DATABASE_URL: database.url };
  await said('client', 'new', 'acme', 'Acme Ltd');
  admin = connect(database.url, 1);
  acme = await settle();
  await fillRecord(admin, { count: MANY, client: acme, from: Date.UTC(2025, 0, 1), tasks: 9_000 });
  await admin`vacuum analyze entry`;
});
/** Ada approves for acme; Gina is a guest, and globex another client. */
async function settle(): Promise<ClientId> {
  const [client] = await admin<
    { id: ClientId; lastEntry: string }[]
  >`select id, last_entry from client where slug = 'acme'`;
  if (client === undefined) throw new Error('there is no acme');
  const ada = randomUUID();
  const last = { last_entry: client.lastEntry };
  const person = { team: 'T', ...last };
  await admin.unsafe(
    ['client', 'person', 'approver'].map((t) => `alter table ${t} disable trigger all`).join('; '),
  );
  await admin`insert into client ${admin({ id: randomUUID(), slug: 'globex', name: 'Globex', cloud: 'never', ...last })}`;
  await admin`insert into person ${admin([
    { id: ada, slack_user: 'U0ADA1', name: 'Ada Approver', role: 'colleague', ...person },
    { id: randomUUID(), slack_user: 'U0GINA', name: 'Gina Guest', role: 'guest', ...person },
  ])}`;
  await admin`insert into approver ${admin({ id: ada, client_id: client.id, person_id: ada, since: 0, ...last })}`;
  return client.id;
}
afterAll(async () => {
  await admin.end();
  await place.remove();
  await database.drop();
});

type Ended = { readonly code: number | null; readonly out: Buffer; readonly err: string };

/** At its end the program tells the most memory it ever had, in kB. */
const TELL_MEMORY = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(2, `most memory ${process.resourceUsage().maxRSS}\\n`));",
)}`;

type Taking = {
  /** Closes the pipe once so many bytes came. */
  readonly closeAfter?: number;
  /** What becomes of the bytes; they are kept unless something else is done. */
  readonly take?: (chunk: Buffer) => void;
};

async function run(args: readonly string[], taking: Taking = {}): Promise<Ended> {
  const program = ['--import', TELL_MEMORY, path.resolve('bin/aios.mjs'), ...args];
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  let err = '';
  let left = taking.closeAfter ?? Infinity;
  child.stdout.on('data', (chunk: Buffer) => {
    if (taking.take === undefined) out.push(chunk);
    else taking.take(chunk);
    left -= chunk.length;
    if (left <= 0) child.stdout.destroy();
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: Buffer.concat(out), err };
}

async function said(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await run(args);
  if (code !== 0) throw new Error(err);
  return out.toString();
}

async function refused(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await run(args);
  expect(code).toBe(1);
  expect(out.toString()).toBe('');
  return err.replace(/^most memory .*\n/m, '');
}

const memoryOf = ({ err }: Ended): number => Number(/most memory ([0-9]+)/.exec(err)?.[1]) * 1024;

describe('aios log --json', () => {
  test('prints the exact bytes of each entry and a line feed, and nothing else', async () => {
    const out = await said('log', '--json', '--limit', '1500');
    const lines = out.split('\n');
    expect(lines.pop()).toBe('');
    const rows = await admin<
      { body: Uint8Array; leaf: Uint8Array }[]
    >`select body, leaf from entry order by id limit 1500`;
    expect(lines.map((line) => Buffer.from(line))).toEqual(
      rows.map((row) => Buffer.from(row.body)),
    );
    expect(leafHash(Buffer.from(lines[0] ?? ''))).toEqual(Buffer.from(rows[0]?.leaf ?? []));
    const last = readEntry(Buffer.from(lines.at(-1) ?? '')).id;
    const next = await said('log', '--json', '--limit', '1', '--after', last);
    const [row] = await admin<
      { body: Uint8Array }[]
    >`select body from entry order by id offset 1500 limit 1`;
    expect(next).toBe(`${Buffer.from(row?.body ?? []).toString()}\n`);
    expect(await said('log', last, '--json')).toBe(`${lines.at(-1)}\n`);
  });

  test('ends well when whoever reads has read enough', async () => {
    const { code, err } = await run(['log', '--json'], {
      closeAfter: 100_000,
      take: () => undefined,
    });
    expect(code).toBe(0);
    expect(err).toMatch(/^most memory [0-9]+\n$/);
  });

  test('takes no more memory for a whole record than for a part of it', async () => {
    const few = await run(['log', '--json', '--limit', String(FEW)], { take: () => undefined });
    let lines = 0;
    let bytes = 0;
    const whole = await run(['log', '--json'], {
      take: (chunk) => {
        bytes += chunk.length;
        for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
      },
    });
    const [count] = await admin<
      { n: number; bytes: number }[]
    >`select count(*) as n, sum(length(body) + 1) as bytes from entry`;
    expect({ code: whole.code, lines, bytes }).toEqual({
      code: 0,
      lines: count?.n,
      bytes: count?.bytes,
    });
    expect(bytes).toBeGreaterThan(2 * GROWTH);
    expect(memoryOf(whole) - memoryOf(few)).toBeLessThan(GROWTH);
  });
});

describe('aios log --csv', () => {
  test('has a head, one row an entry, places once there are some, and money as whole nano-USD', async () => {
    const args = ['log', '--csv', '--client', 'acme', '--type', 'attempt.ended', '--limit', '2'];
    const [head, first, , end] = (await said(...args)).split('\r\n');
    expect(head).toBe(
      'log,index,signed,number,entry_id,cause,at,type,actor_kind,actor_id,client_id,request_id,task_id,attempt_id,lane,model,persona,rule,from_state,to_state,draft_sha256,cost_nano,minutes',
    );
    expect(end).toBe('');
    expect(first).toMatch(
      new RegExp(
        `^,,,,[0-9a-f-]{36},,2025-01-01T00:00:00\\.000Z,attempt\\.ended,persona,editor,${acme},,[0-9a-f-]{36},,senior,claude-opus-5-5,editor,lanes\\.yaml#LANE-010@[0-9a-f]{16},,,,12345,$`,
      ),
    );
    const [own] = await admin<{ id: ClientId }[]>`select id from client where slug = 'practice'`;
    await placeEntries(admin, { client: own?.id ?? acme, signed: 1 });
    const placed = (await said('log', '--csv', '--client', 'practice', '--limit', '2')).split(
      '\r\n',
    );
    expect(placed[1]).toMatch(/^practice,0,yes,,[0-9a-f-]{36},/);
    expect(placed[2]).toMatch(/^practice,1,no,,[0-9a-f-]{36},/);
  });
});

describe('aios log', () => {
  test('tells lines, says how to go on in a shell, and stops where it was told to', async () => {
    const lines = (
      await said('log', '--client', 'acme', '--type', 'attempt.ended', '--limit', '3')
    ).split('\n');
    expect(lines[0]).toBe(
      'Times are Europe/Berlin, oldest first; each line ends with its place in its log.',
    );
    expect(lines[1]).toBe(
      '- 2025-01-01 01:00 acme attempt.ended (work, ok), by editor, model claude-opus-5-5 (senior), rule LANE-010 (lanes.yaml), $0.000012345, not in its log yet',
    );
    expect(lines[4]).toMatch(
      /^Later ones: aios log --client acme --type attempt\.ended --limit 3 --after [0-9a-f-]{36}$/,
    );
    const next = await said('log', ...(lines[4] ?? '').split(' ').slice(4));
    expect(next.split('\n')[1]).toMatch(/^- 2025-01-01 01:03 /);
    const latest = await said('log', 'client', 'acme', '--limit', '2');
    expect(latest.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(2);
    expect(latest).toMatch(
      /\nEarlier ones: aios log --client acme --limit 2 --before [0-9a-f-]{36}\n$/,
    );
    expect(await said('log', '--to', '2020-01-01')).toMatch(/\nNo entries\.\n$/);
  });

  test('reads with the rights of whom --as names', async () => {
    const ids = async (...args: readonly string[]) =>
      (await said('log', '--csv', '--limit', '50', ...args))
        .split('\r\n')
        .slice(1, -1)
        .map((row) => row.split(',')[10]);
    expect(new Set(await ids('--as', 'U0ADA1'))).toEqual(new Set([acme]));
    expect(new Set(await ids())).not.toEqual(new Set([acme]));
    expect(await refused('log', '--client', 'globex', '--as=U0ADA1')).toBe(
      'aios: Expected the short name of a client you may read about, got "globex". Known ones are listed by: client show\n',
    );
    expect(await refused('log', '--as', 'U0GINA')).toMatch(/Guests read nothing of the record/);
    expect(await refused('log', '--as')).toMatch(/^aios: Expected a person/);
  });

  test('says in one sentence what it does not understand, and prints nothing', async () => {
    expect(await refused('log', '--clinet', 'acme', '--csv')).toBe(
      'aios: Expected a flag of log, got "--clinet". Did you mean --client?\n',
    );
    expect(await refused('log', '--csv', '--after', acme)).toMatch(
      /The entry to go on from is not among/,
    );
    expect(await refused('log', '--latest', '--limit', '1001')).toMatch(
      /at most 1000 with --latest/,
    );
  });
});

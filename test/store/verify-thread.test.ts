import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEntry } from '../../src/ledger/read.ts';
import { columnsText } from '../../src/store/verify-columns.ts';
import { makeJudge, MARKS } from '../../src/store/verify-judge.ts';
import type { Judge, Page } from '../../src/store/verify-judge.ts';
import type { Court } from '../../src/store/verify-thread.ts';
import { built } from '../helpers/built.ts';
import { soundHistory } from '../helpers/histories.ts';

/** As it ships: from TypeScript there is no thread. */
let thread: URL;
let openCourt: () => Court;
beforeAll(async () => {
  thread = new URL('store/verify-thread.js', await built());
  ({ openCourt } = (await import(thread.href)) as { openCourt: () => Court });
}, 60_000);

const [, log] = soundHistory(3, { clients: 1, requests: 3, steps: 120 });
const client = log?.client ?? null;
const entries = (log?.entries ?? []).map(({ bytes }) => Buffer.from(bytes));

/** Entries as the database sends them. */
function pageOf(bodies: readonly Buffer[], first: number): Page {
  const marks: number[] = [];
  const parts: Buffer[] = [];
  let at = 0;
  const put = (part: Buffer): [number, number] => {
    parts.push(part);
    at += part.length;
    return [at - part.length, at];
  };
  for (const body of bodies) {
    const entry = readEntry(body);
    const time = Buffer.alloc(8);
    time.writeBigInt64BE(BigInt(entry.at - Date.UTC(2000, 0, 1)) * 1_000n);
    const columns = put(Buffer.from(columnsText(entry)));
    marks.push(...columns, put(time)[0], ...put(body));
  }
  return {
    bytes: new Uint8Array(Buffer.concat(parts)),
    marks: Int32Array.from(marks),
    first,
    isWaiting: false,
  };
}

async function judged(judge: Judge, bodies: readonly Buffer[], perPage: number) {
  for (let from = 0; from < bodies.length; from += perPage)
    await judge.page(pageOf(bodies.slice(from, from + perPage), from));
  return judge.end();
}

async function inThread<T>(act: (court: Court) => Promise<T>): Promise<T> {
  const court = openCourt();
  try {
    return await act(court);
  } finally {
    await court.close();
  }
}

describe('a judge in a thread', () => {
  test('tells what one beside us tells, log after log', async () => {
    const cut = [...entries.slice(0, 9), ...entries.slice(10)];
    const here = [
      await judged(makeJudge(client), entries, 7),
      await judged(makeJudge(client), cut, 7),
    ];
    const there = await inThread(async (court) => [
      await judged(court.judge(client), entries, 7),
      await judged(court.judge(client), cut, 3),
    ]);
    expect(there).toEqual(here);
    expect(here[0]?.findings.filter(({ level }) => level === 'fault')).toEqual([]);
    expect(here[1]?.findings.some(({ level }) => level === 'fault')).toBe(true);
  });

  test('is handed more pages than it has room for, and takes all of them', async () => {
    const told = await inThread((court) => judged(court.judge(client), entries, 1));
    expect(told).toEqual(await judged(makeJudge(client), entries, entries.length));
  });

  const torn: Page = {
    bytes: new Uint8Array(8),
    marks: new Int32Array(MARKS).fill(1_000),
    first: 0,
    isWaiting: false,
  };

  test('that breaks down tells its error to whoever waits, now and later', async () => {
    await inThread(async (court) => {
      const judge = court.judge(null);
      await judge.page(torn);
      await expect(judge.end()).rejects.toThrow('out of range');
      await expect(judge.end()).rejects.toThrow('out of range');
      await expect(court.judge(null).page(torn)).rejects.toThrow('out of range');
    });
  });
});

describe('a program with a judge in a thread', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-thread-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const program = async (act: string) => {
    const code = `import { openCourt } from ${JSON.stringify(thread.href)};
      const court = openCourt();
      const page = { bytes: new Uint8Array(8), marks: new Int32Array(${MARKS}).fill(1000), first: 0, isWaiting: false };
      ${act}`;
    const file = path.join(folder, 'program.mjs');
    writeFileSync(file, code);
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [said, errors, exit] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.once('exit', resolve)),
    ]);
    return { said, errors, exit };
  };

  test('ends when it has closed it, whether all was judged or not', async () => {
    const act = `const judge = court.judge(null);
      console.log(JSON.stringify((await judge.end()).findings));
      await court.close();`;
    expect(await program(act)).toEqual({ said: '[]\n', errors: '', exit: 0 });
    expect(await program(`court.judge(null); await court.close();`)).toMatchObject({ exit: 0 });
  });

  test('ends by itself after a judge broke down, with its error caught once', async () => {
    const act = `const judge = court.judge(null);
      await judge.page(page);
      await judge.end().catch((why) => console.log(why.name));
      await court.close();`;
    expect(await program(act)).toEqual({ said: 'RangeError\n', errors: '', exit: 0 });
  });
});

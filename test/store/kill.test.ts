import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { isDue } from '../../src/store/sequence.ts';
import { built } from '../helpers/built.ts';
import { until } from '../helpers/until.ts';
import { checkAll, keysOf, makeLedgerScene, newClient, signedFile } from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';
import { line } from './scene.ts';

const KILLS = 14;
const WRITERS = 6;

let scene: LedgerScene;
let program = '';
beforeAll(async () => {
  scene = await makeLedgerScene();
  const from = (name: string): string => JSON.stringify(new URL(name, dist).href);
  const dist = await built();
  program = `
    const { connect } = await import(${from('store/connect.js')});
    const { makeSequencer } = await import(${from('store/sequencer.js')});
    const { CLOCK } = await import(${from('main/clock.js')});
    const sql = connect(process.env.SEQUENCER_URL, 2);
    const log = (sentence) => console.error(sentence);
    const folder = ${JSON.stringify(scene.folder)};
    makeSequencer({ sql, folder, clock: CLOCK, log, everyMs: 2 }).start();
    console.log('up');`;
}, 60_000);

const children = new Set<ChildProcess>();
const said: string[] = [];
afterAll(async () => {
  await Promise.all([...children].map(kill));
  await scene.close();
});

/** A sequencer as a process of its own; comes back when it is at work. */
async function sequencer(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env['PATH'] ?? '', SEQUENCER_URL: scene.urls.sequencer },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function signedSoFar(): Promise<number> {
  const [row] = await scene.admin<{ n: number }[]>`select count(*)::int as n from checkpoint`;
  return row?.n ?? 0;
}

test('killed at any moment, with another beside it, it loses nothing, doubles nothing and signs nothing wrong', async () => {
  const clients = [newClient(), newClient(), newClient(), null];
  let writing = true;
  let committed = 1;
  let undone = 0;
  const writers = Array.from({ length: WRITERS }, async (_, w) => {
    for (let n = 0; writing; n += 1) {
      const client = clients[(w + n) % clients.length] ?? null;
      const entries = 1 + ((w + n) % 3);
      const ends = await scene.writer
        .begin(async (tx) => {
          for (let i = 0; i < entries; i += 1) await line(tx, client === null ? {} : { client });
          if (n % 3 === 0) await tx`select pg_sleep(${Math.random() * 0.04})`;
          if (n % 12 === 0) throw new Error('undone');
        })
        .then(() => 'written')
        .catch((thrown: Error) => thrown.message);
      if (ends === 'written') committed += entries;
      else undone += 1;
    }
  });
  let kills = 0;
  const killers = Array.from({ length: 2 }, async () => {
    while (kills < KILLS) {
      const before = await signedSoFar();
      const child = await sequencer();
      await until('something is signed', async () => (await signedSoFar()) > before + 2);
      await pause(Math.random() * 100);
      kills += 1;
      await kill(child);
    }
  });
  await Promise.all(killers);
  writing = false;
  await Promise.all(writers);
  const [one, other] = await Promise.all([sequencer(), sequencer()]);
  await until('everything is in its log and signed', async () => !(await isDue(scene.deps.sql)));
  await Promise.all([kill(one), kill(other)]);

  expect(said).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(13);
  expect(undone).toBeGreaterThan(0);
  const logs = await checkAll(scene);
  const placed = logs.flatMap((log) => log.entries).toSorted((a, b) => a - b);
  const rows = await scene.admin<{ id: number }[]>`select id from entry order by id`;
  expect(placed).toEqual(rows.map(({ id }) => id));
  expect(placed).toHaveLength(committed);
  const keys = await keysOf(scene);
  expect(keys).toHaveLength(1);
  for (const log of logs) {
    expect(log.sizes.length).toBeGreaterThan(3);
    expect(log.sizes.at(-1)).toBe(log.bodies.length);
    const { note } = signedFile(scene, log.id);
    expect(openCheckpoint(String(note), vkeysOf(keys, log.origin)).size).toBe(log.bodies.length);
  }
  expect(logs).toHaveLength(clients.length);
}, 120_000);

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClientId, LogId } from '../../src/core/id.ts';
import { isDue } from '../../src/store/sequence.ts';
import { makeSequencer } from '../../src/store/sequencer.ts';
import type { Sequencer } from '../../src/store/sequencer.ts';
import { until } from '../helpers/until.ts';
import { checkAll, makeLedgerScene, newClient, signedPath } from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';

let scene: LedgerScene;
let sequencer: Sequencer;
let acme: ClientId;
let logged: string[];
beforeEach(async () => {
  scene = await makeLedgerScene();
  acme = newClient();
  logged = [];
  sequencer = makeSequencer({ ...scene.deps, log: (sentence) => void logged.push(sentence) });
});
afterEach(async () => {
  await sequencer.close();
  await scene.close();
});

const settled = () =>
  until('everything is signed', async () => !(await isDue(scene.deps.sql)), 10_000);
const logId = async (): Promise<LogId> =>
  (await checkAll(scene)).find(({ client }) => client === acme)?.id as LogId;

describe('while it runs', () => {
  test('it takes what others write, without being told', async () => {
    sequencer.start();
    await scene.write(acme, 2);
    await settled();
    await scene.write(acme);
    sequencer.wake();
    await settled();
    expect((await checkAll(scene)).find(({ client }) => client === acme)?.bodies).toHaveLength(3);
    expect(await sequencer.state()).toEqual({ waiting: 0, trouble: null });
    expect(logged).toEqual([]);
  });

  test('what it refuses waits; it says so once, and once that it goes on', async () => {
    await scene.write(acme, 2);
    await sequencer.round();
    const file = signedPath(scene, await logId());
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    await scene.write(acme);
    for (let n = 0; n < 3; n += 1)
      await expect(sequencer.round()).rejects.toMatchObject({ code: 'conflict' });
    expect(logged).toEqual([
      expect.stringMatching(/^The ledger waits: The log aios\/.* is missing/),
    ]);
    expect(await sequencer.state()).toEqual({
      waiting: 1,
      trouble: expect.stringMatching(/^The log aios\/.* aios ledger epoch --all --because lost$/),
    });
    writeFileSync(file, text);
    await sequencer.round();
    expect(logged.slice(1)).toEqual(['The ledger goes on: what waited is in its log and signed.']);
    expect(await sequencer.state()).toEqual({ waiting: 0, trouble: null });
  });

  test('before it is started and after it is closed it does nothing by itself', async () => {
    sequencer.wake();
    await scene.write(acme);
    sequencer.start();
    await sequencer.close();
    await scene.write(acme);
    sequencer.wake();
    expect(await isDue(scene.deps.sql)).toBe(true);
  });
});

describe('a mark', () => {
  test('holds everything that was written before it was asked for', async () => {
    for (const size of [1, 2, 3]) {
      await scene.write(acme);
      expect(await sequencer.marks.of(acme)).toMatchObject({ size });
    }
    const log = (await checkAll(scene)).find(({ client }) => client === acme);
    expect(log?.sizes).toEqual([1, 2, 3]);
    const root = (await sequencer.marks.of(acme))?.root ?? '';
    expect(log?.notes.at(-1)).toContain(Buffer.from(root, 'hex').toString('base64'));
  });

  test('is of that log alone, and null where there is none', async () => {
    await scene.write(acme, 2);
    expect(await sequencer.marks.of(null)).toMatchObject({ size: 1 });
    expect(await sequencer.marks.of(newClient())).toBeNull();
  });

  test('waits for another process that is at it, and for no more than a moment', async () => {
    const holder = await scene.admin.reserve();
    await holder`begin`;
    await holder`select pg_advisory_xact_lock(4120260102)`;
    await scene.write(acme);
    const asked = sequencer.marks.of(acme);
    await holder`rollback`;
    holder.release();
    expect(await asked).toMatchObject({ size: 1 });
  });

  test('is null while nothing may be signed: a receipt carries no mark that was not signed', async () => {
    await scene.write(acme);
    await sequencer.round();
    const file = signedPath(scene, await logId());
    writeFileSync(file, 'gone');
    expect(await sequencer.marks.of(acme)).toBeNull();
    expect(await sequencer.marks.of(null)).toBeNull();
  });

  test('is what was signed, whatever somebody writes into the table of checkpoints', async () => {
    await scene.write(acme);
    const mark = await sequencer.marks.of(acme);
    await scene.admin`alter table checkpoint disable trigger user`;
    await scene.admin`update checkpoint set note = replace(note, 'aios', 'bios')`;
    expect(await sequencer.marks.of(acme)).toEqual(mark);
  });
});

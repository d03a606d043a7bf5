import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { epoch, retire, rotate, sequenceOnce } from '../../src/cli/ledger-mend.ts';
import { prove } from '../../src/cli/ledger-prove.ts';
import { showCheckpoints, showKeys } from '../../src/cli/ledger-show.ts';
import { ledger } from '../../src/cli/ledger.ts';
import { examine } from '../../src/cli/doctor.ts';
import { LEDGER } from '../../src/cli/checks-ledger.ts';
import { readConfig } from '../../src/config.ts';
import type { Config } from '../../src/config.ts';
import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { leafHash } from '../../src/ledger/hash.ts';
import { checkTlogProof } from '../../src/ledger/tlog-proof.ts';
import { logFolder } from '../../src/main/ledger.ts';
import { keysFolder as rolesFolder, rolePasswords } from '../helpers/keys.ts';
import { makeLedgerScene, newClient } from '../store/ledger-scene.ts';
import type { LedgerScene } from '../store/ledger-scene.ts';
import { line } from '../store/scene.ts';

/** A practice with the client acme; its settings name real work, so that no rehearsal comes up. */
let scene: LedgerScene;
let acme: ReturnType<typeof newClient>;
const home = mkdtempSync(path.join(os.tmpdir(), 'aios-ledger-cli-'));
const configFor = (of: LedgerScene): Config => ({
  ...readConfig({
    AIOS_HOME: path.join(home, 'home'),
    AIOS_KEYS: rolesFolder(),
    DATABASE_URL: of.adminUrl,
    ANTHROPIC_API_KEY: 'none',
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    AIOS_OWNER: 'U1',
  }),
});

beforeAll(async () => {
  rolePasswords();
  scene = await makeLedgerScene({ folder: logFolder(path.join(rolesFolder(), 'practice')) });
  acme = newClient();
  await scene.writer.begin(async (tx) => {
    const last = await line(tx, { type: 'client.created', client: acme });
    await tx`insert into client ${tx({ id: acme, slug: 'acme', name: 'Acme', cloud: 'unset', last_entry: last })}`;
  });
});
afterAll(async () => {
  await scene.close();
  rmSync(home, { recursive: true, force: true });
});

const vkeysOfAcme = async (config: Config): Promise<readonly string[]> =>
  (await showKeys(config, []))
    .split('\n')
    .filter((row) => row.startsWith('acme  '))
    .map((row) => row.split('  ')[2] ?? '');

const doctor = async (of: LedgerScene) => (await examine(configFor(of), LEDGER))[0];

describe('what is signed', () => {
  test('is nothing before the first round, and everything after', async () => {
    const config = configFor(scene);
    expect(await showCheckpoints(config, [])).toBe('');
    await expect(showCheckpoints(config, ['--client', 'acme'])).rejects.toThrow(/Sign it/);
    expect(await doctor(scene)).toMatchObject({
      is: 'warn',
      says: expect.stringMatching(/2 entries wait for their place. The oldest has waited/),
    });
    expect(await sequenceOnce(config, [])).toBe('Everything is in its log and signed.\n');
    expect(await showCheckpoints(config, [])).toMatch(
      /^the practice’s own {2}1 · [0-9a-f]{8} {2}aios\/\S+\nacme {2}1 · [0-9a-f]{8} {2}aios\/\S+\n$/,
    );
    expect(await doctor(scene)).toMatchObject({
      is: 'ok',
      says: '2 logs continue what was signed of them; 0 entries wait for their place.',
    });
  });

  test('can be checked with what the words print: checkpoint, key, and the proof of an entry', async () => {
    const config = configFor(scene);
    await scene.write(acme, 6);
    await sequenceOnce(config, []);
    const vkeys = await vkeysOfAcme(config);
    const note = await showCheckpoints(config, ['--client', 'acme']);
    expect(openCheckpoint(note, vkeys)).toMatchObject({ size: 7 });
    expect(
      openCheckpoint(
        await showCheckpoints(config, ['--practice']),
        allKeys(await showKeys(config, [])),
      ),
    ).toMatchObject({ size: 1 });
    const entries = await scene.admin<{ entryId: string; body: Buffer }[]>`
      select entry_id, body from entry where client_id = ${acme} order by id`;
    for (const [at, { entryId, body }] of entries.entries()) {
      const proof = await prove(config, [entryId]);
      expect(checkTlogProof(proof, leafHash(body), vkeys)).toMatchObject({ index: at, size: 7 });
      expect(() => checkTlogProof(proof, leafHash(Buffer.from('other')), vkeys)).toThrow(/not in/);
    }
  });

  const allKeys = (text: string): readonly string[] =>
    text.split('\n').flatMap((row) => row.split('  ')[2] ?? []);
});

describe('bad input gets a sentence', () => {
  test.each([
    [['verifi'], /^Expected one of checkpoint, keys, .* behind `aios ledger`, got "verifi"/],
    [
      ['checkpoint', '--client', 'nobody'],
      /^Expected the short name of a client, such as acme, got "nobody"/,
    ],
    [['checkpoint', '--klient'], /Unknown option '--klient'.*`aios ledger help`/],
    [['keys', 'all'], /^Expected no further word here, got 1\./],
    [['prove'], /^Expected 1 word here, got 0\./],
    [['prove', 'x; drop table'], /^Expected the id of an entry that stands in a log, got "x; drop/],
    [['prove', '00000000-0000-7000-8000-000000000000'], /^Expected the id of an entry/],
    [['epoch', '--all'], /^Expected --because and one of restored, rewritten, lost, got none\./],
    [['epoch', '--all', '--because', 'bored'], /got "bored"\. `aios doctor` says which it is\.$/],
    [['epoch', '--because', 'lost'], /^Expected one of --client SLUG, --practice or --all, got 0/],
    [['epoch', '--all', '--practice', '--because', 'lost'], /got 2/],
    [['epoch', '--client', 'acme', '--because', 'restored'], /^Nothing is wrong there/],
    [['retire'], /^Only one key signs/],
  ])('%j', async (args, says) => {
    await expect(ledger(configFor(scene), args)).rejects.toThrow(says);
  });
});

test('a rotation and a retirement, and the keys as they are listed', async () => {
  const config = configFor(scene);
  const [first = ''] = await vkeysOfAcme(config);
  expect(await rotate(config, [])).toMatch(
    /^Key 2 \([0-9a-f]{12}\) signs beside key 1 .* 2 logs say so/,
  );
  const [, second = ''] = await vkeysOfAcme(config);
  expect(openCheckpoint(await showCheckpoints(config, ['--client', 'acme']), [second]).size).toBe(
    8,
  );
  expect(await retire(config, [])).toMatch(/^Key 1 \([0-9a-f]{12}\) is retired/);
  const rows = (await showKeys(config, [])).split('\n').filter((row) => row.startsWith('acme'));
  expect(rows).toEqual([`acme  retired  ${first}`, `acme  signs  ${second}`]);
  expect(readdirSync(scene.own).filter((name) => name.endsWith('.pem'))).toEqual(['2.pem']);
});

test('after a restored database: doctor says so, an epoch settles it', async () => {
  const old = await makeLedgerScene({ template: scene });
  await scene.write(acme);
  await sequenceOnce(configFor(scene), []);
  const config = configFor(old);
  await expect(sequenceOnce(config, [])).rejects.toMatchObject({ code: 'conflict' });
  expect(await doctor(old)).toMatchObject({
    id: 'ledger',
    is: 'missing',
    says: expect.stringMatching(/Restore the newer database\..*--because restored$/),
  });
  const said = await epoch(config, ['--client', 'acme', '--because', 'restored']);
  expect(said).toMatch(
    /^acme: epoch 2 is aios\/\S+\. Signed before: 10 entries; found and carried over: 9\.\nThey are signed\./,
  );
  expect(await doctor(old)).toMatchObject({ is: 'ok' });
  expect(await showCheckpoints(config, [])).toMatch(/^acme {2}10 · /m);
  // An old entry is proven in the new log, one place further back, under its name.
  const [first] = await old.admin<{ entryId: string; body: Buffer }[]>`
    select entry_id, body from entry where client_id = ${acme} order by id limit 1`;
  const proof = await prove(config, [first?.entryId ?? '']);
  const leaf = leafHash(first?.body ?? Buffer.alloc(0));
  const checked = checkTlogProof(proof, leaf, await vkeysOfAcme(config));
  expect(checked).toMatchObject({ index: 1, size: 10 });
  expect(said).toContain(checked.origin);
  await old.close();
});

test('a rehearsal’s settings do not touch real work', async () => {
  const config = readConfig({
    AIOS_HOME: path.join(home, 'home'),
    AIOS_KEYS: rolesFolder(),
    DATABASE_URL: scene.adminUrl,
  });
  await expect(sequenceOnce(config, [])).rejects.toThrow(/^This database holds real work/);
});

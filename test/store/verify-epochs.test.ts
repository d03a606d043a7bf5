import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { CLOCK } from '../../src/main/clock.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { beginEpochs } from '../../src/store/epoch.ts';
import { sequence } from '../../src/store/sequence.ts';
import { line } from './scene.ts';
import { forge, makeTemplate } from './verify-scene.ts';
import type { Template, VerifyScene } from './verify-scene.ts';

let template: Template;
let scene: VerifyScene;
const pools: Sql[] = [];
beforeAll(async () => {
  template = await makeTemplate();
}, 60_000);
afterAll(() => template.close());
beforeEach(async () => {
  scene = await template.copy();
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
  await scene.close();
});

function depsOf(of: VerifyScene) {
  const sql = connect(of.url, 1);
  pools.push(sql);
  return { sql, folder: path.dirname(of.own), clock: CLOCK };
}

/** An older copy of the database was brought back: what was signed meanwhile lies beside the key, and is not in it. */
async function restore(): Promise<void> {
  const newer = await template.copy();
  const data = { review: 'set' };
  await newer.admin.begin((tx) =>
    line(tx, { type: 'client.set', client: newer.client, data }, CLOCK.now()),
  );
  const sql = connect(newer.url, 1);
  await sequence({ sql, folder: path.dirname(newer.own), clock: CLOCK });
  await sql.end();
  cpSync(newer.own, scene.own, { recursive: true });
  await newer.close();
}

/** The next epoch after that; gives its name. */
async function restored(): Promise<string> {
  await restore();
  const deps = depsOf(scene);
  const [practice] = await scene.admin<{ policySha256: string }[]>`
    select policy_sha256 from practice`;
  const stamp = { build: 'test', origin: 'practice', policy: () => practice?.policySha256 ?? '' };
  const begun = await beginEpochs({ ...deps, stamp }, { of: 'all', because: 'restored' });
  await sequence(deps);
  return begun[0]?.origin ?? '';
}

async function told(level: 'fault' | 'note'): Promise<string> {
  const { findings } = await scene.verify();
  return findings
    .filter((one) => one.level === level)
    .map(({ place, says }) => `${place}: ${says}`)
    .join('\n');
}

const sizeOf = async (origin: string): Promise<number> => {
  const [row] = await scene.admin<{ size: number }[]>`
    select t.size from tree t join log l on l.id = t.log_id where l.origin = ${origin}`;
  return row?.size ?? 0;
};

test('before an epoch, what is missing is a fault; after it, it is known and no news', async () => {
  const size = await sizeOf(scene.origin);
  await restore();
  const cut = `log ${scene.origin}, entry ${size}: expected at least ${size + 1} entries, as the file beside the key says, got ${size}: the end of the log was cut off, or, if its key is in other hands, something behind the first 0 entries was taken out`;
  expect([await told('fault'), await told('note')]).toEqual([cut, '']);
  const next = await restored();
  expect([await told('fault'), await told('note')]).toEqual([
    '',
    `${cut} (this log was ended: restored; ${next} follows it)`,
  ]);
  const { logs } = await scene.verify({ whose: { client: scene.client } });
  expect(logs.map(({ log, size: found }) => [log.epoch, log.closed, found])).toEqual([
    [1, true, size],
    [2, false, size + 1],
  ]);
});

test('a log that was ended and then changed is not what the next one found of it', async () => {
  const size = await sizeOf(scene.origin);
  await restored();
  await forge(scene.admin, async (sql) => {
    await sql`delete from leaf where log_id = ${scene.log} and idx = ${size - 1}`;
  });
  expect(await told('fault')).toContain(
    `log ${scene.origin}: expected ${size} entries as the log that follows found them, got others`,
  );
});

test('an entry that was changed afterwards is found in the log that goes on', async () => {
  const next = await restored();
  const [row] = await scene.admin<{ id: number; idx: number }[]>`
    select e.id, f.idx from entry e join leaf f on f.entry_id = e.id join log l on l.id = f.log_id
    where l.origin = ${next} and e.type = 'draft.made' order by f.idx limit 1`;
  await forge(
    scene.admin,
    (sql) => sql`update entry set minutes = 4,
      body = convert_to(replace(convert_from(body, 'UTF8'), '"minutes":40', '"minutes":4'), 'UTF8') where id = ${row?.id ?? 0}`,
  );
  // One checkpoint was signed of the new log, at its end.
  expect(await told('fault')).toMatch(
    new RegExp(`log ${next}, entry 0 to \\d+: expected the root`),
  );
});

test('a log that was ended by hand, with none that follows, is a fault', async () => {
  await forge(
    scene.admin,
    (sql) => sql`update log set closed_at = begun_at where id = ${scene.log}`,
  );
  expect(await told('fault')).toContain(
    `log ${scene.origin}: expected a log that follows this ended one, got none`,
  );
});

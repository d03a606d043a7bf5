import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { lookAtLogs } from '../../src/store/look-logs.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { verifyLedger } from '../../src/store/verify.ts';
import { makeTestWorld } from '../helpers/world.ts';
import type { TestWorld } from '../helpers/world.ts';
import { forge } from './verify-scene.ts';

let t: TestWorld;
let admin: Sql;
beforeAll(async () => {
  t = await makeTestWorld();
  admin = connect(t.adminUrl, 1);
  await t.world.marks.of(null);
}, 60_000);
afterAll(async () => {
  await admin.end();
  await t.close();
});

/** What is found after somebody changed something; then it is put back. */
async function faultsAfter(change: (sql: Sql) => Promise<unknown>): Promise<string> {
  await admin`create table was_lore as select * from lore`;
  await admin`create table was_practice as select * from practice`;
  await forge(admin, change);
  const faults = await found();
  await forge(admin, async (sql) => {
    await sql`delete from lore`;
    await sql`delete from practice`;
    await sql`insert into lore select * from was_lore`;
    await sql`insert into practice select * from was_practice`;
    await sql`drop table was_lore, was_practice`;
  });
  return faults;
}

async function found(): Promise<string> {
  const logs = await lookAtLogs(admin, path.join(t.keysAt, 'log'));
  if (logs === null) throw new Error('the practice is founded');
  const trust = {
    vkeys: (origin: string) => vkeysOf(logs.keys, origin),
    signed: [...logs.signed.values()],
    given: [],
    kept: [],
  };
  const { findings } = await verifyLedger(admin, { trust, whose: 'all' });
  return findings.map(({ place, says }) => `${place}: ${says}`).join('\n');
}

test('a practice that was founded has its rules whole', async () => {
  expect(await found()).toBe('');
});

test('a file of the set in force that is gone', async () => {
  const hash = sha256(t.world.library.rules.files.get('kinds/draft.blog.yaml') ?? '');
  expect(await faultsAfter((sql) => sql`delete from lore where sha256 = ${hash}`)).toBe(
    `text ${hash}: expected the text of a file or rule of an accepted set, got none`,
  );
});

test('the list of its files that is gone, or says something else', async () => {
  const { hash } = t.world.library.rules;
  expect(await faultsAfter((sql) => sql`delete from lore where sha256 = ${hash}`)).toBe(
    `rule set ${hash}: expected the list of its files and rules, got none`,
  );
  const says = await faultsAfter(async (sql) => {
    await sql`alter table lore drop constraint lore_by_its_hash`;
    await sql`update lore set text = replace(text, 'LANE-070', 'LANE-071') where sha256 = ${hash}`;
  });
  expect(says).toMatch(
    new RegExp(`^text ${hash}: expected a text of this hash, got one of \\w+: it was changed$`),
  );
});

test('another set in force than the record says', async () => {
  const other = '0d'.repeat(32);
  expect(await faultsAfter((sql) => sql`update practice set policy_sha256 = ${other}`)).toBe(
    `the practice: expected the rule set ${t.world.library.rules.hash} that was accepted last, got the rule set ${other}`,
  );
});

test('what a client’s log says was done under a set that nobody accepted', async () => {
  const other = '0d'.repeat(32);
  const { hash } = t.world.library.rules;
  await forge(
    admin,
    (sql) => sql`
      update entry set body = convert_to(replace(convert_from(body, 'UTF8'), ${hash}, ${other}), 'UTF8')
      where client_id is not null`,
  );
  expect(await found()).toContain(
    `rule set ${other}: expected an entry that accepted it, for entries were written under it, got none`,
  );
});

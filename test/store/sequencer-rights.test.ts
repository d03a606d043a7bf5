import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sequence } from '../../src/store/sequence.ts';
import { makeLedgerScene, newClient } from './ledger-scene.ts';
import type { LedgerScene } from './ledger-scene.ts';
import { line } from './scene.ts';

/** The role of the sequencer may do what sequencing needs, and nothing else, whatever the program would like. */
let scene: LedgerScene;
const acme = newClient();
beforeAll(async () => {
  scene = await makeLedgerScene();
  await scene.write(acme, 3);
  await sequence(scene.deps);
  await scene.write(acme);
});
afterAll(() => scene.close());

const REFUSED: readonly (readonly [what: string, statement: string])[] = [
  ['change an entry', `update entry set body = 'x'`],
  ['delete an entry', 'delete from entry'],
  ['empty the record', 'truncate entry cascade'],
  ['take an entry out of the outbox without a place', 'delete from ledger_pending'],
  ['empty the outbox', 'truncate ledger_pending'],
  ['put something into the outbox', 'insert into ledger_pending values (1)'],
  ['move a leaf', 'update leaf set idx = idx + 1'],
  ['delete a leaf', 'delete from leaf'],
  ['shrink a tree', 'update tree set size = size - 1'],
  ['swap the peaks of a tree', `update tree set peaks = 'x'`],
  ['delete a tree', 'delete from tree'],
  ['change a checkpoint', `update checkpoint set note = 'x'`],
  ['delete a checkpoint', 'delete from checkpoint'],
  ['rename a log', `update log set origin = 'x'`],
  ['give a log to another client', `update log set client_id = gen_random_uuid()`],
  ['delete a log', 'delete from log'],
  ['put an entry in a log twice', 'insert into leaf select log_id, idx + 100, entry_id from leaf'],
  ['switch a guard off', 'alter table leaf disable trigger all'],
  ['become the owner', 'set role aios_owner'],
  ['read a body', 'select sealed from body'],
  ['read who the clients are', 'select name from client'],
  ['read who the people are', 'select name from person'],
  ['read the settings of the practice', 'select policy_sha256 from practice'],
];

test.each(REFUSED)('it cannot %s', async (_, statement) => {
  await expect(scene.deps.sql.unsafe(statement)).rejects.toMatchObject({
    code: expect.stringMatching(/^(?:42501|23000|23505)$/),
  });
});

test('it cannot close a log twice or open it again', async () => {
  await scene.deps.sql
    .begin(async (tx) => {
      await tx`update log set closed_at = now() where client_id = ${acme}`;
      await tx`update log set closed_at = null where client_id = ${acme}`;
    })
    .then(
      () => expect('refused').toBe('taken'),
      (thrown: unknown) => expect(thrown).toMatchObject({ code: '42501' }),
    );
});

test('it writes entries about keys and logs, and of no other type', async () => {
  const write = (type: 'key.rotated' | 'draft.approved') =>
    scene.deps.sql.begin(async (tx) => {
      await line(tx, { type, client: acme });
      throw new Error('allowed');
    });
  await expect(write('key.rotated')).rejects.toThrow('allowed');
  await expect(write('draft.approved')).rejects.toMatchObject({ code: '42501' });
});

test('what the program writes, it cannot place: the writer has no right on logs', async () => {
  const log = randomUUID();
  for (const statement of [
    `insert into log (id, epoch, origin, begun_at) values ('${log}', 9, 'x', now())`,
    'insert into leaf select log_id, idx + 100, entry_id from leaf',
    'update tree set size = size + 1',
    `insert into checkpoint select log_id, size + 1, 'x', now() from checkpoint`,
    'delete from ledger_pending',
  ])
    await expect(scene.writer.unsafe(statement)).rejects.toMatchObject({ code: '42501' });
});

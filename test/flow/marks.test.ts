import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { healthParts } from '../../src/cli/start.ts';
import type { ClientId, LogId } from '../../src/core/id.ts';
import { openCheckpoint, shortCheckpoint } from '../../src/ledger/checkpoint.ts';
import { digest } from '../../src/flow/digest.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { lookAtLogs } from '../../src/store/look-logs.ts';
import {
  ACME,
  APPROVER,
  deliveriesIn,
  draftAtGate,
  give,
  OWNER,
  REVIEW,
  settleAcme,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf, wordsIn } from '../helpers/desk.ts';
import { until } from '../helpers/until.ts';

/** What goes out of the house as an anchor: the mark of a record in receipts and digests. */
let running: Running;
let acme: ClientId;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
  const clients = await running.aios.world.store.clients();
  acme = clients.find(({ slug }) => slug === 'acme')?.id as ClientId;
}, 60_000);
afterAll(async () => running.close());

const folder = (): string => join(running.aios.base.config.keys, 'rehearsal', 'log');

/** The short form of every checkpoint of a client's log, each opened with the key that lies in the folder. */
async function marksOf(client: ClientId | null): Promise<readonly string[]> {
  const { sql } = running.aios.base;
  const logs = await lookAtLogs(sql, folder());
  const row = logs?.rows.find(({ clientId }) => clientId === client);
  if (logs === null || row === undefined) return [];
  const notes = await sql<{ note: string }[]>`
    select note from checkpoint where log_id = ${row.id} order by size`;
  const vkeys = vkeysOf(logs.keys, row.origin);
  return notes.map(({ note }) => shortCheckpoint(openCheckpoint(note, vkeys)));
}

const markIn = (text: string): string => / ([\d,]+ · [0-9a-f]{8})/.exec(text)?.[1] ?? 'none';

test('a delivery and its card carry a mark of the client’s log that was signed', async () => {
  const at = await draftAtGate(running);
  await deskOf(running, APPROVER).press(at.card, 'approve');
  await taskIn(running, at.number, 'delivered');
  const [delivered] = await until('the files are there', () => {
    const found = deliveriesIn(running, at.said);
    return found.length > 0 && found;
  });
  const receipt = markIn(/ Record [^.]*/.exec(delivered?.text ?? '')?.[0] ?? '');
  expect(await marksOf(acme)).toContain(receipt);
  // The mark covers the disclosure that went out with it.
  const { sql } = running.aios.base;
  const [place] = await sql<{ idx: number }[]>`
    select l.idx from leaf l join entry e on e.id = l.entry_id where e.type = 'disclosure.issued'`;
  expect(Number(receipt.split(' ')[0]?.replace(',', ''))).toBeGreaterThan(place?.idx ?? Infinity);

  const shown = (): string => {
    const card = running.human.messages(REVIEW, { as: APPROVER }).find((m) => m.ts === at.card.ts);
    return card === undefined ? '' : wordsIn(card);
  };
  await until('the card is a receipt', () => / record [\d,]+ · /.test(shown()));
  const card = markIn(/ record .*/.exec(shown())?.[0] ?? '');
  expect(await marksOf(acme)).toContain(card);
});

test('the digest of a client’s channel carries its mark, the owner’s those of all', async () => {
  await give(running, `client bind ${ACME} acme`);
  const { world, base } = running.aios;
  // The practice began this week: a digest is of a week that has begun.
  const { week } = await world.store.weekHolding(world.clock.now(), base.config.zone);
  await digest(world, week);
  const theirs = await deskOf(running, OWNER).words(ACME, 'Digest');
  expect(await marksOf(acme)).toContain(markIn(/Record: [^"\n]*/.exec(wordsIn(theirs))?.[0] ?? ''));
  const [line = ''] = (await give(running, `digest ${week}`)).filter((l) =>
    l.startsWith('Records: '),
  );
  expect(await marksOf(acme)).toContain(markIn(/Acme Ltd .*/.exec(line)?.[0] ?? ''));
  expect(await marksOf(null)).toContain(/the practice’s own (.*)$/.exec(line)?.[1]);
});

test('while nothing may be signed work goes on, and the receipt says that the record is not signed', async () => {
  const logs = await lookAtLogs(running.aios.base.sql, folder());
  const row = logs?.rows.find(({ clientId }) => clientId === acme);
  const file = logs?.files.pathOf(row?.id as LogId) ?? '';
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  const at = await draftAtGate(running);
  await deskOf(running, APPROVER).press(at.card, 'approve');
  await taskIn(running, at.number, 'delivered');
  const [delivered] = await until('the files are there', () => {
    const found = deliveriesIn(running, at.said);
    return found.length > 0 && found;
  });
  expect(delivered?.text).toContain('Record not signed yet.');
  expect(running.logged.filter((s) => s.startsWith('The ledger waits'))).toHaveLength(1);
  expect((await running.aios.base.ledger.state()).trouble).toContain('--because lost');
  const health = healthParts(running.aios);
  expect(await health['ledger']?.()).toMatchObject({
    ok: false,
    says: expect.stringMatching(/is missing/),
  });
  writeFileSync(file, text);
  await until('it goes on by itself', async () => {
    const { waiting, trouble } = await running.aios.base.ledger.state();
    return waiting === 0 && trouble === null;
  });
  expect(await health['ledger']?.()).toEqual({ ok: true, says: '0 entries wait for their log' });
});

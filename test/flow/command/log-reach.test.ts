import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LINES } from '../../../src/flow/command/log.ts';
import type { Reply } from '../../../src/flow/ports/doors.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { placeEntries } from '../../helpers/places.ts';
import { OWNER } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';
import { ADA, CARL, GUEST, makeLogScene, NORA, STAN, UNKNOWN } from './log-scene.ts';
import type { LogScene } from './log-scene.ts';

let scene: LogScene;
let t: TestWorld;
let acme: LogScene['acme'];
let work: LogScene['work'];
let foreign: LogScene['foreign'];
const text = (reply: Reply): string => reply.lines.join('\n');
const ask: LogScene['ask'] = (user, given) => scene.ask(user, given);
const write: LogScene['write'] = (line, cause) => scene.write(line, cause);

beforeAll(async () => {
  scene = await makeLogScene();
  ({ t, acme, work, foreign } = scene);
  for (let at = 0; at < 40; at += 1)
    await write({ type: 'task.claimed', client: acme, request: work.request, task: work.task });
  for (const client of [acme, scene.globex, null]) await placeEntries(scene.admin, { client });
}, 60_000);
afterAll(() => scene.close());

describe('who reads', () => {
  const reads = async (user: string, given: string): Promise<readonly string[]> =>
    (await t.say(user, given)).lines.filter((one) => one.startsWith('- '));

  /** What is there but out of reach, and what is not there at all: the same words but for the name. */
  const ABSENT: readonly (readonly [string, () => string, string])[] = [
    ['a request', () => `log ${foreign.number}`, 'log #999'],
    ['a task', () => `log ${foreign.number}.1`, 'log #999.1'],
    ['a client', () => 'log --client globex', 'log --client globe'],
    ['a client in short', () => 'log client globex', 'log client globe'],
    ['a model', () => 'log --model secret-model', 'log --model secret-modem'],
    ['a persona', () => 'log --persona secret-persona', 'log --persona secret-person'],
    ['a rule', () => 'log --rule XYLOPHONE-PLUGH', 'log --rule XYLOPHONE-PLUGX'],
    ['a person', () => 'log --person Stan', 'log --person Sten'],
    ['a person by id', () => `log --person ${STAN}`, 'log --person U0STEN'],
    ['a cursor', () => `log --after ${foreign.entry}`, `log --after ${UNKNOWN}`],
    ['a cursor backwards', () => `log --before ${foreign.entry}`, `log --before ${UNKNOWN}`],
    ['an entry', () => `log ${foreign.entry}`, `log ${UNKNOWN}`],
    ['a place', () => 'log globex 0', 'log globe 0'],
    ['a place of the practice', () => 'log own log 0', 'log own log 99999'],
  ];

  test.each(ABSENT)(
    '%s out of reach answers an approver and a requester like one that is not there',
    async (_what, there, absent) => {
      for (const user of [ADA, CARL, NORA]) {
        const [one, other] = [await t.say(user, there()), await t.say(user, absent)];
        expect(one.ok).toBe(false);
        const words = (reply: Reply, given: string): string => {
          const name = /(\S+)( \d+)?$/.exec(given.replace(/^log own log.*/, ''))?.[1] ?? '-';
          return text(reply).replaceAll(name, '<it>');
        };
        expect(words(one, there())).toBe(words(other, absent));
      }
      const owner = await t.say(OWNER, there());
      expect(owner.ok).toBe(true);
    },
  );

  test('an approver reads what stands in the logs of their clients, whoever asked for it', async () => {
    const mine = await reads(ADA, 'log --latest');
    expect(mine.length).toBe(LINES);
    const rows = (
      await t.world.store.log(
        { reach: { clients: [acme], asker: null } },
        { towards: 'newer', cursor: null, limit: 999 },
      )
    )?.rows;
    expect(rows?.every((row) => readEntry(row.bytes).client === acme)).toBe(true);
    expect((await reads(ADA, `log ${work.number}.1`)).length).toBeGreaterThan(3);
    expect((await reads(ADA, 'log client acme')).length).toBe(LINES);
    expect(await ask(ADA, 'log acme 0')).toContain('Place: acme 0');
    expect(await ask(ADA, 'log --person carl')).toMatch(/^(\d+ entr|No entries)/);
  });

  test('a requester reads the requests they asked for, with their beginning, and nothing else', async () => {
    const mine = await reads(CARL, 'log');
    expect(mine.length).toBeGreaterThan(3);
    expect(mine.every((one) => one.includes(` ${work.number}`))).toBe(true);
    expect(mine[0]).toContain('request.received, by Carl Colleague');
    expect((await reads(CARL, 'log client acme')).length).toBe(LINES);
    expect(await ask(CARL, 'log acme 0')).toMatch(/^There is no such entry/);
    const ada = (await t.world.store.people()).find((person) => person.slackUser === ADA);
    const actor = { kind: 'person', id: ada?.id ?? '' } as const;
    await write({ type: 'draft.read', client: acme, request: work.request, actor });
    expect(await ask(CARL, 'log --person Ada')).toMatch(/^1 entry/);
  });

  test('a member who asked for nothing reads nothing; a guest is not even told how', async () => {
    expect(await ask(NORA, 'log')).toBe('No entries.');
    expect(await ask(NORA, 'log --type practice.founded')).toBe('No entries.');
    for (const given of ['log', `log ${work.number}`, `log ${foreign.entry}`, 'log --cleint x'])
      expect(await ask(GUEST, given)).toMatch(/^Commands are for members of the practice\./);
  });

  test('whoever was removed as an approver reads it no more', async () => {
    await t.say(OWNER, `client approver acme <@${CARL}>`);
    expect(await ask(CARL, 'log acme 0')).toContain('Place: acme 0');
    await t.say(OWNER, `client approver acme <@${CARL}> --remove`);
    expect(await ask(CARL, 'log acme 0')).toMatch(/^There is no such entry/);
  });

  test('a cause out of reach is named by its id alone', async () => {
    const id = await write(
      { type: 'task.started', client: acme, task: work.task, request: work.request },
      foreign.entry,
    );
    expect(await ask(ADA, `log ${id}`)).toContain(
      `Caused by: ${foreign.entry}, which is not among what you may read.`,
    );
    expect(await ask(OWNER, `log ${id}`)).toContain(
      `Caused by: ${foreign.entry}, attempt.ended at `,
    );
  });

  test('nothing is ever posted, not even from a channel that a client reads', async () => {
    const before = t.posted.length;
    await t.say(OWNER, 'client bind this acme', { channel: 'C0CLIENT' });
    for (const given of ['log', 'log client acme', 'log acme 0', 'log --nonsense'])
      await t.say(ADA, given, { channel: 'C0CLIENT' });
    expect(t.posted.length).toBe(before);
  });
});

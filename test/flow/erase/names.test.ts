import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClientId, PersonId, RequestId } from '../../../src/core/id.ts';
import { openAct } from '../../../src/flow/act.ts';
import { eraseClient } from '../../../src/flow/erase/client.ts';
import type { Order } from '../../../src/flow/erase/erase.ts';
import { erasePerson } from '../../../src/flow/erase/person.ts';
import { hear } from '../../../src/flow/hear.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import type { PersonRow } from '../../../src/flow/ports/rows-settings.ts';
import { readEntry } from '../../../src/ledger/read.ts';
import { entryBytes, keep, newClient, someRequest } from '../../helpers/texts.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
let order: Order;
beforeAll(async () => {
  t = await makeTestWorld();
  const owner = await person(OWNER);
  order = { ground: 'contract', by: owner.id, actor: { kind: 'person', id: owner.id } };
}, 60_000);
afterAll(() => t.close());

async function person(user: string): Promise<PersonRow> {
  const found = await t.world.store.personBySlack(TEAM, user);
  if (found === null) throw new Error(`nobody has the Slack id ${user}`);
  return found;
}

/** Where a text stands in the database: in any column of any table, without regard to case. */
async function placesOf(text: string): Promise<readonly string[]> {
  const tables = await t.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await t.sql`select 1 from ${t.sql(name)} x where x::text ilike ${`%${text}%`}`;
    if (rows.length > 0) found.push(name);
  }
  return found.toSorted();
}

let said = 0;

/** Somebody writes in a channel that is nobody's: every client is offered as a button. */
async function ask(user: string): Promise<RequestId> {
  const ts = `${(said += 1)}.5`;
  const heard = {
    eventId: `e${said}`,
    team: TEAM,
    channel: 'C0NOBODYS',
    ts,
    thread: null,
  } as const;
  await hear(t.world, { ...heard, user, text: 'format this', files: [], door: 'mention' });
  const made = await t.world.store.requestFrom(TEAM, 'C0NOBODYS', ts);
  if (made === null) throw new Error('nothing was stored');
  await plan(t.world, made.id);
  return made.id;
}

const entriesSince = async (count: number) =>
  [...(await entryBytes(t)).values()].slice(count).map((hex) => readEntry(Buffer.from(hex, 'hex')));

describe('the name of a client', () => {
  let id: ClientId;
  const row = async () => {
    const found = await t.world.store.client(id);
    if (found === null) throw new Error('the client is gone');
    return found;
  };
  beforeAll(async () => {
    id = await newClient(t, 'quillfeather');
    await t.say(OWNER, 'client bind this quillfeather', { channel: 'C0QUILL' });
    await t.say(OWNER, 'client set quillfeather review this', { channel: 'C0QUILLREVIEW' });
    await keep(t, { client: id, request: await someRequest(t, id) }, 'Quillfeather is a secret');
    await ask(OWNER);
  });

  test('stands in its row, its channels and the buttons that offer it, and after erasing nowhere', async () => {
    expect(await placesOf('quill')).toEqual(['channel', 'client', 'question']);
    const count = (await entryBytes(t)).size;
    const before = await row();
    const done = await eraseClient(t.world, before, order);
    expect(await placesOf('quill')).toEqual([]);
    expect(await row()).toMatchObject({
      id,
      slug: done.slug,
      name: 'Erased client',
      reviewChannel: null,
      erasedAt: expect.any(Number),
    });
    expect(done.slug).toMatch(/^erased-[0-9a-f]{8}$/);
    expect(done).toMatchObject({ bodies: 2, keys: 1 });
    expect(await entriesSince(count)).toMatchObject([
      { type: 'content.erased', client: id, data: { scope: 'client', besides: [] } },
      { type: 'content.erased', client: id, data: { bodies: [], besides: ['answers_offered'] } },
      { type: 'content.erased', client: id, data: { besides: ['client_name', 'channels'] } },
    ]);
  });

  test('doing it again does nothing more', async () => {
    const count = (await entryBytes(t)).size;
    expect(await eraseClient(t.world, await row(), order)).toMatchObject({ bodies: 0, keys: 0 });
    expect((await entryBytes(t)).size).toBe(count);
  });

  test('an erased client is offered no more, and nothing can be set for it', async () => {
    const { slug } = await row();
    const request = await ask(OWNER);
    const file = await t.world.store.requestFile(request);
    expect(file?.questions[0]?.options.map((o) => o.value)).not.toContain(id);
    for (const command of [
      `client set ${slug} cloud never`,
      `client set ${slug} retention 9`,
      `client bind <#C0NEW1> ${slug}`,
      `client approver ${slug} <@U0COLLEAGUE>`,
    ]) {
      const reply = await t.say(OWNER, command);
      expect(reply.lines.join()).toContain('was erased: nothing more can be set or kept for it');
    }
    const shown = await t.say(OWNER, `client show ${slug}`);
    expect(shown.lines.join('\n')).toMatch(/Erased client[^]*Texts: erased on 2026-11-23/);
    await expect(keep(t, { client: id }, 'too late')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a client with open work is not erased, and it is said what is open', async () => {
    const busy = await newClient(t, 'busy');
    await someRequest(t, busy, 'received');
    const client = await t.world.store.client(busy);
    if (client === null) throw new Error('the client is gone');
    const count = (await entryBytes(t)).size;
    await expect(eraseClient(t.world, client, order)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /^Open work still needs these texts: #\d+ \(received\)\. Nothing was erased\. Let it be delivered or rejected, or press Cancel on its card, then erase again\.$/,
      ),
    });
    expect((await entryBytes(t)).size).toBe(count);
  });
});

describe('who a person is', () => {
  test('is erased by name and Slack id; the random id stays, and the same person is met anew', async () => {
    t.people.set('U0GONE', { name: 'Wilhelmina Gone', role: 'colleague', bot: false });
    await t.say('U0GONE', 'help');
    const before = await person('U0GONE');
    expect(await placesOf('wilhelmina')).toEqual(['person']);
    const count = (await entryBytes(t)).size;
    await erasePerson(t.world, before, { ...order, ground: 'person' });
    expect(await placesOf('wilhelmina')).toEqual([]);
    expect(await placesOf('U0GONE')).toEqual([]);
    expect(await t.world.store.person(before.id)).toMatchObject({
      id: before.id,
      role: 'colleague',
      name: 'a person (erased)',
      slackUser: expect.stringMatching(/^erased person [0-9a-f]{12}$/),
    });
    expect(await entriesSince(count)).toMatchObject([
      {
        type: 'content.erased',
        client: null,
        data: { scope: 'person', person: before.id, bodies: [], besides: ['person_name'] },
      },
    ]);
    await t.say('U0GONE', 'help');
    expect((await person('U0GONE')).id).not.toBe(before.id);
  });

  test('is kept while the practice rests on it: the owner, an approver, somebody whose request is open', async () => {
    const refuse = (id: PersonRow) => expect(erasePerson(t.world, id, order)).rejects;
    await refuse(await person(OWNER)).toThrow('The owner answers for this practice');

    await newClient(t, 'needed');
    await t.say(OWNER, 'client approver needed <@U0COLLEAGUE>');
    const carl = await person('U0COLLEAGUE');
    await refuse(carl).toMatchObject({
      code: 'not_allowed',
      message: expect.stringContaining('client approver needed <@U0COLLEAGUE> --remove'),
    });
    await t.say(OWNER, 'client approver needed <@U0COLLEAGUE> --remove');
    await ask('U0COLLEAGUE');
    await refuse(carl).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^Open work still needs these texts: #\d+ \(asked\)/),
    });
    expect(await person('U0COLLEAGUE')).toEqual(carl);
  });

  test('the one who asked for it is named by id alone', async () => {
    t.people.set('U0ASKER', { name: 'Anna Asker', role: 'guest', bot: false });
    const act = openAct(t.world.clock);
    const id = act.newId<PersonId>();
    const lastEntry = act.note(
      {
        type: 'person.seen',
        actor: { kind: 'system', id: 'slack' },
        data: { person: id, role: 'guest' },
      },
      null,
    );
    const row = { team: TEAM, slackUser: 'U0ASKER', name: 'Anna Asker', role: 'guest' } as const;
    act.change({ insert: 'person', row: { id, ...row, lastEntry } });
    await t.world.store.commit(act.close());
    const count = (await entryBytes(t)).size;
    await erasePerson(t.world, await person('U0ASKER'), { ...order, by: id });
    const bytes = [...(await entryBytes(t)).values()]
      .slice(count)
      .map((hex) => Buffer.from(hex, 'hex'));
    expect(bytes.join('')).toContain(`"ordered_by":"${id}"`);
    expect(bytes.join('')).not.toContain('Asker');
  });
});

import { afterEach, describe, expect, test } from '@jest/globals';
import { Fault } from '../../src/core/fault.ts';
import { openSlack } from '../../src/slack/open.ts';
import { until } from '../helpers/until.ts';
import { closeAll, recorder, shippedApp, site } from './room.ts';

afterEach(closeAll);

describe('joining Slack', () => {
  test('two sockets, and healthy only while one is open', async () => {
    const { space, room } = await site({ start: false });
    expect(room.healthy()).toBe(false);
    await room.start();
    expect(space.human.sockets()).toBe(2);
    expect(room.healthy()).toBe(true);
    expect(room.team).toBe(space.teamId);
    expect(room.botUser).toBe(space.botUserId);
    await room.close();
    await space.human.waitFor(() => space.human.sockets() === 0);
    expect(room.healthy()).toBe(false);
  });

  test('a wrong token is a Fault that names the setting', async () => {
    const { space } = await site({ start: false });
    const opening = openSlack(
      { botToken: 'xoxb-wrong', appToken: 'x', apiUrl: space.apiUrl, fileCap: 1, log: () => {} },
      () => recorder().verbs,
    );
    await expect(opening).rejects.toMatchObject({
      code: 'auth',
      message: expect.stringContaining('SLACK_BOT_TOKEN'),
    });
  });
});

describe('an event', () => {
  test('becomes what was heard: no mention of the bot, links as addresses, nothing escaped', async () => {
    const { space, told } = await site();
    const spot = await space.human.say({
      as: 'U0COLLEAGUE',
      channel: 'acme',
      text: '@aios audit <b> & https://acme.example/a?b&c for @ada',
    });
    await until('it was heard', () => told.heard.length === 1);
    expect(told.heard[0]).toMatchObject({
      team: space.teamId,
      channel: spot.channel,
      ts: spot.ts,
      thread: null,
      user: 'U0COLLEAGUE',
      text: 'audit <b> & https://acme.example/a?b&c for <@U0APPROVER>',
      files: [],
      door: 'mention',
    });
  });

  test('a direct message and a mention in a thread come through their own doors', async () => {
    const { space, told } = await site();
    await space.human.dm({ as: 'U0OWNER', text: 'what is waiting?' });
    const root = await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'hello all' });
    await space.human.say({
      as: 'U0COLLEAGUE',
      channel: 'acme',
      text: '@aios please',
      threadTs: root.ts,
    });
    await until('both were heard', () => told.heard.length === 2);
    expect(new Set(told.heard.map((h) => [h.door, h.thread]))).toEqual(
      new Set([
        ['dm', null],
        ['mention', root.ts],
      ]),
    );
  });

  test('plain replies are heard only with the history scopes, once, and only in threads', async () => {
    const app = await shippedApp(true);
    const events = new Set([...app.events, 'message.channels', 'message.groups']);
    const { space, told } = await site({ space: { app: { ...app, events } } });
    const root = await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'just talk' });
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'yes', threadTs: root.ts });
    await space.human.say({
      as: 'U0OWNER',
      channel: 'practice',
      text: '@aios do',
      threadTs: (await space.human.say({ as: 'U0OWNER', channel: 'practice', text: 'x' })).ts,
    });
    await until('both were heard', () => told.heard.length >= 2);
    await space.human.dm({ as: 'U0OWNER', text: 'last' });
    await until('the last was heard', () => told.heard.some((h) => h.text === 'last'));
    expect(new Set(told.heard.map((h) => [h.door, h.text]))).toEqual(
      new Set([
        ['dm', 'last'],
        ['mention', 'do'],
        ['reply', 'yes'],
      ]),
    );
    expect(told.heard).toHaveLength(3);
  });

  test('is sent again until it is stored, and never after that', async () => {
    const { space, told } = await site();
    const { hear } = told.verbs;
    const tries: string[] = [];
    told.verbs.hear = async (heard) => {
      tries.push(heard.eventId);
      if (tries.length < 3) throw new Fault('database_gone', 'gone', { retry: true });
      return hear(heard);
    };
    await space.human.say({ as: 'U0OWNER', channel: 'acme', text: '@aios keep this' });
    await until('it was stored', () => told.heard.length === 1);
    expect(tries).toHaveLength(3);
    expect(new Set(tries).size).toBe(1);
    await space.human.dm({ as: 'U0OWNER', text: 'next' });
    await until('the next one came', () => told.heard.length === 2);
    expect(tries).toHaveLength(4);
  });

  test('eleven deliveries under other ids all reach flow, which knows them by place', async () => {
    const { space, told } = await site();
    const spot = await space.human.say({ as: 'U0OWNER', channel: 'acme', text: '@aios once' });
    const [first] = await until('an event went out', () =>
      space.human.faults.eventIds().length > 0 ? space.human.faults.eventIds() : undefined,
    );
    for (let i = 0; i < 10; i += 1) await space.human.faults.redeliver(first ?? '', `Ev${i}`);
    await until('all came', () => told.heard.length === 11);
    expect(new Set(told.heard.map((h) => h.eventId)).size).toBe(11);
    expect(new Set(told.heard.map((h) => `${h.channel} ${h.ts}`))).toEqual(
      new Set([`${spot.channel} ${spot.ts}`]),
    );
  });

  test('of AIOS itself, of bots, of edits is not heard', async () => {
    const { space, told } = await site();
    const said = {
      channel: 'C0ACME',
      ts: '1.000001',
      text: '<@U0AIOS> do',
      channel_type: 'channel',
    };
    for (const odd of [
      { user: 'U0AIOS', bot_id: 'B0AIOS' },
      { user: 'U0OTHER', bot_id: 'B0OTHER' },
      { user: 'USLACKBOT' },
      { user: 'U0OWNER', subtype: 'message_changed' },
      {},
    ])
      await space.human.faults.deliver({ type: 'app_mention', ...said, ...odd });
    await space.human.dm({ as: 'U0OWNER', text: 'real' });
    await until('the real one was heard', () => told.heard.length > 0);
    expect(told.heard.map((h) => h.text)).toEqual(['real']);
  });

  test('refused is said to that person alone, in the thread', async () => {
    const { space, told } = await site({ room: { rehearsal: true } });
    told.verbs.hear = async () => ({ is: 'refused', says: 'Write <what> you need.' });
    await space.human.say({ as: 'U0COLLEAGUE', channel: 'acme', text: '@aios' });
    const seen = await space.human.waitForMessage(
      { channel: 'acme', as: 'U0COLLEAGUE' },
      (m) => m.bot,
    );
    expect(seen).toMatchObject({
      ephemeral_to: 'U0COLLEAGUE',
      text: 'REHEARSAL: Write &lt;what&gt; you need.',
    });
    expect(space.human.messages('acme', { as: 'U0OWNER' }).some((m) => m.bot)).toBe(false);
  });

  test('survives a cut of both sockets', async () => {
    const { space, told } = await site();
    space.human.faults.disconnectSockets(true);
    await space.human.dm({ as: 'U0OWNER', text: 'in the hole' });
    await until('it was heard', () => told.heard.length === 1);
  });
});

import { afterEach, describe, expect, test } from '@jest/globals';
import type { Target } from '../../src/flow/ports/world.ts';
import { until } from '../helpers/until.ts';
import { closeAll, shippedApp, site } from './room.ts';
import { delivered, gate, plan } from './samples.ts';

afterEach(closeAll);

const to = (more: Partial<Target> = {}): Target => ({
  id: 'card-1',
  channel: 'C0PRACTICE',
  sureFirst: false,
  ...more,
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('posting', () => {
  test('a card stands there with text, and is edited in place', async () => {
    const { space, room } = await site({ start: false });
    const at = await room.slack.post(gate(), to());
    const [posted] = space.human.messages('C0PRACTICE');
    expect(posted?.text).toContain('#142.2 Plugin hardening, draft 2');
    await room.slack.edit(plan(), at);
    const [edited] = space.human.messages('C0PRACTICE');
    expect(edited).toMatchObject({ ts: at.ts, text: expect.stringContaining('*#142* Acme') });
    await expect(room.slack.edit(plan(), { ...at, ts: '1.000000' })).rejects.toMatchObject({
      code: 'not_found',
      retry: false,
    });
  });

  test('with the history scope an answer that was lost makes no second message', async () => {
    const { space, room } = await site({ start: false, space: { app: await shippedApp(true) } });
    space.human.faults.failNext('chat.postMessage', { status: 500, afterwards: true });
    await expect(room.slack.post(gate(), to())).rejects.toMatchObject({
      code: 'slack_gone',
      retry: true,
    });
    const at = await room.slack.post(gate(), to({ sureFirst: true }));
    const posted = space.human.messages('C0PRACTICE');
    expect(posted.map((m) => m.ts)).toEqual([at.ts]);
    await room.slack.post(gate(), to({ id: 'card-2', sureFirst: true }));
    expect(space.human.messages('C0PRACTICE')).toHaveLength(2);
    const inThread = to({ id: 'card-3', thread: at.ts });
    const first = await room.slack.post(gate(), inThread);
    expect(await room.slack.post(gate(), { ...inThread, sureFirst: true })).toEqual(first);
  });

  test('without it, it posts', async () => {
    const { space, room } = await site({ start: false });
    await room.slack.post(gate(), to({ sureFirst: true }));
    expect(space.human.messages('C0PRACTICE')).toHaveLength(1);
  });

  test('too fast, gone and forbidden are Faults of their own, tried exactly once', async () => {
    const { space, room } = await site({ start: false });
    space.human.faults.failNext('chat.postMessage', { retryAfter: 7 });
    await expect(room.slack.post(gate(), to())).rejects.toMatchObject({
      code: 'rate_limit',
      retry: true,
      retryAfterMs: 7000,
    });
    space.human.faults.failNext('chat.postMessage', { status: 503 });
    await expect(room.slack.post(gate(), to())).rejects.toMatchObject({
      code: 'slack_gone',
      retry: true,
    });
    space.human.faults.failNext('chat.postMessage', { error: 'not_in_channel' });
    await expect(room.slack.post(gate(), to())).rejects.toMatchObject({
      code: 'not_allowed',
      retry: false,
    });
    expect(space.human.messages('C0PRACTICE')).toHaveLength(0);
  });
});

describe('files', () => {
  test('come in as they were sent, up to the cap', async () => {
    const { space, room, told } = await site({ room: { fileCap: 100 } });
    const binary = Uint8Array.from({ length: 100 }, (_, i) => i * 7);
    await space.human.say({
      as: 'U0OWNER',
      channel: 'acme',
      text: '@aios read',
      files: [{ name: 'logo.png', bytes: binary }],
    });
    await until('it was heard', () => told.heard.length === 1);
    const [file] = await room.slack.fetch(told.heard[0]?.files ?? []);
    expect(file?.name).toBe('logo.png');
    expect(Buffer.from(file?.bytes ?? []).equals(Buffer.from(binary))).toBe(true);

    await space.human.dm({
      as: 'U0OWNER',
      text: 'big',
      files: [{ name: 'b.txt', bytes: bytes('x'.repeat(101)) }],
    });
    await until('it was heard', () => told.heard.length === 2);
    await expect(room.slack.fetch(told.heard[1]?.files ?? [])).rejects.toMatchObject({
      code: 'too_large',
    });
    await expect(
      room.slack.fetch([{ id: 'F0NONE', name: 'gone.txt', size: 1, mime: 'text/plain' }]),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('go out in one message with their words, in the thread, once', async () => {
    const { space, room } = await site({ start: false, space: { app: await shippedApp(true) } });
    const root = await space.human.say({ as: 'U0OWNER', channel: 'acme', text: 'please' });
    const files = [
      { name: 'site/index.html', bytes: bytes('<p>done</p>') },
      { name: 'notes.md', bytes: bytes('# n') },
    ];
    const target = to({ channel: 'C0ACME', thread: root.ts });
    const at = await room.slack.deliver(delivered(), files, target);
    const posted = space.human.thread('C0ACME', root.ts).filter((m) => m.bot);
    expect(posted).toHaveLength(1);
    expect(posted[0]).toMatchObject({
      ts: at.ts,
      text: expect.stringContaining('approved by a person'),
    });
    expect(posted[0]?.files?.map((f) => [f.name, f.title])).toEqual([
      ['index.html', 'site/index.html'],
      ['notes.md', 'notes.md'],
    ]);
    const [file] = posted[0]?.files ?? [];
    expect(Buffer.from(await space.human.download('U0GUEST', file?.id ?? '')).toString()).toBe(
      '<p>done</p>',
    );
    expect(await room.slack.deliver(delivered(), files, { ...target, sureFirst: true })).toEqual(
      at,
    );
    expect(space.human.thread('C0ACME', root.ts).filter((m) => m.bot)).toHaveLength(1);
  });

  test('of a rehearsal say so in their titles', async () => {
    const { space, room } = await site({ start: false });
    await room.slack.deliver(
      { ...delivered(), rehearsal: true },
      [{ name: 'a.md', bytes: bytes('a') }],
      to(),
    );
    const [posted] = space.human.messages('C0PRACTICE');
    expect(posted?.files?.[0]?.title).toBe('REHEARSAL-a.md');
    expect(posted?.text).toContain('REHEARSAL');
  });
});

describe('people', () => {
  const people = [
    { id: 'U0STRANGER', name: 'sam', realName: 'Sam', role: 'stranger', title: '' },
    { id: 'U0OWNER', name: 'olive', realName: 'Olive', role: 'owner', title: '' },
    { id: 'U0GUEST', name: 'gil', realName: 'Gil', role: 'guest', title: '' },
  ] as const;
  const channel = (id: string, members: string[], external = false) => ({
    id,
    name: id.toLowerCase(),
    kind: 'private' as const,
    members: [...members, 'U0AIOS'],
    external,
    topic: '',
  });
  const seed = {
    people,
    channels: [
      channel('C0OURS', ['U0OWNER']),
      channel('C0GUESTS', ['U0OWNER', 'U0GUEST']),
      channel('C0STRANGERS', ['U0STRANGER']),
      channel('C0SHARED', ['U0OWNER'], true),
    ],
  };

  test('are members, guests or bots', async () => {
    const { room } = await site({ start: false, space: { seed } });
    const who = async (user: string) => room.slack.whoIs(user);
    expect(await who('U0OWNER')).toEqual({ name: 'Olive', role: 'colleague', bot: false });
    expect(await who('U0GUEST')).toMatchObject({ role: 'guest', bot: false });
    expect(await who('U0STRANGER')).toMatchObject({ role: 'guest', bot: false });
    expect(await who('U0AIOS')).toMatchObject({ bot: true });
    // Slack does not show people of other companies: whoever it does not show is from outside.
    expect(await who('U0NOBODY')).toMatchObject({ role: 'guest', bot: false });
  });

  test('from outside are seen in a channel; unsure counts as yes', async () => {
    const { room, space } = await site({ start: false, space: { seed } });
    const inside = async (id: string) => room.slack.outsidersIn(id);
    expect(await inside('C0OURS')).toBe(false);
    expect(await inside('C0GUESTS')).toBe(true);
    expect(await inside('C0STRANGERS')).toBe(true);
    expect(await inside('C0SHARED')).toBe(true);
    expect(await inside('C0NONE')).toBe(true);
    expect(await inside(await room.slack.dm('U0OWNER'))).toBe(false);
    expect(await inside(await room.slack.dm('U0GUEST'))).toBe(true);
    space.human.faults.failNext('conversations.members', { error: 'missing_scope' });
    expect(await inside('C0OURS')).toBe(true);
  });
});

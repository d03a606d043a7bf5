import { afterEach, describe, expect, test } from '@jest/globals';
import { openWorkspace } from '../../src/workspace/open.ts';
import { memoryState } from '../../src/workspace/state.ts';
import { actions, button, closeAll, connect, modal, section, workspace } from './bolt.ts';

afterEach(closeAll);

describe('a person and the real Bolt', () => {
  test('a mention reaches the app and its answer comes back in the thread', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    app.event('app_mention', async ({ event, say }) => {
      await say({ thread_ts: event.ts, text: `heard: ${event.text}` });
    });
    await start();
    const spot = await space.human.say({
      as: 'U0COLLEAGUE',
      channel: 'acme',
      text: '@aios audit <b> & https://acme.example/a?b&c.',
    });
    const answer = await space.human.waitForMessage({ channel: 'acme' }, (one) => one.bot);
    expect(answer.thread_ts).toBe(spot.ts);
    expect(answer.text).toBe(
      'heard: <@U0AIOS> audit &lt;b&gt; &amp; <https://acme.example/a?b&amp;c>.',
    );
  });

  test('a click carries the stored value and the message, and respond() replaces it', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const seen: unknown[] = [];
    app.action('approve', async ({ ack, action, body, respond }) => {
      await ack();
      seen.push(action, body.type, body.user.id);
      await respond({ text: 'Approved', replace_original: true });
    });
    await start();
    const posted = await app.client.chat.postMessage({
      channel: 'C0ACME',
      text: 'card',
      blocks: [section('Ready'), actions('gate', button('Approve', 'approve', 'id-1'))],
    });
    const message = { channel: 'C0ACME', ts: posted.ts ?? '' };
    expect(await space.human.click({ as: 'U0OWNER', message, action: 'Approve' })).toEqual({
      acked: true,
    });
    const after = await space.human.waitForMessage(
      { channel: 'acme' },
      (one) => one.text === 'Approved',
    );
    expect(after).toMatchObject({ ts: message.ts, edited: { user: 'U0AIOS' } });
    expect(after.blocks).toBeUndefined();
    expect(seen).toEqual([
      expect.objectContaining({
        action_id: 'approve',
        block_id: 'gate',
        value: 'id-1',
        type: 'button',
      }),
      'block_actions',
      'U0OWNER',
    ]);
  });

  test('a modal refuses with errors, then takes the words', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const taken: unknown[] = [];
    app.action('back', async ({ ack, body, client }) => {
      await ack();
      if ('trigger_id' in body)
        await client.views.open({ trigger_id: body.trigger_id, view: modal('why') });
    });
    app.view('why', async ({ ack, view }) => {
      const said = view.state.values['reason']?.['text']?.value ?? '';
      if (said.length < 5) return ack({ response_action: 'errors', errors: { reason: 'Say why' } });
      taken.push(said);
      return ack();
    });
    await start();
    const posted = await app.client.chat.postMessage({
      channel: 'C0ACME',
      text: 'card',
      blocks: [actions('gate', button('Send back…', 'back'))],
    });
    await space.human.click({
      as: 'U0OWNER',
      message: { channel: 'C0ACME', ts: posted.ts ?? '' },
      action: 'Send back…',
    });
    const view = await space.human.waitForView('U0OWNER');
    expect(await space.human.submit({ as: 'U0OWNER', view, values: {} })).toEqual({
      acked: true,
      errors: { reason: 'Please complete this required field.' },
    });
    expect(await space.human.submit({ as: 'U0OWNER', view, values: { Reason: 'no' } })).toEqual({
      acked: true,
      errors: { reason: 'Say why' },
    });
    expect(space.human.views('U0OWNER')[0]?.errors).toEqual({ reason: 'Say why' });
    expect(
      await space.human.submit({ as: 'U0OWNER', view, values: { Reason: 'Tone is off' } }),
    ).toEqual({ acked: true });
    expect(taken).toEqual(['Tone is off']);
    expect(space.human.views('U0OWNER')).toEqual([]);
  });

  test('a slash command answers in its ack and through its response_url, five times', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const uses: string[] = [];
    app.command('/aios', async ({ ack, command, respond }) => {
      await ack(`On it: ${command.text}`);
      for (let i = 1; i <= 6; i += 1) {
        await respond({ text: `answer ${i}` }).catch(() => uses.push(`refused ${i}`));
      }
      uses.push('done');
    });
    await start();
    expect(
      await space.human.slash({
        as: 'U0COLLEAGUE',
        channel: 'acme',
        command: '/aios',
        text: 'status for @caleb',
      }),
    ).toEqual({ acked: true });
    await space.human.waitForMessage(
      { channel: 'acme', as: 'U0COLLEAGUE' },
      (one) => one.text === 'answer 5',
    );
    const own = space.human.messages('acme', { as: 'U0COLLEAGUE' });
    expect(own[0]).toMatchObject({
      text: 'On it: status for <@U0COLLEAGUE|caleb>',
      ephemeral_to: 'U0COLLEAGUE',
    });
    expect(space.human.messages('acme', { as: 'U0OWNER' })).toEqual([]);
    expect(own.map((one) => one.text)).not.toContain('answer 6');
  });

  test('files travel both ways with their bytes', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const got: string[] = [];
    app.event('app_mention', async ({ event, client }) => {
      const [file] = (event as unknown as { files: { url_private: string; name: string }[] }).files;
      if (file === undefined) return;
      const bytes = await fetch(file.url_private, {
        headers: { authorization: `Bearer ${space.botToken}` },
      });
      got.push(`${file.name}: ${await bytes.text()}`);
      await client.filesUploadV2({
        channel_id: event.channel,
        thread_ts: event.ts,
        filename: 'audit.csv',
        content: 'a,b\n1,2\n',
        initial_comment: 'here',
      });
    });
    await start();
    await space.human.say({
      as: 'U0COLLEAGUE',
      channel: 'acme',
      text: '@aios audit this',
      files: [{ name: 'page.html', bytes: Buffer.from('<p>hello') }],
    });
    const answer = await space.human.waitForMessage(
      { channel: 'acme' },
      (one) => one.bot && one.files !== undefined,
    );
    expect(got).toEqual(['page.html: <p>hello']);
    const [file] = answer.files ?? [];
    expect(answer.text).toBe('here');
    expect(Buffer.from(await space.human.download('U0GUEST', file?.id ?? '')).toString()).toBe(
      'a,b\n1,2\n',
    );
    await expect(
      fetch(`${space.apiUrl.replace('/api/', '')}/files/${file?.id ?? ''}/x`, {
        redirect: 'manual',
      }),
    ).resolves.toMatchObject({ status: 302 });
  });

  test('a port in use is a fault with the next step', async () => {
    const space = await workspace();
    const port = Number(new URL(space.apiUrl).port);
    await expect(openWorkspace({ port, state: memoryState() })).rejects.toMatchObject({
      code: 'port_in_use',
      message: expect.stringContaining(`port ${port}`),
    });
  });
});

import { afterEach, describe, expect, test } from '@jest/globals';
import {
  actions,
  button,
  client,
  closeAll,
  connect,
  modal,
  refusal,
  section,
  workspace,
} from '../../bolt.ts';

afterEach(closeAll);

describe('views', () => {
  const card = [actions('row', button('Open', 'open'))];

  test('a trigger opens one view, within three seconds', async () => {
    let now = 1_000_000_000_000;
    const space = await workspace({ clock: () => now });
    const { app, start } = connect(space);
    const triggers: string[] = [];
    app.action('open', async ({ ack, body }) => {
      if ('trigger_id' in body) triggers.push(body.trigger_id);
      await ack();
    });
    await start();
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C0ACME',
      text: 'x',
      blocks: card,
    });
    const press = () =>
      space.human.click({ as: 'U0OWNER', message: { channel: 'C0ACME', ts }, action: 'Open' });
    await press();
    await press();
    const [first = '', second = ''] = triggers;
    const { views } = client(space);
    const { view } = await views.open({ trigger_id: first, view: modal('m') });
    const { submit: _gone, ...only } = modal('m');
    const said = { ...only, blocks: [section('Done')] };
    await views.update({ view_id: view?.id ?? '', view: said });
    expect(space.human.views('U0OWNER').map((one) => one.submit)).toEqual([undefined]);
    expect(await refusal(views.open({ trigger_id: first, view: modal('m') }))).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    now += 3001;
    expect(await refusal(views.open({ trigger_id: second, view: modal('m') }))).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(await refusal(views.open({ trigger_id: 'made.up', view: modal('m') }))).toMatchObject({
      error: 'invalid_trigger_id',
    });
  });

  test('three views stack at most, the app may push, update, clear and hear of closing', async () => {
    const space = await workspace();
    const { app, start } = connect(space);
    const heard: string[] = [];
    let trigger = '';
    app.action('open', async ({ ack, body, client: web }) => {
      await ack();
      if ('trigger_id' in body)
        await web.views.open({
          trigger_id: body.trigger_id,
          view: { ...modal('m'), notify_on_close: true },
        });
    });
    app.view('m', async ({ ack, view, body }) => {
      trigger = (body as unknown as { trigger_id: string }).trigger_id;
      const said = view.state.values['reason']?.['text']?.value;
      const next = { ...modal('m'), notify_on_close: true, private_metadata: 'kept' };
      if (said === 'push') return ack({ response_action: 'push', view: next });
      if (said === 'clear') return ack({ response_action: 'clear' });
      return ack({ response_action: 'update', view: next });
    });
    app.view({ callback_id: 'm', type: 'view_closed' }, async ({ ack }) => {
      heard.push('closed');
      await ack();
    });
    await start();
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C0ACME',
      text: 'x',
      blocks: card,
    });
    await space.human.click({ as: 'U0OWNER', message: { channel: 'C0ACME', ts }, action: 'Open' });
    const say = async (text: string) => {
      const view = await space.human.waitForView('U0OWNER');
      await space.human.submit({ as: 'U0OWNER', view, values: { reason: text } });
      return space.human.views('U0OWNER').length;
    };
    expect([await say('update'), await say('push'), await say('push')]).toEqual([1, 2, 3]);
    expect(
      await refusal(client(space).views.push({ trigger_id: trigger, view: modal('m') })),
    ).toMatchObject({ error: 'push_limit_reached' });
    const top = await space.human.waitForView('U0OWNER');
    expect(await space.human.closeView({ as: 'U0OWNER', view: top })).toEqual({ acked: true });
    expect(heard).toEqual(['closed']);
    expect(await say('clear')).toBe(0);
  });

  test('a view too long is invalid_arguments, an update of another version hash_conflict', async () => {
    const space = await workspace();
    const web = client(space);
    const long = { ...modal('m'), title: { type: 'plain_text' as const, text: 'x'.repeat(25) } };
    expect(await refusal(web.views.open({ trigger_id: 'x', view: long }))).toEqual({
      error: 'invalid_arguments',
      messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
    });
    expect(await refusal(web.views.update({ view_id: 'V0NONE', view: modal('m') }))).toMatchObject({
      error: 'not_found',
    });
    const home = { type: 'home' as const, blocks: [section('Waiting on you')] };
    await web.views.publish({ user_id: 'U0OWNER', view: home });
    expect(space.human.home('U0OWNER')?.blocks[0]?.type).toBe('section');
    expect(
      await refusal(web.views.publish({ user_id: 'U0OWNER', view: home, hash: 'old' })),
    ).toMatchObject({ error: 'hash_conflict' });
  });
});

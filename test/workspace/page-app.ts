import bolt from '@slack/bolt';
import type { CardId } from '../../src/flow/ports/rows-cards.ts';
import { drawForm } from '../../src/slack/draw.ts';
import type { Workspace } from '../../src/workspace/open.ts';
import { actions, button, closeAll, modal, section, SILENT, workspace } from './bolt.ts';

const closers: (() => Promise<unknown>)[] = [];

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const card = () => [
  {
    type: 'header' as const,
    text: plain('#142.2 Plugin hardening, draft 2: ready for your decision'),
  },
  section('Passed, *1 thing for your eyes* · `admin.php:88` nonce added'),
  actions('gate', button('Send back…', 'send_back'), button('Approve', 'approve')),
];

/** The form behind Approve, as AIOS draws it. */
const CHECKLIST = {
  is: 'approve',
  card: '00000000-0000-7000-8000-000000000000' as CardId,
  number: '#142.2',
  title: 'Plugin hardening',
  draftVersion: 2,
  draftSha256: 'ab'.repeat(32),
  rule: 'approving.yaml#CHECK-CODE@0123456789abcdef',
  because: 'Code that runs for others. Only who looked can say what was looked at.',
  means: 'Approving sends exactly these files out, and you answer for them.',
  points: [
    { value: 'changes', label: 'I read every change and know why it is there' },
    { value: 'tested', label: 'It was tried where it runs' },
    { value: 'undo', label: 'I know how to take it back' },
  ],
} as const;

function teach(app: InstanceType<typeof bolt.App>): void {
  let shown = { channel: '', ts: '' };
  app.event('app_mention', async ({ event, client }) => {
    const posted = await client.chat.postMessage({
      channel: event.channel,
      thread_ts: event.ts,
      text: 'Ready for your decision',
      blocks: card(),
    });
    shown = { channel: event.channel, ts: posted.ts ?? '' };
  });
  app.action('send_back', async ({ ack, body, client }) => {
    await ack();
    if (!('trigger_id' in body)) return;
    await client.views.open({ trigger_id: body.trigger_id, view: modal('reason') });
  });
  app.view('reason', async ({ ack, view, body, client }) => {
    const reason = view.state.values['reason']?.['text']?.value ?? '';
    if (reason.length < 10) {
      await ack({
        response_action: 'errors',
        errors: { reason: 'Say it in ten letters or more.' },
      });
      return;
    }
    await ack();
    const text = `Sent back by <@${body.user.id}>: ${reason}`;
    await client.chat.update({ ...shown, text, blocks: [section(text)] });
  });
  app.action('approve', async ({ ack, body, client }) => {
    await ack();
    if (!('trigger_id' in body)) return;
    await client.views.open({ trigger_id: body.trigger_id, view: drawForm(CHECKLIST) });
  });
  app.view('approve', async ({ ack, view, client }) => {
    await ack();
    const ticked = view.state.values[CHECKLIST.rule]?.['value']?.selected_options ?? [];
    const text = `Confirmed: ${ticked.map((one) => one.value).join(', ')}`;
    await client.chat.update({ ...shown, text, blocks: [section(text)] });
  });
  app.command('/aios', async ({ ack, command }) => {
    await ack(`You asked for "${command.text}".`);
  });
}

/** How long Bolt waits for a pong, and for a close: short enough for a test to end, long enough beside a browser. */
const PATIENCE_MS = 900;

/** A workspace with an app that answers a mention with a card, sends back through a modal and locks the card. */
export async function appWorkspace(pageFolder: string): Promise<Workspace> {
  const space = await workspace({ pageFolder, rehearsal: true, ackMs: 3000 });
  const options = {
    appToken: space.appToken,
    logger: SILENT,
    installerOptions: { clientOptions: { slackApiUrl: space.apiUrl } },
    clientPingTimeout: PATIENCE_MS,
  };
  const app = new bolt.App({
    token: space.botToken,
    receiver: new bolt.SocketModeReceiver(options),
    logger: SILENT,
    clientOptions: { slackApiUrl: space.apiUrl },
    convoStore: false,
  });
  closers.push(async () => {
    await app.stop();
    await space.human.waitFor(() => space.human.sockets() === 0);
  });
  teach(app);
  await app.start();
  await space.human.waitFor(() => space.human.sockets() > 0);
  return space;
}

/** Closes apps before their workspaces. */
export async function closeApps(): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
  await closeAll();
}

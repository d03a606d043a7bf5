import bolt from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../../src/workspace/open.ts';
import { memoryState } from '../../src/workspace/state.ts';

const { App, LogLevel, SocketModeReceiver } = bolt;
type BoltApp = InstanceType<typeof App>;

const nothing = (): void => undefined;
/** Refusals are what these tests provoke; their log lines say nothing new. */
export const SILENT = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

const closers: (() => Promise<unknown>)[] = [];

/** A workspace on a free port with quick repeats; closed by `closeAll`. */
export async function workspace(options: Partial<WorkspaceOptions> = {}): Promise<Workspace> {
  const made = await openWorkspace({
    port: 0,
    state: memoryState(),
    ackMs: 3000,
    retryDelaysMs: [0, 50, 50],
    ...options,
  });
  closers.push(() => made.close());
  return made;
}

/** Real Bolt on one socket per receiver, started by the caller through `start`. */
export function connect(
  space: Workspace,
  sockets = 1,
): { app: BoltApp; start: () => Promise<void> } {
  const clientOptions = () => ({ slackApiUrl: space.apiUrl, retryConfig: { retries: 0 } });
  const receivers = Array.from(
    { length: sockets },
    () =>
      new SocketModeReceiver({
        appToken: space.appToken,
        logger: SILENT,
        installerOptions: { clientOptions: clientOptions() },
        clientPingTimeout: 200,
      } as ConstructorParameters<typeof SocketModeReceiver>[0]),
  );
  const [first] = receivers;
  if (first === undefined) throw new Error('at least one socket');
  const app = new App({
    token: space.botToken,
    receiver: first,
    logger: SILENT,
    clientOptions: { ...clientOptions(), rejectRateLimitedCalls: true },
    convoStore: false,
  });
  for (const receiver of receivers.slice(1)) receiver.init(app);
  closers.push(() => Promise.all(receivers.map((receiver) => receiver.client.disconnect())));
  return {
    app,
    start: async () => {
      await Promise.all(receivers.map((receiver) => receiver.start()));
      await space.human.waitFor(() => space.human.sockets() >= sockets);
    },
  };
}

/** Closes apps before workspaces. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** Slack's error code of a refused Web API call. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ error: string; messages: readonly string[]; needed?: string }> {
  try {
    await call;
  } catch (thrown) {
    const { data } = thrown as {
      data: { error: string; needed?: string; response_metadata?: { messages?: string[] } };
    };
    return {
      error: data.error,
      messages: data.response_metadata?.messages ?? [],
      ...(data.needed === undefined ? {} : { needed: data.needed }),
    };
  }
  throw new Error('expected the call to be refused, it was taken');
}

/** A section of mrkdwn. */
export const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});
/** A button by label and action. */
export const button = (label: string, action_id: string, value = 'v') => ({
  type: 'button' as const,
  text: { type: 'plain_text' as const, text: label },
  action_id,
  value,
});
/** A row of buttons. */
export const actions = (block_id: string, ...elements: ReturnType<typeof button>[]) => ({
  type: 'actions' as const,
  block_id,
  elements,
});
/** A modal with one text to fill in. */
export const modal = (callback_id: string) => ({
  type: 'modal' as const,
  callback_id,
  title: { type: 'plain_text' as const, text: 'Send back' },
  submit: { type: 'plain_text' as const, text: 'Send back' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'reason',
      label: { type: 'plain_text' as const, text: 'Reason' },
      element: { type: 'plain_text_input' as const, action_id: 'text', multiline: true },
    },
  ],
});

/** The real WebClient, which tries once and logs nothing. */
export const client = (space: Workspace, token = space.botToken) =>
  new WebClient(token, {
    slackApiUrl: space.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });

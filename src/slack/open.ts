import { App } from '@slack/bolt';
import type { Verbs } from '../flow/ports/doors.ts';
import type { Slack } from '../flow/ports/world.ts';
import { sentenceOf } from '../core/fault.ts';
import type { Around } from './around.ts';
import { clientOptions, makeClient, quietLogger, readApiUrl } from './client.ts';
import { openDoors } from './doors.ts';
import { asked } from './fault.ts';
import { makePort } from './port.ts';
import { makeSocket, REFUSE } from './receiver.ts';
import type { Socket } from './receiver.ts';

export type SlackOptions = {
  readonly botToken: string;
  readonly appToken: string;
  /** SLACK_API_URL: only slack.com, slack-gov.com or this machine. */
  readonly apiUrl?: string;
  /** Granted scopes; without them it is what Slack says of the token. */
  readonly scopes?: readonly string[];
  /** Largest file taken in, bytes. */
  readonly fileCap: number;
  /** Marks words to one person REHEARSAL, as every message is. */
  readonly rehearsal?: boolean;
  readonly log: (sentence: string) => void;
};

export type SlackRoom = {
  /** Usable at once; only the doors wait for `start`. */
  readonly slack: Slack;
  readonly team: string;
  readonly botUser: string;
  /** Connects the sockets: from now on `verbs` is called. */
  start(): Promise<void>;
  /** Whether Slack can reach us over at least one socket. */
  healthy(): boolean;
  close(): Promise<void>;
};

/** A refresh of one socket leaves a hole of seconds; each payload goes to one of those that are open. */
const SOCKETS = 2;

/**
 * Joins AIOS to Slack, or to a workspace on this machine that speaks as Slack does. Throws Fault `bad_config` for a
 * foreign address, `auth` for tokens Slack does not know, `slack_gone` when it does not answer.
 */
export async function openSlack(options: SlackOptions, verbs: () => Verbs): Promise<SlackRoom> {
  const around = await meet(options, verbs);
  const { log } = options;
  const sockets = Array.from({ length: SOCKETS }, () =>
    makeSocket({ appToken: options.appToken, apiUrl: around.apiUrl, log }),
  );
  openDoors(makeApp(around, sockets), around);
  return {
    slack: makePort(around),
    team: around.team,
    botUser: around.botUser,
    start: async () => {
      await asked('open a socket', () => Promise.all(sockets.map((s) => s.receiver.start())));
    },
    healthy: () => sockets.some((s) => s.open()),
    close: async () => {
      await Promise.all(sockets.map((s) => s.close()));
    },
  };
}

async function meet(options: SlackOptions, verbs: () => Verbs): Promise<Around> {
  const { botToken, fileCap, log, rehearsal = false } = options;
  const apiUrl = readApiUrl(options.apiUrl);
  const reads = makeClient(botToken, apiUrl, { log, retries: 2 });
  const me = await asked('say who AIOS is', () => reads.auth.test());
  const granted = options.scopes ?? me.response_metadata?.scopes;
  return {
    reads,
    writes: makeClient(botToken, apiUrl, { log, retries: 0 }),
    apiUrl,
    botToken,
    team: me.team_id ?? '',
    botUser: me.user_id ?? '',
    botId: me.bot_id ?? '',
    scopes: granted === undefined ? undefined : new Set(granted),
    fileCap,
    rehearsal,
    verbs,
    log,
  };
}

/** Bolt over our sockets. Whoever AIOS is was asked once: asking again per event could lose one. */
function makeApp(around: Around, sockets: readonly Socket[]): App {
  const { botToken, botUser, botId, apiUrl, log } = around;
  const [first, ...others] = sockets.map((s) => s.receiver);
  const app = new App({
    authorize: () => Promise.resolve({ botToken, botId, botUserId: botUser }),
    ...(first === undefined ? {} : { receiver: first }),
    clientOptions: clientOptions(apiUrl, log, 0),
    logger: quietLogger(log),
    convoStore: false,
    ignoreSelf: true,
  });
  for (const receiver of others) receiver.init(app);
  app.use(async ({ next, context }) => {
    try {
      await next();
    } catch (thrown) {
      const refuse: unknown = context[REFUSE];
      if (typeof refuse === 'function') refuse();
      throw thrown;
    }
  });
  app.error((error) => {
    log(`slack: ${sentenceOf(error.cause ?? error)}`);
    return Promise.resolve();
  });
  return app;
}

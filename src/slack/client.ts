import { WebClient } from '@slack/web-api';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import { Fault } from '../core/fault.ts';

const SLACK = ['slack.com', 'slack-gov.com'];
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export function isLoopback(url: URL): boolean {
  return LOOPBACK.includes(url.hostname);
}

/** Slack's own hosts, over https. */
export function isSlack(url: URL): boolean {
  const ours = SLACK.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return ours && url.protocol === 'https:' && url.port === '';
}

/** Reads SLACK_API_URL. Tokens go nowhere but to Slack and to this machine: anything else throws Fault `bad_config`. */
export function readApiUrl(text = 'https://slack.com/api/'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known =
    url !== undefined && (isSlack(url) || (isLoopback(url) && /^https?:$/.test(url.protocol)));
  if (!known || url.username !== '')
    throw new Fault(
      'bad_config',
      `SLACK_API_URL must be on slack.com, slack-gov.com or this machine (127.0.0.1), got "${text}". Remove it to talk to Slack.`,
    );
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

/** Slack's libraries log bodies and tokens when asked for detail, so only their warnings and errors pass. */
export function quietLogger(log: (sentence: string) => void): Logger {
  const nothing = (): void => undefined;
  const pass = (...said: unknown[]): void =>
    log(`slack: ${said.map(String).join(' ').slice(0, 500)}`);
  return {
    debug: nothing,
    info: nothing,
    warn: pass,
    error: pass,
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}

const TIMEOUT_MS = 10_000;

/** Options of a client of ours, made anew each time: Bolt and the sockets write into what they are given. */
export function clientOptions(
  apiUrl: URL,
  log: (sentence: string) => void,
  retries: number,
): WebClientOptions {
  return {
    slackApiUrl: apiUrl.href,
    timeout: TIMEOUT_MS,
    maxRequestConcurrency: 10,
    rejectRateLimitedCalls: true,
    retryConfig: { retries, minTimeout: 200, factor: 2 },
    logger: quietLogger(log),
  };
}

export function makeClient(
  token: string,
  apiUrl: URL,
  more: { readonly log: (sentence: string) => void; readonly retries: number },
): WebClient {
  return new WebClient(token, clientOptions(apiUrl, more.log, more.retries));
}

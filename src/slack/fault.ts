import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { Fault, sentenceOf } from '../core/fault.ts';
import type { FaultCode } from '../core/fault.ts';

/** Answers of Slack that mean something to flow; every other one is `bad_input`. docs.slack.dev/reference/methods */
const CODES: Readonly<Record<string, FaultCode>> = {
  message_not_found: 'not_found',
  channel_not_found: 'not_found',
  thread_not_found: 'not_found',
  file_not_found: 'not_found',
  file_deleted: 'not_found',
  user_not_found: 'not_found',
  user_not_visible: 'not_found',
  ratelimited: 'rate_limit',
  rate_limited: 'rate_limit',
  not_in_channel: 'not_allowed',
  is_archived: 'not_allowed',
  restricted_action: 'not_allowed',
  cant_update_message: 'not_allowed',
  missing_scope: 'not_allowed',
  no_permission: 'not_allowed',
  invalid_auth: 'auth',
  not_authed: 'auth',
  account_inactive: 'auth',
  token_revoked: 'auth',
  token_expired: 'auth',
  msg_too_long: 'too_large',
  msg_blocks_too_long: 'too_large',
  internal_error: 'slack_gone',
  fatal_error: 'slack_gone',
  service_unavailable: 'slack_gone',
  request_timeout: 'slack_gone',
};

const NEXT: Partial<Record<FaultCode, string>> = {
  not_found: 'It may have been deleted; post anew.',
  not_allowed:
    'Invite AIOS to the channel, or install it again with the scopes of slack-manifest.json.',
  auth: 'Check SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or install AIOS again.',
  slack_gone: 'It is tried again.',
};

/** The answer of Slack's that refused a call, such as `missing_scope`; undefined if it was something else. */
export function refusalOf(thrown: unknown): string | undefined {
  return thrown instanceof WebAPIPlatformError ? thrown.data.error : undefined;
}

/** Turns whatever a call of Slack's Web API threw into a Fault. `what` names the call: "post a message". */
export function faultOf(thrown: unknown, what: string): Fault {
  if (thrown instanceof Fault) return thrown;
  if (thrown instanceof WebAPIRateLimitedError) return tooFast(what, thrown.retryAfter, thrown);
  const answer = refusalOf(thrown);
  if (answer !== undefined) return refused(what, answer, thrown);
  const gone = thrown instanceof WebAPIRequestError || thrown instanceof WebAPIHTTPError;
  return new Fault(
    'slack_gone',
    `Slack was to ${what}, but ${gone ? 'did not answer' : 'failed'}: ${sentenceOf(thrown)}. It is tried again.`,
    { cause: thrown, retry: true },
  );
}

function tooFast(what: string, seconds: number, cause: unknown): Fault {
  return new Fault(
    'rate_limit',
    `Slack was to ${what}, but asks to wait ${seconds} s. It is tried again then.`,
    { cause, retry: true, retryAfterMs: seconds * 1000 },
  );
}

function refused(what: string, answer: string, cause: unknown): Fault {
  const code = CODES[answer] ?? 'bad_input';
  const next = NEXT[code] ?? 'See docs.slack.dev for the answer.';
  const retry = code === 'slack_gone' || code === 'rate_limit';
  return new Fault(code, `Slack was to ${what}, but answered "${answer}". ${next}`, {
    cause,
    retry,
  });
}

/** Runs a call of the Web API; what it throws becomes a Fault. */
export async function asked<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (thrown) {
    throw faultOf(thrown, what);
  }
}

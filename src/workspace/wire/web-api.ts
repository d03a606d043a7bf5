import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from '../http/body.ts';
import { BODY_BYTES } from '../limits.ts';
import { refuse, type Answer, type Args, type Method, type Methods } from './answer.ts';
import type { Failure } from './faults.ts';
import { CHAT } from './methods/chat.ts';
import { CONVERSATIONS } from './methods/conversations.ts';
import { FILES } from './methods/files.ts';
import { REST } from './methods/rest.ts';
import { VIEWS } from './methods/views.ts';
import type { Wire } from './wire.ts';

/** Every Web API method the workspace answers; another one is `unknown_method`. */
export const METHODS: Methods = { ...CHAT, ...CONVERSATIONS, ...FILES, ...REST, ...VIEWS };

/** Answers `POST /api/<method>` (GET too, as Slack does) with JSON or form arguments. */
export async function answerCall(
  wire: Wire,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', wire.base());
  const method = url.pathname.slice('/api/'.length);
  const args = {
    ...readForm(url.searchParams),
    ...parseArgs(await readBody(request, BODY_BYTES), request.headers['content-type'] ?? ''),
  };
  const failure = wire.faults.takeFailure(method);
  if (failure !== undefined && failure.afterwards !== true)
    return fail(wire, response, { failure, method, args });
  const answer = await run(wire, method, { args, token: bearer(request) ?? args['token'] });
  wire.bus.tell({ is: 'call', method, args, error: answer.ok ? null : String(answer['error']) });
  if (failure !== undefined) return fail(wire, response, { failure, method, args });
  sendJson(response, 200, answer);
}

async function run(
  wire: Wire,
  name: string,
  call: { readonly args: Args; readonly token: unknown },
): Promise<Answer> {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const refusal = tokenRefusal(wire, method, call.token);
  if (refusal !== undefined) return refusal;
  if (method === undefined) return { ...refuse('unknown_method'), req_method: name };
  const needed =
    typeof method.scopes === 'function' ? method.scopes(wire, call.args) : method.scopes;
  if (needed.length > 0 && !needed.some((scope) => wire.app.scopes.has(scope))) {
    return {
      ...refuse('missing_scope'),
      needed: needed.join(','),
      provided: [...wire.app.scopes].join(','),
    };
  }
  const answer = await method.run(wire, call.args);
  await wire.board.saved();
  return answer;
}

function tokenRefusal(wire: Wire, method: Method | undefined, token: unknown): Answer | undefined {
  if (typeof token !== 'string' || token === '') return refuse('not_authed');
  if (token !== wire.tokens.bot && token !== wire.tokens.app) return refuse('invalid_auth');
  const wanted = method?.appLevel === true ? wire.tokens.app : wire.tokens.bot;
  return token === wanted ? undefined : refuse('not_allowed_token_type');
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

type Failed = { readonly failure: Failure; readonly method: string; readonly args: Args };

function fail(wire: Wire, response: ServerResponse, failed: Failed): void {
  const { failure, method, args } = failed;
  const wait = failure.retryAfter;
  const error = failure.error ?? (wait === undefined ? 'fatal_error' : 'ratelimited');
  if (failure.afterwards !== true) wire.bus.tell({ is: 'call', method, args, error });
  if (wait !== undefined) response.setHeader('retry-after', String(wait));
  sendJson(response, failure.status ?? (wait === undefined ? 200 : 429), refuse(error));
}

function parseArgs(body: Buffer, type: string): Args {
  if (type.includes('json')) return asArgs(parseJson(body.toString('utf8')));
  return readForm(new URLSearchParams(body.toString('utf8')));
}

/** In a form, objects and lists come as JSON text. */
function readForm(form: URLSearchParams): Args {
  return Object.fromEntries(
    [...form].map(([name, value]) => [
      name,
      /^[[{]/.test(value) && name !== 'text' ? (parseJson(value) ?? value) : value,
    ]),
  );
}

function asArgs(value: unknown): Args {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Args)
    : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fault, sentenceOf } from '../../core/fault.ts';
import { answerHuman } from '../human/api.ts';
import { UPLOAD_BYTES } from '../limits.ts';
import { parseJsonBody, takeUpload } from '../wire/upload.ts';
import { speak } from '../wire/respond.ts';
import { answerCall } from '../wire/web-api.ts';
import type { Wire } from '../wire/wire.ts';
import { readBody, sendJson } from './body.ts';
import { SECURITY_HEADERS, type Sessions, type Turned } from './sessions.ts';
import { serveStatic } from './static.ts';

export type Site = {
  readonly wire: Wire;
  readonly sessions: Sessions;
  readonly pageFolder: string | undefined;
  readonly rehearsal: boolean;
};
type Serve = (site: Site, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The whole of what this server answers, by the beginning of the path; the last row takes the rest. */
const ROUTES: readonly (readonly [prefix: string, serve: Serve])[] = [
  ['/api/', (site, request, response) => answerCall(site.wire, request, response)],
  ['/upload/v1/', upload],
  ['/files/', download],
  ['/response/', respond],
  ['/human/', human],
  ['/', page],
];

/** Answers one request. A fault becomes its status and sentence; nothing else escapes. */
export async function serve(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  try {
    const turned = site.sessions.hostRefusal(request);
    if (turned !== undefined) return turnAway(response, turned);
    const path = pathOf(request);
    const route = ROUTES.find(([prefix]) => path.startsWith(prefix));
    await route?.[1](site, request, response);
  } catch (thrown) {
    if (response.headersSent) return void response.destroy();
    turnAway(response, turnedBy(thrown));
  }
}

export function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://workspace').pathname;
}

const STATUS: Readonly<Record<string, number>> = {
  bad_input: 400,
  not_allowed: 403,
  not_found: 404,
  too_large: 413,
  database_gone: 503,
};

function turnedBy(thrown: unknown): Turned {
  const error = thrown instanceof Fault ? thrown.code : 'fatal_error';
  return { status: STATUS[error] ?? 500, error, sentence: sentenceOf(thrown) };
}

function turnAway(response: ServerResponse, turned: Turned): void {
  sendJson(response, turned.status, { ok: false, error: turned.error, sentence: turned.sentence });
}

async function upload(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, UPLOAD_BYTES);
  const size = await takeUpload(site.wire, pathOf(request).slice('/upload/v1/'.length), {
    body,
    type: request.headers['content-type'] ?? '',
  });
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(`OK - ${size}`);
}

/** url_private: the bot's token with files:read, or the page's session; else Slack sends one to its sign-in page. */
async function download(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bot =
    request.headers.authorization === `Bearer ${site.wire.tokens.bot}` &&
    site.wire.app.scopes.has('files:read');
  if (!bot && !site.sessions.hasSession(request)) {
    response.writeHead(302, { location: `${site.wire.base()}/?redir=files` });
    return void response.end();
  }
  const file = site.wire.board.get('file', pathOf(request).split('/')[2] ?? '');
  await sendFile(site.wire, file?.uploaded === true ? file : undefined, response);
}

/** Sends a file as an attachment, so that no browser runs what someone uploaded. */
export async function sendFile(
  wire: Wire,
  file: { readonly id: string; readonly name: string; readonly mimetype: string } | undefined,
  response: ServerResponse,
): Promise<void> {
  const bytes = file === undefined ? undefined : await wire.board.bytes(file.id);
  if (file === undefined || bytes === undefined)
    throw new Fault(
      'not_found',
      'Expected a file that was uploaded here, got another. Load the message again.',
    );
  response.writeHead(200, {
    'content-type': file.mimetype,
    'content-length': bytes.byteLength,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.end(bytes);
}

async function respond(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const origin = site.wire.keys.useResponse(pathOf(request));
  const body = await readBody(request, UPLOAD_BYTES);
  if (origin === undefined) return sendJson(response, 404, { ok: false, error: 'used_url' });
  const answer = speak(site.wire, origin, parseJsonBody(body));
  await site.wire.board.saved();
  if (!answer.ok) return sendJson(response, 400, answer);
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end('ok');
}

async function human(
  site: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const turned = site.sessions.sessionRefusal(request);
  if (turned !== undefined) return turnAway(response, turned);
  await answerHuman(site.wire, { request, response, rehearsal: site.rehearsal, sendFile });
}

async function page(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', site.wire.base());
  const token = url.searchParams.get('token');
  if (
    token !== null &&
    (site.sessions.enter(token, response) || site.sessions.hasSession(request))
  ) {
    response.writeHead(303, { location: '/' });
    return void response.end();
  }
  if (!site.sessions.hasSession(request)) {
    response.writeHead(401, { 'content-type': 'text/plain; charset=utf-8' });
    return void response.end(
      'This is a local AIOS workspace. Open the address that AIOS printed when it started; it lets one browser in, once.\nAlready used? Start AIOS again for a new one.\n',
    );
  }
  await serveStatic(site.pageFolder, decodeURIComponent(url.pathname), response);
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Sent with everything the page's origin serves. The page has no inline script or style, and nothing may frame it. */
export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Why a request is turned away, as status and sentence. */
export type Turned = { readonly status: number; readonly error: string; readonly sentence: string };

/** Keeps strangers out of a page that can approve work: other web pages, other users' browsers, rebound names. */
export type Sessions = {
  /** The address to print: it lets one browser in, once. */
  address(base: string): string;
  /** Trades the one-time token for the cookie. False when the token is wrong or used. */
  enter(token: string, response: ServerResponse): boolean;
  hostRefusal(request: IncomingMessage): Turned | undefined;
  /** For the page's own API: the cookie, and on writes the Origin. */
  sessionRefusal(request: IncomingMessage): Turned | undefined;
  hasSession(request: IncomingMessage): boolean;
};

/** Makes the sessions of the page of a server on `port()`. */
export function makeSessions(port: () => number): Sessions {
  let token: string | undefined = secret();
  const sessions = new Set<string>();
  const cookie = (): string => `aios_workspace_${port()}`;
  const hosts = (): readonly string[] => [`127.0.0.1:${port()}`, `localhost:${port()}`];
  const hasSession = (request: IncomingMessage): boolean =>
    sessions.has(digest(readCookie(request, cookie()) ?? ''));
  return {
    address: (base) => `${base}/?token=${token ?? ''}`,
    enter: (given, response) => {
      if (token === undefined || !same(given, token)) return false;
      token = undefined;
      const session = secret();
      sessions.add(digest(session));
      response.setHeader('set-cookie', `${cookie()}=${session}; Path=/; HttpOnly; SameSite=Strict`);
      return true;
    },
    hostRefusal: (request) =>
      hosts().includes(request.headers.host ?? '') ? undefined : wrongHost(hosts()),
    hasSession,
    sessionRefusal: (request) => {
      if (!hasSession(request)) return NO_SESSION;
      return ownOrigin(request, hosts()) ? undefined : WRONG_ORIGIN;
    },
  };
}

const NO_SESSION: Turned = {
  status: 401,
  error: 'no_session',
  sentence:
    'Expected the cookie of this page, got none. Open the address AIOS printed at its start; it works once.',
};
const WRONG_ORIGIN: Turned = {
  status: 403,
  error: 'wrong_origin',
  sentence: 'Expected a request of this page, got one of another site. Nothing was done.',
};

function wrongHost(hosts: readonly string[]): Turned {
  return {
    status: 421,
    error: 'wrong_host',
    sentence: `Expected this server by the name ${hosts.join(' or ')}, got another. Open the address AIOS printed.`,
  };
}

/** A write must name our own origin; a read must not come from another site. */
function ownOrigin(request: IncomingMessage, hosts: readonly string[]): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return !foreignSite(request);
  return hosts.some((host) => request.headers.origin === `http://${host}`);
}

/** Browsers say where a request comes from; other programs do not, and hold no cookie. */
function foreignSite(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)));
}

function readCookie(request: IncomingMessage, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1];
}

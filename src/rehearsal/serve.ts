import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { isRecord, type Dialect, type Prompt, type Reply } from './dialect.ts';
import type { Script, ScriptLine, StandInLane, WireFault } from './script.ts';

/** One model call as the stand-in saw it. */
export type SeenCall = {
  readonly lane: StandInLane;
  readonly model: string;
  readonly system: string;
  readonly material: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The request's JSON as sent. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly fault: WireFault | undefined;
  /** Settles when the exchange is over: true when the client hung up before the answer was complete. */
  readonly closedEarly: Promise<boolean>;
};

export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

export type Serving = {
  readonly script: Script;
  readonly seen: (call: SeenCall) => void;
  /** Writes the answer's text for a prompt. */
  readonly compose: (prompt: Prompt, line: ScriptLine | undefined) => string;
};

const BODY_LIMIT = 32 * 1024 * 1024;
const RETRY_AFTER_SECONDS = 2;
const PROXY_PAGE = '<html><body><h1>502 Bad Gateway</h1></body></html>';
/** Faults that happen in the middle of a stream, or before its first piece. */
const BREAKS: ReadonlySet<WireFault> = new Set(['cut', 'stall', 'silence', 'mid_error']);

/** Serves one model call in a vendor's dialect, with whatever fault the script asks for. */
export async function serveCall(
  dialect: Dialect,
  exchange: Exchange,
  serving: Serving,
): Promise<void> {
  const body = await readBody(exchange.request);
  const prompt = dialect.read(body);
  const line = serving.script.take(dialect.lane, `${prompt.system}\n${prompt.material}`);
  serving.seen({
    lane: dialect.lane,
    model: prompt.model,
    system: prompt.system,
    material: prompt.material,
    headers: exchange.request.headers,
    body,
    fault: line?.fault,
    closedEarly: endOf(exchange.response),
  });
  if (line?.fault !== undefined && failsAtOnce(dialect, exchange, line.fault)) return;
  const reply = replyTo(dialect, prompt, {
    text: serving.compose(prompt, line),
    fault: line?.fault,
  });
  if (!prompt.stream && !breaksOff(line?.fault)) {
    return send(exchange.response, 200, { body: dialect.whole(reply), headers: dialect.headers });
  }
  await stream(dialect, exchange.response, { reply, fault: line?.fault });
}

/** Sends a JSON document. */
export function send(
  response: ServerResponse,
  status: number,
  what: { body: unknown; headers?: Readonly<Record<string, string>> },
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...what.headers });
  response.end(JSON.stringify(what.body));
}

function failsAtOnce(dialect: Dialect, { response }: Exchange, fault: WireFault): boolean {
  if (fault === 'refused') {
    response.socket?.destroy();
    return true;
  }
  if (fault === 'html') {
    response.writeHead(502, { 'content-type': 'text/html' });
    response.end(PROXY_PAGE);
    return true;
  }
  const status = Number(fault);
  if (Number.isNaN(status)) return false;
  const retry = status === 429 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {};
  send(response, status, {
    body: dialect.error(status),
    headers: { ...dialect.headers, ...retry },
  });
  return true;
}

function replyTo(
  dialect: Dialect,
  prompt: Prompt,
  made: { text: string; fault: WireFault | undefined },
): Reply {
  const answers: Partial<Record<WireFault, { text: string; stop: Reply['stop'] }>> = {
    truncated: { text: made.text.slice(0, Math.floor(made.text.length / 2)), stop: 'length' },
    off_schema: { text: '{"note":"not the shape that was asked for"}', stop: 'end' },
    refusal: { text: dialect.lane === 'local' ? 'I cannot help with that.' : '', stop: 'refusal' },
  };
  const special = made.fault === undefined ? undefined : answers[made.fault];
  const { text, stop } = special ?? { text: made.text, stop: 'end' as const };
  return {
    model: `rehearsal-${dialect.lane}`,
    text,
    stop,
    systemTokens: tokens(prompt.system),
    inputTokens: tokens(prompt.material),
    outputTokens: tokens(text),
  };
}

function breaksOff(fault: WireFault | undefined): boolean {
  return fault !== undefined && BREAKS.has(fault);
}

/** About four characters are one token. */
function tokens(text: string): number {
  return Math.ceil(text.length / 4);
}

async function stream(
  dialect: Dialect,
  response: ServerResponse,
  what: { reply: Reply; fault: WireFault | undefined },
): Promise<void> {
  if (what.fault === 'silence') {
    response.writeHead(200, { 'content-type': dialect.contentType, ...dialect.headers });
    response.flushHeaders();
    return;
  }
  const chunks = dialect.chunks(what.reply);
  const sent = breaksOff(what.fault) ? chunks.slice(0, Math.ceil(chunks.length / 2)) : chunks;
  response.writeHead(200, { 'content-type': dialect.contentType, ...dialect.headers });
  for (const chunk of sent) {
    if (response.destroyed) return;
    response.write(chunk);
    await setImmediate();
  }
  if (what.fault === 'stall') return;
  if (what.fault === 'cut') response.destroy();
  else response.end(what.fault === 'mid_error' ? dialect.midError : undefined);
}

function endOf(response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    response.once('close', () => resolve(!response.writableFinished));
  });
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > BODY_LIMIT) return {};
    parts.push(part);
  }
  const read: unknown = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}');
  return isRecord(read) ? read : {};
}

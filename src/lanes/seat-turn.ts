import { Fault } from '../core/fault.ts';
import type { LaneRequest, LaneResult } from '../flow/ports/lanes.ts';
import type { SeatEvent, SeatSession } from './seat-sdk.ts';
import { serverFault, statusFault, type ServerWords } from './server-fault.ts';
import { creditCount, neededCount, wholeCount } from './token-count.ts';

/** What one turn of a session came to. The runtime retries on its own, so usage is the sum over its wire calls. */
export type Turn = Pick<LaneResult, 'text' | 'stop' | 'usage' | 'requestId' | 'credits'> & {
  readonly modelServed: string | null;
};

type Growing = { -readonly [Key in keyof Turn]: Turn[Key] };

const STOPS: Readonly<Record<string, LaneResult['stop']>> = {
  length: 'length',
  content_filter: 'refusal',
};

/**
 * Sends the material and gathers the session's events until it is idle. An answer cut at its limit ends the turn at once,
 * because the runtime would ask the model to go on, twice, and keep only the last part. Throws Fault when the session reports an error
 * or gives usage that cannot be true; the caller aborts and deletes the session.
 */
export async function takeTurn(
  session: SeatSession,
  request: LaneRequest,
  words: ServerWords,
): Promise<Turn> {
  const turn: Growing = {
    text: '',
    stop: 'end',
    requestId: null,
    modelServed: null,
    usage: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, computeMs: 0 },
  };
  let isCounted = false;
  let isCut = false;
  const idle = new Promise<void>((resolve, reject) => {
    session.on((event) => {
      try {
        isCounted ||= event.type === 'assistant.usage';
        if (!isCut && event.type === 'session.error') reject(errorFault(event.data, words));
        else if (!isCut && event.type === 'session.idle') resolve();
        else note(turn, event);
        if (isCut || turn.stop !== 'length') return;
        isCut = true;
        // A session that is left while an abort is under way can hang for ever. What came is kept however the abort ends.
        session.abort().then(
          () => resolve(),
          () => resolve(),
        );
      } catch (thrown) {
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    });
  });
  await Promise.all([idle, session.rpc.send(messageOf(request))]);
  if (!isCounted)
    throw new Fault(
      'unavailable',
      "Expected the seat to say what the call used, got nothing. The server's usage cannot be trusted; check what answers there.",
    );
  return turn;
}

/** The experimental `responseFormat` of the exactly pinned package; the answer is checked again by whoever reads it. */
function messageOf({ material, schema }: LaneRequest): Record<string, unknown> {
  if (schema === undefined) return { prompt: material };
  const jsonSchema = { name: 'persona_answer', schema, strict: true };
  return { prompt: material, responseFormat: { type: 'json_schema', jsonSchema } };
}

/** Of an answer that was cut nothing more is text, but what a call after it used is still counted. */
function note(turn: Growing, { type, data }: SeatEvent): void {
  if (type === 'assistant.usage') noteUsage(turn, data);
  if (turn.stop === 'length') return;
  if (type === 'assistant.message_delta' && typeof data['deltaContent'] === 'string') {
    turn.text += data['deltaContent'];
  }
  if (type === 'assistant.message') {
    if (typeof data['content'] === 'string') turn.text = data['content'];
    if (typeof data['model'] === 'string') turn.modelServed = data['model'];
  }
}

/** The runtime's inputTokens include both cache counts; ours do not. */
function noteUsage(turn: Growing, data: SeatEvent['data']): void {
  const cacheRead = wholeCount(data['cacheReadTokens'], 'cacheReadTokens');
  const cacheWrite = wholeCount(data['cacheWriteTokens'], 'cacheWriteTokens');
  const input = neededCount(data['inputTokens'], 'inputTokens') - cacheRead - cacheWrite;
  const before = turn.usage;
  turn.usage = {
    input: before.input + wholeCount(input, 'inputTokens without cache'),
    cacheRead: before.cacheRead + cacheRead,
    cacheWrite: before.cacheWrite + cacheWrite,
    output: before.output + neededCount(data['outputTokens'], 'outputTokens'),
    computeMs: 0,
  };
  noteCredits(turn, data['copilotUsage']);
  if (turn.stop !== 'length') turn.stop = STOPS[wordsIn(data['finishReason'])] ?? 'end';
  const id = data['providerCallId'] ?? data['apiCallId'];
  if (typeof id === 'string') turn.requestId = id;
  if (typeof data['model'] === 'string') turn.modelServed = data['model'];
}

/** Each wire call reports its own credits, in 10^-9; a provider of one's own reports none. */
function noteCredits(turn: Growing, reported: unknown): void {
  if (typeof reported !== 'object' || reported === null || !('totalNanoAiu' in reported)) return;
  turn.credits = (turn.credits ?? 0) + creditCount(reported.totalNanoAiu, 'totalNanoAiu');
}

function errorFault(data: SeatEvent['data'], words: ServerWords): Fault {
  const says = wordsIn(data['message']);
  const type = wordsIn(data['errorType']);
  if (type === 'authentication' || /no github oauth token|not authenticated/i.test(says)) {
    return serverFault(words, 'auth', { got: 'a refused sign-in' });
  }
  if (type === 'rate_limit' || type === 'quota')
    return serverFault(words, type, { got: `"${type}"` });
  const status = data['statusCode'];
  if (typeof status === 'number') return statusFault(words, { status, says });
  return serverFault(words, 'unavailable', { got: says.slice(0, 160) });
}

function wordsIn(value: unknown): string {
  return typeof value === 'string' ? value : 'an error without words';
}

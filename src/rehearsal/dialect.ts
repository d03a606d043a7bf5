import type { StandInLane } from './script.ts';

/** What a model server was asked, whatever its wire format. */
export type Prompt = {
  readonly model: string;
  readonly system: string;
  readonly material: string;
  /** JSON Schema of the answer, or undefined when none was sent. */
  readonly schema: Record<string, unknown> | undefined;
  /** False when the caller wants one JSON document instead of a stream. */
  readonly stream: boolean;
};

/** What the stand-in answers, before it is put on the wire. */
export type Reply = {
  readonly model: string;
  readonly text: string;
  readonly stop: 'end' | 'length' | 'refusal';
  readonly systemTokens: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
};

export type Plain = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** How one vendor speaks on the wire. Formats as recorded with the official clients. */
export type Dialect = {
  readonly lane: StandInLane;
  /** First part of every path of this server; a lane may be reached through two. */
  readonly mount: string;
  /** Path of the model call below it. */
  readonly path: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  read(body: Record<string, unknown>): Prompt;
  /** The stream's chunks in order, each complete on the wire. */
  chunks(reply: Reply): readonly string[];
  /** The answer as one document, for callers that do not stream. */
  whole(reply: Reply): unknown;
  /** A failure in the middle of a stream. */
  midError: string;
  error(status: number): unknown;
  /** Answers to GET paths (model lists, versions), or undefined for 404. */
  get(path: string): unknown;
};

/** Text in pieces of a size a model server would send. */
export function pieces(text: string, size = 160): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += size) found.push(text.slice(at, at + size));
  return found;
}

/** A fixed moment, so that two rehearsals of one day are alike byte for byte. */
export const SOME_TIME = '2026-01-01T00:00:00Z';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value.map((part: unknown) => (isRecord(part) ? textOf(part['text']) : '')).join('\n');
}

/** The text of all messages of one role, in order. */
export function saidBy(messages: unknown, role: string): string {
  if (!Array.isArray(messages)) return '';
  const own = messages.filter((m: unknown) => isRecord(m) && m['role'] === role);
  return own.map((m: unknown) => (isRecord(m) ? textOf(m['content']) : '')).join('\n');
}

export function recordOr(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

export function schemaOf(value: unknown): Record<string, unknown> | undefined {
  return isRecord(value) ? value : undefined;
}

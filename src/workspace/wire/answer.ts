import type { Wire } from './wire.ts';

export type Args = Readonly<Record<string, unknown>>;
/** What a Web API method answers: `ok: true` with its fields, or `ok: false` with Slack's error code. */
export type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export type Method = {
  /** Scopes of which one is needed; empty means none. A function where the kind of channel decides. */
  readonly scopes: readonly string[] | ((wire: Wire, args: Args) => readonly string[]);
  readonly run: (wire: Wire, args: Args) => Answer | Promise<Answer>;
  /** Needs the app-level token and not the bot's. */
  readonly appLevel?: boolean;
};
export type Methods = Readonly<Record<string, Method>>;

export function fine(fields: Readonly<Record<string, unknown>> = {}): Answer {
  return { ok: true, ...fields };
}

/** A refusal with Slack's code; `messages` as in `response_metadata.messages`. */
export function refuse(error: string, messages: readonly string[] = []): Answer {
  return messages.length === 0
    ? { ok: false, error }
    : { ok: false, error, response_metadata: { messages } };
}

export function text(args: Args, name: string): string | undefined {
  const value = args[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** True for JSON true and the form's `true` or `1`. */
export function flag(args: Args, name: string): boolean {
  return [true, 'true', '1', 1].includes(args[name] as boolean);
}

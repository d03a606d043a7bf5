/** A piece of a payload as it came: anything. */
export type Json = Readonly<Record<string, unknown>>;

/** Collects what is wrong with a payload, worded and placed as Slack does it. */
export type Probe = {
  fail(message: string, pointer: string): void;
  readonly messages: readonly string[];
};

export function makeProbe(): Probe {
  const messages: string[] = [];
  return {
    messages,
    fail: (message, pointer) => void messages.push(`[ERROR] ${message} [json-pointer:${pointer}]`),
  };
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A string no longer than `max`; absent is fine. */
export function checkString(
  probe: Probe,
  value: unknown,
  at: { readonly max: number; readonly pointer: string },
): void {
  if (value === undefined) return;
  if (typeof value !== 'string') return probe.fail('must be a string', at.pointer);
  if (value.length > at.max) probe.fail(`must be less than ${at.max + 1} characters`, at.pointer);
}

export type TextRule = {
  readonly max: number;
  readonly pointer: string;
  readonly plain?: boolean;
  readonly required?: boolean;
};

/** A text object (`plain_text` or `mrkdwn`) with a text of 1 to `max` characters. */
export function checkText(probe: Probe, value: unknown, rule: TextRule): void {
  if (value === undefined) {
    if (rule.required === true) missing(probe, rule.pointer);
    return;
  }
  if (!isJson(value)) return probe.fail('must provide an object', rule.pointer);
  const types = rule.plain === true ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  if (!types.includes(String(value['type'])))
    probe.fail(`unsupported type: ${String(value['type'])}`, `${rule.pointer}/type`);
  const text = value['text'];
  if (typeof text !== 'string') return missing(probe, `${rule.pointer}/text`);
  if (text.length === 0) probe.fail('must be more than 0 characters', `${rule.pointer}/text`);
  checkString(probe, text, { max: rule.max, pointer: `${rule.pointer}/text` });
}

/** A list of at most `max` items, and at least one where required. */
export function checkCount(
  probe: Probe,
  value: unknown,
  at: { readonly max: number; readonly pointer: string; readonly min?: number },
): void {
  if (value !== undefined && !Array.isArray(value))
    return probe.fail('must be an array', at.pointer);
  const count = listOf(value).length;
  if (count > at.max) probe.fail(`no more than ${at.max} items allowed`, at.pointer);
  if (count < (at.min ?? 0)) probe.fail(`must provide at least ${at.min ?? 0} items`, at.pointer);
}

/** Slack names the missing field and points at its holder. */
export function missing(probe: Probe, pointer: string): void {
  const cut = pointer.lastIndexOf('/');
  probe.fail(`missing required field: ${pointer.slice(cut + 1)}`, pointer.slice(0, cut));
}

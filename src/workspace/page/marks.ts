interface Span<T extends string> {
  readonly type: T;
  readonly children: readonly Mark[];
}

interface Mention<T extends string> {
  readonly type: T;
  readonly id: string;
  /** What the message itself calls it. */
  readonly label?: string;
}

/** Text inside a line or a block, after parsing and before it becomes elements. Shared by mrkdwn and Markdown. */
export type Mark =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly url: string; readonly label: string }
  | { readonly type: 'special'; readonly label: string }
  | Span<'bold'>
  | Span<'italic'>
  | Span<'strike'>
  | Mention<'user'>
  | Mention<'channel'>;

/** A block of text. */
export type Passage =
  | { readonly type: 'line'; readonly children: readonly Mark[] }
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Mark[] }
  | { readonly type: 'quote'; readonly children: readonly Passage[] }
  | { readonly type: 'pre'; readonly text: string }
  | {
      readonly type: 'list';
      readonly ordered: boolean;
      readonly items: readonly (readonly Mark[])[];
    }
  | { readonly type: 'rule' };

/** True for the only addresses a message may link to: http, https and mailto. */
export function isSafeLink(url: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s]+$/i.test(url);
}

/** One step of an inline parser: a pattern with sticky-free global flags and what its match becomes. */
export interface Rule {
  readonly pattern: RegExp;
  readonly make: (match: RegExpExecArray, parse: (text: string) => readonly Mark[]) => Mark;
}

/**
 * Cuts a text into marks: at each place the rule that matches earliest wins (then the first in order), what lies
 * between becomes text. Linear in the number of marks times the number of rules.
 */
export function inline(
  source: string,
  rules: readonly Rule[],
  plain: (text: string) => string,
): readonly Mark[] {
  const marks: Mark[] = [];
  const parse = (text: string): readonly Mark[] => inline(text, rules, plain);
  let at = 0;
  while (at < source.length) {
    const next = earliest(source, at, rules);
    const end = next === undefined ? source.length : next.match.index;
    if (end > at) marks.push({ type: 'text', text: plain(source.slice(at, end)) });
    if (next === undefined) break;
    marks.push(next.rule.make(next.match, parse));
    at = end + next.match[0].length;
  }
  return marks;
}

interface Found {
  readonly rule: Rule;
  readonly match: RegExpExecArray;
}

function earliest(source: string, at: number, rules: readonly Rule[]): Found | undefined {
  let best: Found | undefined;
  for (const rule of rules) {
    const pattern = new RegExp(rule.pattern.source, 'gu');
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null && (best === undefined || match.index < best.match.index)) {
      best = { rule, match };
    }
  }
  return best;
}

import type { RuleRef } from './rule.ts';

/** Texts of rules by the SHA-256 hex of each, as they stood. */
export type RuleTexts = ReadonlyMap<string, string>;

/** The text a reference names; undefined when it is not among these. A reference holds the first digits of its hash. */
export function textBehind(ref: RuleRef, texts: RuleTexts): string | undefined {
  const hash = ref.slice(ref.indexOf('@') + 1);
  return [...texts].find(([full]) => full.startsWith(hash))?.[1];
}

const TITLE = /^[-\s]*title:\s*(.+?)\s*$/m;

/** The title in the text of a rule, without its quotation marks; undefined where it has none on a line of its own. */
export function titleIn(text: string): string | undefined {
  const title = TITLE.exec(text)?.[1];
  return title === undefined ? undefined : title.replace(/^(['"])(.*)\1$/, '$2');
}

/** `LANE-010`: how a rule is called between people. */
export function ruleId(ref: RuleRef): string {
  return /#([^@]*)/.exec(ref)?.[1] ?? ref;
}

/** `LANE-010 (Formatting is done by program)`; the id alone where the text is not at hand. */
export function ruleTitled(ref: RuleRef, texts: RuleTexts): string {
  const text = textBehind(ref, texts);
  const title = text === undefined ? undefined : titleIn(text);
  return title === undefined ? ruleId(ref) : `${ruleId(ref)} (${title.replace(/\.$/, '')})`;
}

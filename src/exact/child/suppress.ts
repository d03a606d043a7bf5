import type { Raw } from './finding.ts';
import { lineFinder, quoteOf, type Source } from './source.ts';

const SWITCH =
  /eslint-(?:disable|enable|env)\b[^\n]*|@ts-(?:ignore|nocheck|expect-error)\b|phpcs:(?:ignore|ignoreFile|disable|set)\b[^\n]*|\[html-validate-[a-z-]+[^\]\n]*\]|(?:markdownlint|textlint|harper|vale|stylelint|oxlint|biome)[-: ](?:disable|ignore|off)\b[^\n]*|\b(?:nosonar|noqa)\b/gi;

/** Words in a draft that would switch a checker off. The author may not grade himself: each is a finding and none works. */
export function suppressionsIn(source: Source): Raw[] {
  const place = lineFinder(source.text);
  const found = [...source.text.matchAll(SWITCH)].filter((one) =>
    inComment(source.text, one.index),
  );
  return found.map((one) => ({
    ruleId: 'aios/suppression',
    level: 'error',
    why: 'The draft tells a checker to look away; the check ignored that.',
    source: 'AIOS: the author does not grade himself',
    where: {
      file: source.name,
      ...place(one.index),
      quote: quoteOf(source.text, one.index, one.index + one[0].length),
    },
    fix: 'Take the comment out and mend what it hides.',
  }));
}

/** Only a comment can switch a checker off; a text that speaks of it cannot. */
function inComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /\/\/|\/\*|<!--|^\s*\*|(?:^|\s)#/.test(line);
}

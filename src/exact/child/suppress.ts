import type { Raw } from './finding.ts';
import { lineFinder, quoteOf, type Source } from './source.ts';

const SWITCH =
  /eslint-(?:disable|enable|env)\b[^\n]*|@ts-(?:ignore|nocheck|expect-error)\b|phpcs:(?:ignore|ignoreFile|disable|set)\b[^\n]*|\[html-validate-[a-z-]+[^\]\n]*\]|(?:markdownlint|textlint|harper|vale|stylelint|oxlint|biome)[-: ](?:disable|ignore|off)\b[^\n]*|\b(?:nosonar|noqa)\b/gi;

/** Words in a draft that would switch a checker off. The author may not grade himself: each is a finding and none works. */
export function suppressionsIn(source: Source): Raw[] {
  const place = lineFinder(source.text);
  return [...source.text.matchAll(SWITCH)].map((found) => ({
    ruleId: 'aios/suppression',
    level: 'error',
    why: 'The draft tells a checker to look away; the check ignored that.',
    source: 'AIOS: the author does not grade himself',
    where: {
      file: source.name,
      ...place(found.index),
      quote: quoteOf(source.text, found.index, found.index + found[0].length),
    },
    fix: 'Take the comment out and mend what it hides.',
  }));
}

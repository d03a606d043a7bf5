import type { Level } from '../../../core/verdict.ts';
import type { Raw } from '../finding.ts';
import { lineFinder, quoteOf } from '../source.ts';
import { CRITERIA } from './criteria.ts';
import type { Page } from './page.ts';

/** One failure an engine saw on a page, at the offset of a start tag. */
export type Hit = {
  readonly ruleId: string;
  readonly level: Level;
  /** WCAG 2.2 success criterion as `1.1.1`, undefined for advice beyond WCAG. */
  readonly criterion: string | undefined;
  readonly start: number;
  readonly why: string;
  readonly fix: string;
};

/** One voice for one fault: what two engines say of the same tag under the same criterion is said once, by the first. */
export function mergeHits(voices: readonly (readonly Hit[])[]): Hit[] {
  const said = new Set<string>();
  const kept: Hit[] = [];
  for (const voice of voices) {
    const fresh = voice.filter((hit) => !said.has(keyOf(hit)));
    kept.push(...fresh);
    for (const hit of fresh) said.add(keyOf(hit));
  }
  return kept;
}

function keyOf(hit: Hit): string {
  return `${hit.start} ${hit.criterion ?? hit.ruleId}`;
}

/** The hits of one page as findings with line, column and quote. */
export function findingsOf(page: Page, hits: readonly Hit[]): Raw[] {
  const { text, name } = page.source;
  const place = lineFinder(text);
  const tagAt = new Map(page.tags.map((tag) => [tag.start, tag]));
  return hits.map((hit) => {
    const tag = tagAt.get(hit.start);
    const next = tag === undefined ? hit.start + 80 : textAfter(page, tag.end);
    return {
      ruleId: hit.ruleId,
      level: hit.level,
      why: hit.why,
      source: sourceOf(hit.criterion),
      where: { file: name, ...place(hit.start), quote: quoteOf(text, hit.start, next) },
      fix: hit.fix,
    };
  });
}

/** A tag is quoted with the words right behind it, by which a person knows it again. */
function textAfter(page: Page, end: number): number {
  const { text } = page.source;
  const stop = text.indexOf('<', end);
  return text.slice(end, stop === -1 ? text.length : stop).trim() === ''
    ? end
    : Math.min(end + 60, stop === -1 ? text.length : stop);
}

function sourceOf(id: string | undefined): string {
  if (id === undefined) return 'good practice, beyond WCAG';
  const criterion = CRITERIA[id];
  return criterion === undefined
    ? `WCAG ${id}`
    : `WCAG ${id} ${criterion.title} (${criterion.level})`;
}

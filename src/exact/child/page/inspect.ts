import type { Raw } from '../finding.ts';
import type { Bench } from '../bench.ts';
import type { Source } from '../source.ts';
import { runAlfa } from './alfa.ts';
import { findingsOf, mergeHits } from './hit.ts';
import { runHtmlValidate } from './html-validate.ts';
import { runOwn } from './own.ts';
import { openPage, type Page } from './page.ts';

/** What no machine looks at, said in every report. */
export const BLIND_SPOTS = [
  'Automatic checks find about 40 % of planted barriers at best.',
  'Use by keyboard alone, with a screen reader, at 400 % zoom; whether texts and alt texts say the right thing; video and audio; what scripts change.',
];

export type Inspected = { readonly page: Page; readonly found: readonly Raw[] };

/** Looks at every given page with every page engine; an engine that breaks leaves a failed row, not a clean page. */
export async function inspectPages({ sources, engines }: Bench): Promise<Inspected[]> {
  const styles = new Map(sources.read.filter((s) => s.kind === 'css').map((s) => [s.name, s.text]));
  const inspected: Inspected[] = [];
  for (const source of pagesOf(sources.read)) {
    const page = openPage(source, styles);
    const alfa = await engines.attempt('alfa', [], () => runAlfa(page));
    const validate = await engines.attempt('html-validate', [], () => runHtmlValidate(page));
    const own = await engines.attempt('aios-page', [], () => runOwn(page));
    inspected.push({ page, found: findingsOf(page, mergeHits([alfa, validate, own])) });
  }
  return inspected;
}

export function pagesOf(sources: readonly Source[]): Source[] {
  return sources.filter((source) => source.kind === 'html');
}

/** What was not looked at on these pages, in words. */
export function unseen(inspected: readonly Inspected[]): string[] {
  return inspected.flatMap(({ page }) => [
    ...(page.fragment
      ? [
          `${page.source.name} is a piece of a page: title, language and landmarks belong to the page around it and were not judged`,
        ]
      : []),
    ...page.missingStyles.map(
      (href) =>
        `${page.source.name}: the style sheet ${href} was not given, so contrast was judged without it`,
    ),
  ]);
}

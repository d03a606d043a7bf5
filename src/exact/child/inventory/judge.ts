import { datesIn, type DateFound } from './dates.ts';
import type { Heading, PageFacts } from './page-facts.ts';
import { twinsOf, type Twin } from './shingles.ts';

export type Mark = 'keep' | 'look' | 'fix';
/** One reason to look at or fix a page, by a stated rule. */
export type Reason = {
  readonly rule: string;
  readonly mark: Exclude<Mark, 'keep'>;
  readonly line: number;
  readonly says: string;
  readonly quote: string;
};
export type Judged = {
  readonly page: PageFacts;
  readonly mark: Mark;
  readonly reasons: readonly Reason[];
  readonly dates: readonly (DateFound & { readonly line: number })[];
  readonly linksIn: number;
};

/** The rules, in words: the report prints them, and each reason names its rule. */
export const INVENTORY_RULES: Readonly<Record<string, string>> = {
  'broken-link': 'fix: a link to a page among the given ones that is not there',
  'broken-anchor': 'fix: a link to an anchor that is not on that page',
  'no-title': 'fix: a page without a title',
  'same-title': 'fix: two pages with the same title',
  'past-announcement': 'fix: a date that is over, in a sentence that speaks of it as to come',
  'no-description': 'look: a page without a meta description',
  'near-duplicate':
    'look: a paragraph of 20 words or more that stands nearly alike on another page (60 % of its five-word runs)',
  orphan: 'look: no other given page links to this one (the start page excepted)',
  'no-alt': 'look: a picture without a text alternative',
  'no-h1': 'look: a page without a main heading, or with several',
  'heading-jump': 'look: a heading level is left out',
  thin: 'look: fewer than 30 words',
};

export type Given = {
  readonly pages: readonly PageFacts[];
  readonly names: ReadonlySet<string>;
  readonly now: number;
};

/** Judges every page by the rules above and by nothing else. */
export function judge(given: Given): Judged[] {
  const twins = twinsOf(given.pages);
  return given.pages.map((page) => {
    const dates = page.blocks.flatMap((block) =>
      datesIn(block.text).map((date) => ({ ...date, line: block.line })),
    );
    const linksIn = given.pages.filter(
      (other) => other !== page && other.links.some((link) => link.to?.name === page.name),
    ).length;
    const reasons = [
      ...linkReasons(page, given),
      ...titleReasons(page, given.pages),
      ...dates
        .filter((date) => date.announces && date.ends < given.now)
        .map((date) =>
          reason('past-announcement', date.line, {
            says: `speaks of ${date.words} as to come; it is over`,
            quote: date.sentence,
          }),
        ),
      ...(twins.get(page.name) ?? []).map(twinReason),
      ...orphanReason(page, { linksIn, given }),
      ...page.pictures
        .filter((picture) => picture.alt === undefined)
        .map((picture) =>
          reason('no-alt', picture.line, {
            says: 'picture without a text alternative',
            quote: picture.src,
          }),
        ),
      ...headingReasons(page),
      ...(page.words < 30
        ? [reason('thin', 1, { says: `only ${page.words} words`, quote: '' })]
        : []),
    ].sort((a, b) => a.line - b.line);
    return { page, reasons, dates, linksIn, mark: worst(reasons) };
  });
}

function reason(
  rule: string,
  line: number,
  told: { readonly says: string; readonly quote: string },
): Reason {
  const mark = (INVENTORY_RULES[rule] ?? '').startsWith('fix') ? 'fix' : 'look';
  return { rule, mark, line, says: told.says, quote: told.quote.slice(0, 120) };
}

function worst(reasons: readonly Reason[]): Mark {
  if (reasons.some((one) => one.mark === 'fix')) return 'fix';
  return reasons.length > 0 ? 'look' : 'keep';
}

function linkReasons(page: PageFacts, given: Given): Reason[] {
  const idsOf = new Map(given.pages.map((one) => [one.name, one.ids]));
  return page.links.flatMap((link) => {
    if (link.to === undefined) return [];
    const { name, anchor } = link.to;
    if (!given.names.has(name))
      return [
        reason('broken-link', link.line, {
          says: `links to ${name}, which is not among the given files`,
          quote: link.href,
        }),
      ];
    const ids = idsOf.get(name);
    const isThere = anchor === '' || anchor === 'top' || ids === undefined || ids.has(anchor);
    return isThere
      ? []
      : [
          reason('broken-anchor', link.line, {
            says: `links to #${anchor}, which is not on ${name}`,
            quote: link.href,
          }),
        ];
  });
}

function titleReasons(page: PageFacts, pages: readonly PageFacts[]): Reason[] {
  const same = pages.filter(
    (other) =>
      other !== page &&
      other.title !== '' &&
      other.title.toLowerCase() === page.title.toLowerCase(),
  );
  return [
    ...(page.title === '' ? [reason('no-title', 1, { says: 'no title', quote: '' })] : []),
    ...(same.length === 0
      ? []
      : [
          reason('same-title', page.titleLine, {
            says: `same title as ${same.map((one) => one.name).join(', ')}`,
            quote: page.title,
          }),
        ]),
    ...((page.description ?? '') === '' && page.name.match(/\.html?$/i) !== null
      ? [
          reason('no-description', page.titleLine, {
            says: 'no meta description',
            quote: page.title,
          }),
        ]
      : []),
  ];
}

function twinReason(twin: Twin): Reason {
  return reason('near-duplicate', twin.line, {
    says: `${Math.round(twin.share * 100)} % alike with line ${twin.otherLine} of ${twin.other}`,
    quote: twin.quote,
  });
}

function orphanReason(
  page: PageFacts,
  told: { readonly linksIn: number; readonly given: Given },
): Reason[] {
  const isStart = /(?:^|\/)(?:index|readme|home)\.[a-z]+$/i.test(page.name);
  if (isStart || told.linksIn > 0 || told.given.pages.length < 2) return [];
  return [
    reason('orphan', 1, {
      says: 'no other given page links here',
      quote: page.headings[0]?.text ?? page.title,
    }),
  ];
}

function headingReasons(page: PageFacts): Reason[] {
  const main = page.headings.filter((heading) => heading.depth === 1).length;
  const jumps = page.headings.filter(
    (heading, index) => heading.depth > depthBefore(page.headings, index) + 1,
  );
  return [
    ...(main === 1
      ? []
      : [
          reason('no-h1', page.headings[0]?.line ?? 1, {
            says: main === 0 ? 'no main heading' : `${main} main headings`,
            quote: '',
          }),
        ]),
    ...jumps.map((heading) =>
      reason('heading-jump', heading.line, {
        says: `h${heading.depth} right after h${depthBefore(page.headings, page.headings.indexOf(heading))}`,
        quote: heading.text,
      }),
    ),
  ];
}

function depthBefore(headings: readonly Heading[], index: number): number {
  return headings[index - 1]?.depth ?? headings[index]?.depth ?? 0;
}

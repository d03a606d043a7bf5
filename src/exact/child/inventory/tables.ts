import { count, csv, md, mdCell, mdCode } from '../print.ts';
import { INVENTORY_RULES, type Judged } from './judge.ts';

type Told = { readonly says: string; readonly notChecked: readonly string[]; readonly now: number };

const YEAR_MS = 365.25 * 24 * 3600 * 1000;

/** The inventory as Markdown: one table of all pages, one chapter a page, the rules in words. */
export function inventoryMarkdown(judged: readonly Judged[], told: Told): string {
  return [
    '# Content inventory',
    '',
    told.says,
    '',
    '| Page | Title | Words | Links in | Links out | Mark | Reasons |',
    '| --- | --- | ---: | ---: | ---: | --- | ---: |',
    ...judged.map(
      ({ page, mark, reasons, linksIn }) =>
        `| ${mdCell(page.name)} | ${md(page.title)} | ${page.words} | ${linksIn} | ${page.links.length} | **${mark}** | ${reasons.length} |`,
    ),
    '',
    ...judged.flatMap((one) => chapterOf(one, told.now)),
    '## The rules',
    '',
    'A page with a reason to fix is marked fix, else one with a reason to look at is marked look, every other page keep.',
    '',
    ...Object.entries(INVENTORY_RULES).map(([id, says]) => `- ${mdCode(id)}: ${md(says)}`),
    '',
    '## Not checked',
    '',
    ...told.notChecked.map((line) => `- ${md(line)}`),
    '',
  ].join('\n');
}

function chapterOf({ page, mark, reasons, dates, linksIn }: Judged, now: number): string[] {
  return [
    `## ${mdCode(page.name)}: ${mark}`,
    '',
    `- Title: ${page.title === '' ? 'none' : md(page.title)}`,
    `- Description: ${(page.description ?? '') === '' ? 'none' : md(page.description ?? '')}`,
    `- ${count(page.words, 'word')}, ${count(page.links.length, 'link')} out, ${count(linksIn, 'given page')} linking in, ${count(page.pictures.length, 'picture')}`,
    `- Dates: ${dates.length === 0 ? 'none' : dates.map((date) => `${md(date.words)} (${ageOf(date.ends, now)}, line ${date.line})`).join('; ')}`,
    ...(page.headings.length === 0
      ? ['- Outline: no headings']
      : [
          '- Outline:',
          ...page.headings.map((heading) => `  - h${heading.depth} ${md(heading.text)}`),
        ]),
    '',
    ...(reasons.length === 0
      ? ['Nothing to do by the rules below.']
      : reasons.map(
          (one) =>
            `- **${one.mark}**, line ${one.line}: ${md(one.says)}${one.quote === '' ? '' : ` ${mdCode(one.quote)}`} (${mdCode(one.rule)})`,
        )),
    '',
  ];
}

function ageOf(ends: number, now: number): string {
  const years = (now - ends) / YEAR_MS;
  if (years < 0) return 'to come';
  return years < 1 ? 'under a year old' : `${count(Math.floor(years), 'year')} old`;
}

/** One row a page; lists inside a cell are parted by `; `. */
export function inventoryCsv(judged: readonly Judged[], now: number): string {
  const head = [
    'page',
    'mark',
    'reasons',
    'title',
    'h1',
    'meta description',
    'words',
    'outline',
    'links in',
    'links out',
    'pictures',
    'pictures without alt',
    'dates',
  ];
  const rows = judged.map(({ page, mark, reasons, dates, linksIn }) => [
    page.name,
    mark,
    reasons.map((one) => `${one.rule} (line ${one.line}): ${one.says}`).join('; '),
    page.title,
    page.headings
      .filter((heading) => heading.depth === 1)
      .map((heading) => heading.text)
      .join('; '),
    page.description ?? '',
    page.words,
    page.headings.map((heading) => `h${heading.depth} ${heading.text}`).join('; '),
    linksIn,
    page.links.length,
    page.pictures.length,
    page.pictures.filter((picture) => picture.alt === undefined).length,
    dates.map((date) => `${date.words} (${ageOf(date.ends, now)})`).join('; '),
  ]);
  return csv([head, ...rows]);
}

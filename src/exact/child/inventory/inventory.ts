import type { Bench, Made } from '../bench.ts';
import { count } from '../print.ts';
import { judge, type Judged } from './judge.ts';
import { readPage } from './read-page.ts';
import { inventoryCsv, inventoryMarkdown } from './tables.ts';

/** Takes stock of the given pages: `content-inventory.md` and `content-inventory.csv`, one row a page. */
export async function inventory(bench: Bench): Promise<Made> {
  const { sources, engines, now } = bench;
  const [broken] = sources.broken;
  if (broken !== undefined)
    return {
      is: 'not_possible',
      why: `Cannot take stock of ${broken}: expected UTF-8 text, got other bytes. Save it as UTF-8 or leave it out.`,
    };
  const pages = sources.read.filter((source) => source.kind === 'html' || source.kind === 'md');
  if (pages.length === 0)
    return {
      is: 'not_possible',
      why: 'Cannot take stock: expected at least one HTML or Markdown page, got none. Attach the pages.',
    };
  const names = new Set([...sources.read.map((source) => source.name), ...sources.foreign]);
  const judged = await engines.run('inventory', () =>
    judge({ pages: pages.map(readPage), names, now }),
  );
  const notChecked = [
    'Links that leave the given files were not followed, and nothing was fetched.',
    'Whether the content is true, wanted or read by anybody is for a person to say.',
    ...sources.foreign.map((name) => `${name}: not a page; only links to it were checked`),
  ];
  const says = summary(judged);
  return {
    is: 'done',
    says,
    notChecked,
    files: [
      { name: 'content-inventory.md', text: inventoryMarkdown(judged, { says, notChecked, now }) },
      { name: 'content-inventory.csv', text: inventoryCsv(judged, now) },
    ],
  };
}

function summary(judged: readonly Judged[]): string {
  const many = (mark: Judged['mark']): number => judged.filter((one) => one.mark === mark).length;
  const reasons = judged.flatMap((one) => one.reasons).length;
  return `Took stock of ${count(judged.length, 'page')}: ${many('keep')} to keep, ${many('look')} to look at, ${many('fix')} to fix; ${count(reasons, 'reason')} in all.`;
}

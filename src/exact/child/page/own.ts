import type { Hit } from './hit.ts';
import type { Page } from './page.ts';
import type { OpenTag, Token } from './tokens.ts';

const VAGUE =
  /^(click here|here|this link|this page|read more|more|learn more|link|details|continue)[.:!…»>\s]*$/i;

/** What the engines leave out and a few lines can say for sure: links that say nothing, data tables without headers. */
export function runOwn(page: Page): Hit[] {
  return [...vagueLinks(page), ...bareTables(page)];
}

function vagueLinks(page: Page): Hit[] {
  return insides(page, 'a')
    .filter(
      ({ open, tokens }) =>
        open.attributes.has('href') &&
        !open.attributes.has('aria-label') &&
        VAGUE.test(wordsOf(page, tokens)),
    )
    .map(({ open }) => ({
      ruleId: 'aios-page/vague-link',
      level: 'warn' as const,
      criterion: '2.4.4',
      start: open.start,
      why: 'The words of the link say nothing about where it goes.',
      fix: 'Name the goal in the link: "See all classes" instead of "click here".',
    }));
}

function bareTables(page: Page): Hit[] {
  return insides(page, 'table')
    .filter(({ open, tokens }) => {
      const names = tokens.flatMap((token) => (token.is === 'open' ? [token.name] : []));
      const rows = names.filter((name) => name === 'tr').length;
      const cells = names.filter((name) => name === 'td').length;
      return !open.attributes.has('role') && !names.includes('th') && rows > 1 && cells > rows;
    })
    .map(({ open }) => ({
      ruleId: 'aios-page/table-headers',
      level: 'warn' as const,
      criterion: '1.3.1',
      start: open.start,
      why: 'The table has no header cells, so its cells are read without saying what they are.',
      fix: 'Make the first row th scope="col", or add role="presentation" when the table is layout only.',
    }));
}

type Inside = { readonly open: OpenTag; readonly tokens: readonly Token[] };

/** Each element of a name with the tokens up to its own end tag; linear, because an inner one ends the outer one's turn. */
function insides(page: Page, name: string): Inside[] {
  const found: Inside[] = [];
  let open: { tag: OpenTag; from: number } | undefined;
  page.tokens.forEach((token, index) => {
    if (token.is === 'open' && token.name === name) open = { tag: token, from: index + 1 };
    else if (token.is === 'close' && token.name === name && open !== undefined) {
      found.push({ open: open.tag, tokens: page.tokens.slice(open.from, index) });
      open = undefined;
    }
  });
  return found;
}

function wordsOf(page: Page, tokens: readonly Token[]): string {
  const said = tokens.map((token) => {
    if (token.is === 'text') return page.source.text.slice(token.start, token.end);
    return token.is === 'open' && token.name === 'img' ? (token.attributes.get('alt') ?? '') : '';
  });
  return said.join('').replace(/\s+/g, ' ').trim();
}

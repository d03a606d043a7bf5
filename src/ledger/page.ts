import { MARKS } from './figures.ts';
import type { Figures } from './figures.ts';
import { ELEMENTS, tokensOf, VOID } from './page-tokens.ts';
import type { PageFault, Place, Token } from './page-tokens.ts';

/** A text of a page that says which figure it is. */
export type Mark = Place & {
  readonly of: keyof Figures;
  readonly key: string;
  readonly text: string;
  /** The tag as it is written, for people who look for it. */
  readonly tag: string;
};

export type Page = {
  readonly marks: readonly Mark[];
  readonly style: string;
  readonly faults: readonly PageFault[];
};

type Reading = {
  readonly open: {
    readonly name: string;
    readonly mark: Omit<Mark, 'text'> | null;
    text: string;
  }[];
  readonly marks: Mark[];
  readonly faults: PageFault[];
  style: string;
};

const OF = Object.entries(MARKS) as readonly (readonly [keyof Figures, string])[];
const MARK_NAMES = new Set<string>(Object.values(MARKS));

/** Money outside of marks would be money nobody can derive. */
const MONEY = /[$€£¥]\s?[0-9]/;

/**
 * Reads the marks of a page, and whatever in it a statement may not have: unknown elements or attributes, links that
 * lead away, amounts of money that are no figure.
 */
export function readPage(html: string): Page {
  const { tokens, fault } = tokensOf(html);
  const reading: Reading = { open: [], marks: [], faults: [], style: '' };
  for (const token of tokens) take(reading, token);
  const left = reading.open.at(-1);
  if (fault !== undefined) reading.faults.push(fault);
  else if (left !== undefined)
    reading.faults.push({ line: 1, column: 1, says: `expected </${left.name}> before the end` });
  return reading;
}

function take(reading: Reading, token: Token): void {
  if (token.is === 'open') opened(reading, token);
  else if (token.is === 'close') closed(reading, token);
  else texted(reading, token);
}

function opened({ open, faults }: Reading, token: Token & { is: 'open' }): void {
  const { name, line, column } = token;
  const mark = markOf(token);
  const inside = open.at(-1)?.mark ?? null;
  const says = [
    ...unknownIn(token),
    ...(inside === null ? [] : ['expected nothing but text in a figure']),
    ...(mark !== null && open.some((one) => one.name === 'nav')
      ? ['expected no figure in the contents, which are not printed']
      : []),
  ];
  faults.push(...says.map((one) => ({ line, column, says: one })));
  if (!VOID.has(name)) open.push({ name, mark, text: '' });
}

function unknownIn({ name, attributes }: Token & { is: 'open' }): readonly string[] {
  const known = Object.hasOwn(ELEMENTS, name) ? (ELEMENTS[name] ?? []) : undefined;
  if (known === undefined) return [`expected no element ${name} in a statement`];
  const marks = [...attributes.keys()].filter((key) => MARK_NAMES.has(key));
  const odd = [...attributes.keys()].filter(
    (key) => key !== 'class' && !known.includes(key) && !MARK_NAMES.has(key),
  );
  const href = attributes.get('href') ?? '#here';
  return [
    ...odd.map((key) => `expected no attribute ${key} on ${name}`),
    ...(marks.length > 1 ? ['expected one figure in an element'] : []),
    ...(/^#[a-z0-9-]+$/.test(href) ? [] : [`expected a link inside this page, got one to ${href}`]),
  ];
}

function markOf({
  name,
  attributes,
  line,
  column,
}: Token & { is: 'open' }): Reading['open'][number]['mark'] {
  const found = OF.find(([, attribute]) => attributes.has(attribute));
  if (found === undefined) return null;
  const [of, attribute] = found;
  const key = attributes.get(attribute) ?? '';
  return { of, key, line, column, tag: `<${name} ${attribute}="${key}">` };
}

function closed(
  { open, marks, faults }: Reading,
  { name, line, column }: Token & { is: 'close' },
): void {
  const last = open.pop();
  if (last?.name !== name)
    faults.push({ line, column, says: `expected </${last?.name ?? 'nothing'}>, got </${name}>` });
  if (last?.mark !== null && last !== undefined) marks.push({ ...last.mark, text: last.text });
}

function texted(reading: Reading, { text, line, column }: Token & { is: 'text' }): void {
  const inside = reading.open.at(-1);
  if (inside === undefined) {
    if (text.trim() !== '')
      reading.faults.push({ line, column, says: 'expected no text outside of the page' });
    return;
  }
  inside.text += text;
  if (inside.name === 'style') reading.style += text;
  else if (inside.mark === null && MONEY.test(text))
    reading.faults.push({
      line,
      column,
      says: `expected every amount of money to be a figure of the record, got ${JSON.stringify(text.trim())}`,
    });
}

/** Holds the marks of a page against the figures: every figure is shown, as it is, and nothing else is called one. */
export function compareFigures(page: Page, figures: Figures): readonly PageFault[] {
  const wrong = page.marks.flatMap((mark) => wrongIn(mark, figures));
  const missing = OF.flatMap(([of, attribute]) => {
    const shown = new Set(page.marks.filter((mark) => mark.of === of).map(({ key }) => key));
    return [...figures[of]]
      .filter(([key]) => !shown.has(key))
      .map(([key, text]) => ({
        line: 1,
        column: 1,
        says: `expected the figure ${attribute}="${key}" to be shown: ${JSON.stringify(text)}, got none`,
      }));
  });
  return [...wrong, ...missing];
}

function wrongIn(
  { of, key, text, tag, line, column }: Mark,
  figures: Figures,
): readonly PageFault[] {
  const wanted = figures[of].get(key);
  if (wanted === text) return [];
  const says =
    wanted === undefined
      ? `${tag}: the record knows no such figure, got ${JSON.stringify(text)}`
      : `${tag}: expected ${JSON.stringify(wanted)} by the record, got ${JSON.stringify(text)}`;
  return [{ line, column, says }];
}

import { isAlias, isMap, isNode, isScalar, visit } from 'yaml';
import type { Document, Node, YAMLMap } from 'yaml';

/** What is wrong, and where in the text. */
export type Found = readonly [offset: number, says: string];

/** The largest rules or persona file: far above any written by hand, far below what would hold up a start. */
const LARGEST = 1_000_000;
const MOST_LINES = 20_000;
const LONGEST_LINE = 20_000;
const DEEPEST = 24;
const TOO_DEEP = `expected at most ${DEEPEST} levels of nesting, got more. Write it flatter.`;

/**
 * Control characters, and those that turn round the direction in which text is shown: a person would read another rule
 * than the one that decides. (https://trojansource.codes)
 */
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const UNSEEN_SAYS = 'expected characters that can be seen, got one that cannot. Take it out.';

/** What no parser should be given, found in one pass over the text. */
export function hostileText(text: string): Found | undefined {
  if (text.length > LARGEST)
    return [
      0,
      `expected at most ${LARGEST} characters, got ${text.length}. Split the file or shorten it.`,
    ];
  return tooDeepInFlow(text) ?? badLine(text);
}

function tooDeepInFlow(text: string): Found | undefined {
  let depth = 0;
  for (const char of text) {
    if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return [0, TOO_DEEP];
  }
  return undefined;
}

function badLine(text: string): Found | undefined {
  const lines = text.split('\n');
  if (lines.length > MOST_LINES)
    return [
      0,
      `expected at most ${MOST_LINES} lines, got ${lines.length}. Split the file or shorten it.`,
    ];
  const open: number[] = [];
  let from = 0;
  for (const line of lines) {
    if (isTooDeep(line, open)) return [0, TOO_DEEP];
    const bad = badIn(line);
    if (bad !== undefined) return [from + bad[0], bad[1]];
    from += line.length + 1;
  }
  return undefined;
}

function badIn(line: string): Found | undefined {
  if (line.length > LONGEST_LINE)
    return [
      0,
      `expected lines of at most ${LONGEST_LINE} characters, got ${line.length}. Break it.`,
    ];
  if (line.startsWith('%')) return [0, 'expected plain YAML, got a directive. Take the line out.'];
  const unseen = line.replace(/\r$/, '').replaceAll('\t', ' ').search(UNSEEN);
  return unseen === -1 ? undefined : [unseen, UNSEEN_SAYS];
}

/** Follows the columns at which something is open, marks of lists and keys too: every level of a block has its own. */
function isTooDeep(line: string, open: number[]): boolean {
  for (let column = 0; column < line.length && open.length <= DEEPEST; column++) {
    const two = line.slice(column, column + 2);
    if (/^[ \t]/.test(two)) continue;
    if (/^[#\r]/.test(two)) break;
    while ((open.at(-1) ?? -1) >= column) open.pop();
    open.push(column);
    if (!/^[-?:](?:[ \t\r]|$)/.test(two)) break;
  }
  return open.length > DEEPEST;
}

/** What a rule has no use for, in what was parsed: anchors, aliases, tags, merges, keys twice, characters unseen. */
export function hostileNodes(doc: Document): readonly Found[] {
  const found: Found[] = [];
  visit(doc, (_key, node) => {
    if (!isNode(node)) return;
    const says = unwanted(node);
    if (says !== undefined) found.push([node.range?.[0] ?? 0, says]);
    if (isMap(node)) found.push(...unwantedKeys(node));
  });
  return found;
}

function unwanted(node: Node): string | undefined {
  if (isAlias(node) || (node as { anchor?: string }).anchor !== undefined)
    return 'expected plain values, got an anchor or alias. Write the value out.';
  if (node.tag !== undefined)
    return `expected plain values, got the tag ${node.tag.slice(0, 40)}. Take it out.`;
  if (!isScalar(node) || typeof node.value !== 'string') return undefined;
  return UNSEEN.test(node.value.replace(/[\n\t]/g, ' ')) ? UNSEEN_SAYS : undefined;
}

/** Merges, and keys that stand twice: the parser would compare every key with every other. */
function unwantedKeys(map: YAMLMap): readonly Found[] {
  const known = new Set<unknown>();
  return map.items.flatMap(({ key }): readonly Found[] => {
    if (!isScalar(key)) return [];
    const at = key.range?.[0] ?? 0;
    if (key.value === '<<') return [[at, 'expected plain keys, got a merge. Write the keys out.']];
    if (!known.has(key.value)) {
      known.add(key.value);
      return [];
    }
    const name = String(key.value).slice(0, 40);
    return [[at, `expected keys that are unique, got ${name} again. Take one out.`]];
  });
}

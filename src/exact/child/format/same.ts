import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Source } from '../source.ts';
import { tokensOf } from '../page/tokens.ts';
import { layoutFreeTree, type Parser } from './prettier.ts';

/** Undefined when the new text differs from the source in layout only; else what differs, in words. */
export async function sameButLayout(
  source: Source,
  after: string,
  parser: Parser,
): Promise<string | undefined> {
  const [old, now] = [
    await layoutFreeTree(source.text, parser),
    await layoutFreeTree(after, parser),
  ];
  if (old !== now) return 'its syntax tree differs';
  switch (source.kind) {
    case 'json':
      return isSame(source.text, after, jsonValue) ? undefined : 'its values differ';
    case 'yaml':
      return isSame(source.text, after, yamlValues) ? undefined : 'its values differ';
    case 'md':
      return isSame(source.text, after, markdownWords) ? undefined : 'its words differ';
    case 'html':
      return isSame(source.text, after, shownWords) ? undefined : 'its words differ';
    case 'css':
    case 'js':
    case 'php':
    case 'ts':
    case 'txt':
      return undefined;
  }
}

function isSame(before: string, after: string, view: (text: string) => unknown): boolean {
  return isDeepStrictEqual(view(before), view(after));
}

/** JSON with comments has no plain value; its tree was compared already. */
function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function yamlValues(text: string): unknown {
  return parseAllDocuments(text).map((document) =>
    'toJS' in document ? document.toJS() : undefined,
  );
}

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Numbers of list items are layout: Markdown itself counts anew. */
function markdownWords(text: string): string[] {
  return words(text.replace(/^([ \t>]*)\d+[.)](?=\s)/gm, '$1'));
}

function shownWords(text: string): string[] {
  return tokensOf(text).flatMap((token) =>
    token.is === 'text' ? words(text.slice(token.start, token.end)) : [],
  );
}

import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { FileKind } from '../../kinds.ts';
import type { Source } from '../source.ts';
import { tokensOf } from '../page/tokens.ts';
import { layoutFreeTree, type Parser } from './prettier.ts';

/** Undefined when the new text differs from the source in layout only; else what differs, in words. */
export async function sameButLayout(
  source: Source,
  after: string,
  parser: Parser,
): Promise<string | undefined> {
  const old = await layoutFreeTree(source.text, parser);
  if (old !== (await layoutFreeTree(after, parser))) return 'its syntax tree differs';
  const view = VIEW[source.kind];
  if (view === undefined || isSame(source.text, after, view.of)) return undefined;
  return view.differs;
}

type View = { readonly of: (text: string) => unknown; readonly differs: string };

/** What must stay the same besides the tree. */
const VIEW: Readonly<Partial<Record<FileKind, View>>> = {
  json: { of: jsonValue, differs: 'its values differ' },
  yaml: { of: yamlValues, differs: 'its values differ' },
  md: { of: markdownWords, differs: 'its words differ' },
  html: { of: shownWords, differs: 'its words differ' },
};

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

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Numbers of list items are layout: Markdown itself counts anew. */
function markdownWords(text: string): string[] {
  return words(text.replace(/^([ \t>]*)\d+[.)](?=\s)/gm, '$1'));
}

function shownWords(text: string): string[] {
  return tokensOf(text).flatMap((token) =>
    token.is === 'text' ? words(text.slice(token.start, token.end)) : [],
  );
}

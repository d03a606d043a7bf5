import php from 'php-parser';
import { isRecord } from '../dialect.ts';

/** A node of php-parser's tree, as far as we read it. `start` and `end` are offsets into the source. */
export type PhpNode = {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** Replaces `source.slice(start, end)` by `text`; edits at one place are applied in the order they were made. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** Parses a file; undefined when it is no PHP that the parser understands. */
export function parsePhp(source: string): PhpNode | undefined {
  const engine = new php.Engine({ parser: { extractDoc: true }, ast: { withPositions: true } });
  try {
    return toNode(engine.parseCode(source, 'given.php'));
  } catch {
    return undefined;
  }
}

export function toNode(value: unknown): PhpNode | undefined {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || !isRecord(value['loc']))
    return undefined;
  const { start, end } = value['loc'];
  if (!isRecord(start) || !isRecord(end)) return undefined;
  return {
    kind: value['kind'],
    start: Number(start['offset']),
    end: Number(end['offset']),
    fields: value,
  };
}

/** One field of a node as a node. */
export function childOf(node: PhpNode | undefined, field: string): PhpNode | undefined {
  return toNode(node?.fields[field]);
}

/** One field of a node as a list of nodes. */
export function listOf(node: PhpNode, field: string): PhpNode[] {
  const list = node.fields[field];
  return Array.isArray(list) ? list.flatMap((item: unknown) => toNode(item) ?? []) : [];
}

/** The name of a variable, a plain function or an identifier; an empty text for anything else. */
export function nameOf(node: PhpNode | undefined): string {
  const name = node?.fields['name'];
  if (typeof name === 'string') return name;
  const inner = toNode(name);
  return inner === undefined ? '' : nameOf(inner);
}

/** All nodes below one, comments left out. */
export function childrenOf(node: PhpNode): PhpNode[] {
  return Object.entries(node.fields).flatMap(([key, value]) => {
    if (/comments$/i.test(key) || key === 'loc') return [];
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items.flatMap((item) => toNode(item) ?? []);
  });
}

/** Calls `visit` on a node and everything below it, outside in; a visit that gives false keeps out of that branch. */
export function walk(node: PhpNode, visit: (node: PhpNode) => boolean): void {
  if (visit(node)) for (const child of childrenOf(node)) walk(child, visit);
}

/** The source with edits applied; one that overlaps an earlier one is left out. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const sorted = edits
    .map((edit, i) => ({ ...edit, i }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.i - b.i);
  let out = '';
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) continue;
    out += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + source.slice(at);
}

export function insert(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

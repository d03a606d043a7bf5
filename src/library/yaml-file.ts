import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { sentenceOf } from '../core/fault.ts';
import type { Found } from './hostile.ts';
import { hostileNodes, hostileText } from './hostile.ts';
import type { Problems } from './problems.ts';

export type Path = readonly PropertyKey[];

/** A parsed YAML file that knows where everything in it stands. */
export type YamlFile = {
  readonly name: string;
  readonly text: string;
  readonly value: unknown;
  /** `file:line:column` of the value at a path, of the nearest thing around it when there is none. */
  at(path: Path): string;
  /** `file:line:column` of the key at the end of a path. */
  atKey(path: Path): string;
  /** The exact text of the value at a path, moved to the left margin. */
  textOf(path: Path): string;
};

/**
 * Reads YAML text strictly: no aliases, no anchors, no duplicate keys, no deep nesting, at most 1 MB.
 * What is wrong goes to `problems`; then the result is undefined. `skip`: lines of the file that stand before `text`.
 */
export function readYaml(
  name: string,
  text: string,
  more: { readonly problems: Problems; readonly skip?: number },
): YamlFile | undefined {
  const { problems, skip = 0 } = more;
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line + skip}:${col}`;
  };
  const bad = hostileText(text);
  const doc = bad === undefined ? parse(text, lines) : bad;
  const found = 'contents' in doc ? faultsOf(doc) : [doc];
  if (bad !== undefined) noteLines(lines, text.slice(0, bad[0]));
  for (const [offset, says] of shortened(found))
    problems.add(place(offset), says, { code: 'unreadable' });
  if (found.length > 0 || !('contents' in doc)) return undefined;
  return {
    name,
    text,
    value: doc.toJS() as unknown,
    at: (path) => place(offsetOf(doc, path, 'value')),
    atKey: (path) => place(offsetOf(doc, path, 'key')),
    textOf: (path) => sliceOf(doc, path, text),
  };
}

/** More faults of one file than this help nobody to mend it. */
const MOST_FAULTS = 20;

function shortened(found: readonly Found[]): readonly Found[] {
  const [next] = found.slice(MOST_FAULTS);
  if (next === undefined) return found;
  const more = `and ${found.length - MOST_FAULTS} more like these`;
  return [...found.slice(0, MOST_FAULTS), [next[0], more]];
}

function parse(text: string, lineCounter: LineCounter): Document | Found {
  try {
    // Keys that stand twice are looked for by `hostileNodes`.
    const how = { lineCounter, prettyErrors: false, stringKeys: true, uniqueKeys: false } as const;
    return parseDocument(text, how);
  } catch (thrown) {
    return [0, `expected YAML, got what no parser reads: ${sentenceOf(thrown)}`];
  }
}

function faultsOf(doc: Document): readonly Found[] {
  const faults = [...doc.errors, ...doc.warnings].map((e): Found => [e.pos[0], e.message]);
  return faults.length > 0 ? faults : hostileNodes(doc);
}

/** Tells where lines begin in what was never parsed. */
function noteLines(lines: LineCounter, text: string): void {
  for (let at = 0; at !== -1 && at <= text.length; at = text.indexOf('\n', at) + 1 || -1)
    lines.addNewLine(at);
}

function offsetOf(doc: Document, path: Path, what: 'key' | 'value'): number {
  for (let length = path.length; length > 0; length--) {
    const whole = length === path.length;
    const node =
      what === 'key' && whole ? keyNode(doc, path) : doc.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function keyNode(doc: Document, path: Path): unknown {
  const around = path.length === 1 ? doc.contents : doc.getIn(path.slice(0, -1), true);
  if (!isMap(around)) return undefined;
  return around.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key;
}

function sliceOf(doc: Document, path: Path, text: string): string {
  const node = doc.getIn(path, true);
  if (!isNode(node) || !node.range) return '';
  const [from, to] = node.range;
  const margin = from - (text.lastIndexOf('\n', from - 1) + 1);
  const cut = new RegExp(`^ {1,${Math.max(1, margin)}}`);
  return text
    .slice(from, to)
    .trimEnd()
    .split('\n')
    .map((line, i) => (i === 0 ? line : line.replace(cut, '')))
    .join('\n');
}

/** Checks a file against its schema; every issue becomes a problem with its place and what stood there. */
export function checked<T>(
  schema: z.ZodType<T>,
  file: YamlFile,
  problems: Problems,
): T | undefined {
  const read = schema.safeParse(file.value);
  if (read.success) return read.data;
  for (const issue of read.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys)
        problems.add(
          file.atKey([...issue.path, key]),
          `unknown key ${key}. Remove it or mend its spelling.`,
          { code: 'unknown-name' },
        );
      continue;
    }
    const name = issue.path.map(String).join('.');
    problems.add(file.at(issue.path), `${name}: ${said(issue)}${gotAt(file.value, issue.path)}`, {
      code: issue.code === 'invalid_value' ? 'unknown-name' : 'bad-shape',
    });
  }
  return undefined;
}

/** What is not there at all is said in our words, not in those of the library. */
function said({ message }: { readonly message: string }): string {
  return message
    .replace(/^Invalid (?:input|option): /, '')
    .replace(/, received undefined$/, ', got nothing');
}

function gotAt(value: unknown, path: Path): string {
  let here: unknown = value;
  for (const key of path) here = (here as Record<PropertyKey, unknown> | undefined)?.[key];
  if (here === undefined || here === null) return '';
  return typeof here === 'object' ? '' : `, got ${JSON.stringify(here).slice(0, 80)}`;
}

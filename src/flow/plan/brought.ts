import { documentType, textName } from '../../core/document.ts';
import { typesOf } from '../../core/file-type.ts';
import type { Kind } from '../../core/kind.ts';
import type { MarkCounts } from '../../core/private-marks.ts';
import type { Contents } from '../../core/raise.ts';
import type { BodyId } from '../../core/id.ts';
import type { DraftFile } from '../ports/rows-work.ts';

/** The text of a document, which is all of it that anybody gets to read. */
export type DocumentText = {
  /** A body of its own, erased with the document's. */
  readonly body: BodyId;
  /** Bytes. */
  readonly size: number;
  /** What of the document is no text, e.g. `page 2 without text`. */
  readonly notes: readonly string[];
};

/**
 * A file that came with a request; size and hash are those of the bytes as they came. A document has its text, or
 * `unread`: why it could not be read and what to do, in words.
 */
export type BroughtFile = DraftFile & {
  /** Private marks in its text; absent where nothing of it is text, and in bodies from before they were counted. */
  readonly marks?: MarkCounts;
  readonly text?: DocumentText;
  readonly unread?: string;
};

/** What is said of a file before its bytes matter. */
export type AheadFile = Pick<BroughtFile, 'name' | 'size'> & Partial<BroughtFile>;

/** What is known of the text of files: the type of each and the marks in it. */
export function contentsOf(files: readonly AheadFile[]): readonly Contents[] {
  return files.flatMap(({ name, marks }) =>
    marks === undefined ? [] : [{ type: typesOf([name])[0] ?? '', marks }],
  );
}

/** What could not be read, a sentence for each. */
export function unreadWords(files: readonly AheadFile[]): readonly string[] {
  return files.flatMap(({ name, unread }) =>
    unread === undefined ? [] : [`I could not read ${name}: ${unread}`],
  );
}

/** What the plan says of the documents of a piece: what could not be read, and that a text comes back as a text. */
export function documentWords(
  files: readonly AheadFile[],
  kind: Kind | undefined,
): readonly string[] {
  const read = files.filter(({ text }) => text !== undefined);
  const isSame = kind?.sort === 'work' && kind.deliverable.type === 'same';
  const back = read.map(({ name }) => `${name} as ${textName(name)}`).join(', ');
  return [
    ...unreadWords(files),
    ...read.flatMap(({ name, text }) => (text?.notes ?? []).map((note) => `${name}: ${note}`)),
    ...(isSame && read.length > 0
      ? [`Its text alone is worked on; it comes back as Markdown: ${back}`]
      : []),
  ];
}

/**
 * The question about a file that is missing: which one where none came, else why those that came do not serve and what
 * would. `plain` is the question of the written rule.
 */
export function filesQuestion(
  plain: string,
  files: readonly AheadFile[],
  kind: Kind | undefined,
): string {
  const needed = kind?.sort === 'work' ? (kind.needs.files ?? []) : [];
  const serves = ({ name }: AheadFile): boolean =>
    typesOf([name]).some((type) => needed.includes(type));
  const unread = unreadWords(files);
  if (unread.length > 0) {
    const others = files.filter((file) => file.unread === undefined);
    const may = needed.length === 0 || others.some(serves) ? ', or say to go on without it' : '';
    return `${unread.join('\n')}\nPlease answer here in the thread${may}.`;
  }
  const other = files.filter((file) => !serves(file));
  if (other.length === 0 || needed.length === 0) return plain;
  const names = other.map(({ name }) => name).join(', ');
  const isRead = other.some(({ name }) => documentType(name) !== undefined);
  const why = isRead ? 'of no use for this' : 'of no type that I can read for this';
  return `${names}: ${why}. I need one of these types: ${needed.join(', ')}. Please add it here in the thread.`;
}

import type { LineAttribution } from '../core/attribution.ts';
import { mainAuthor, percentText, sharesSentence } from '../core/blame/blamed.ts';
import type { Blamed, BlamedAuthor, BlamedFile } from '../core/blame/blamed.ts';

/** Who wrote which words, for a terminal: letters in the margin, no colour. */
export function blameLines(blamed: Blamed): readonly string[] {
  const { number, version, sha256, rehearsal } = blamed;
  return [
    `${number}, draft ${version}, SHA-256 ${sha256}`,
    ...(rehearsal ? ['Rehearsal: stand-ins may have answered here.'] : []),
    '',
    ...legend(blamed.authors),
    sharesSentence(blamed),
    ...blamed.files.flatMap((file) => ['', ...fileLines(file, blamed.authors)]),
  ];
}

function legend(authors: readonly BlamedAuthor[]): readonly string[] {
  const marks = widest(authors.map(({ mark }) => mark));
  const shares = widest(authors.map(percentText));
  const words = widest(authors.map((author) => String(author.words)));
  return authors.map(
    (author) =>
      `  ${author.mark.padEnd(marks)}  ${percentText(author).padStart(shares)}  ${String(author.words).padStart(words)} words  ${plain(author.says)}`,
  );
}

function fileLines(file: BlamedFile, authors: readonly BlamedAuthor[]): readonly string[] {
  const head = [
    plain(file.name),
    ...(file.coarse
      ? [
          '  A version of it was too large, or too different, to be compared word by word: only long runs kept their author.',
        ]
      : []),
  ];
  const { content } = file;
  if (content.is === 'bytes') {
    const author = authors[content.author];
    return [
      ...head,
      `  No text. These bytes were first ${author?.says ?? 'there'} (${author?.mark ?? '?'}).`,
    ];
  }
  if (content.is === 'erased') {
    const words = file.shares.map(
      ({ source, words }) => `${authors[source]?.mark ?? '?'} ${words}`,
    );
    return [...head, `  The text was erased. Words that were whose: ${words.join(', ')}.`];
  }
  const numbers = String(content.lines.length).length;
  const marks = widest(authors.map(({ mark }) => mark));
  return [
    ...head,
    ...content.lines.map((line, i) => {
      const main = mainAuthor(line);
      const mark = main === null ? '' : (authors[main]?.mark ?? '?');
      const margin = `${String(i + 1).padStart(numbers + 2)}  ${mark.padEnd(marks)} |`;
      return `${margin} ${bracketed(line, main, authors)}`.trimEnd();
    }),
  ];
}

/** The text of a line; words by others than its main author stand in brackets after their letter. */
function bracketed(
  { text, runs }: LineAttribution,
  main: number | null,
  authors: readonly BlamedAuthor[],
): string {
  let end = 0;
  const parts = runs.map(({ source, from, to }) => {
    const before = text.slice(end, from);
    end = to;
    const words = text.slice(from, to);
    return before + (source === main ? words : `[${authors[source]?.mark ?? '?'} ${words}]`);
  });
  return plain(parts.join('') + text.slice(end));
}

/** A text that came from elsewhere steers no terminal. */
function plain(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}/gu, '\uFFFD');
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

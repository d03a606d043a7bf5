import type { LineAttribution, Run } from '../core/attribution.ts';
import { mainAuthor, percentText, sharesSentence } from '../core/blame/blamed.ts';
import type { Blamed, BlamedAuthor, BlamedFile } from '../core/blame/blamed.ts';
import { BLAME_STYLE, STYLES } from './blame-style.ts';

/**
 * Who wrote which words of a delivery, as one HTML page: nothing is loaded, no script runs. Authors are told apart by
 * letters and by how their words are underlined; colour only helps.
 */
export function blamePage(blamed: Blamed): Uint8Array {
  const title = `Who wrote which words of ${blamed.number}`;
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${safe(title)}</title>`,
    `<style>${BLAME_STYLE}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${safe(title)}</h1>`,
    ...(blamed.rehearsal
      ? ['<p><strong>Rehearsal: stand-ins may have answered here.</strong></p>']
      : []),
    `<p>${safe(sharesSentence(blamed))}</p>`,
    ...legend(blamed),
    ...blamed.files.flatMap((file) => filePart(file, blamed.authors)),
    '</main>',
    '</body>',
    '</html>',
  ].join('\n');
  return new TextEncoder().encode(`${html}\n`);
}

function legend({ authors, version, sha256 }: Blamed): readonly string[] {
  return [
    '<h2>Who is who</h2>',
    '<table class="who">',
    '<thead><tr><th scope="col">Letter</th><th scope="col">Who</th><th scope="col">Words</th></tr></thead>',
    '<tbody>',
    ...authors.map(
      (author, i) =>
        `<tr><th scope="row"><span class="${styleOf(i)}">${author.mark}</span></th><td>${safe(author.says)}</td><td>${author.words}, ${percentText(author)}</td></tr>`,
    ),
    '</tbody>',
    '</table>',
    '<p>The letter beside a line is who wrote most of it. Words of the line by somebody else stand in brackets, after the letter of who wrote them. White space is nobody’s.</p>',
    `<p>Draft ${version}, SHA-256 <code>${safe(sha256)}</code>.</p>`,
  ];
}

function filePart(file: BlamedFile, authors: readonly BlamedAuthor[]): readonly string[] {
  return [
    `<h2>${safe(file.name)}</h2>`,
    ...(file.coarse
      ? [
          '<p>A version of this file was too large, or too different from the one before, to be compared word by word: only long runs of words kept their author.</p>',
        ]
      : []),
    ...content(file, authors),
  ];
}

function content(
  { name, content: of, shares }: BlamedFile,
  authors: readonly BlamedAuthor[],
): readonly string[] {
  if (of.is === 'bytes') {
    const author = authors[of.author];
    const who = `${safe(author?.says ?? 'there')} (${author?.mark ?? '?'})`;
    return [`<p>This is no text. These bytes were first ${who}.</p>`];
  }
  if (of.is === 'erased') {
    const words = shares.map((share) => `${authors[share.source]?.mark ?? '?'}: ${share.words}`);
    return [
      `<p>The text was erased. What is left is how many words were whose: ${words.join(', ')}.</p>`,
    ];
  }
  return [
    '<table class="lines">',
    `<caption>Lines of ${safe(name)}</caption>`,
    '<thead><tr><th scope="col">Line</th><th scope="col">By</th><th scope="col">Text</th></tr></thead>',
    '<tbody>',
    ...of.lines.map((line, i) => lineRow(line, i + 1, authors)),
    '</tbody>',
    '</table>',
  ];
}

function lineRow(line: LineAttribution, number: number, authors: readonly BlamedAuthor[]): string {
  const main = mainAuthor(line);
  const mark = main === null ? '' : (authors[main]?.mark ?? '');
  const by = main === null ? '' : `<span class="${styleOf(main)}">${mark}</span>`;
  return `<tr><th scope="row">${number}</th><td>${by}</td><td dir="auto">${marked(line, main, authors)}</td></tr>`;
}

/** The text of a line, with the words of others than its main author in brackets. */
function marked(
  { text, runs }: LineAttribution,
  main: number | null,
  authors: readonly BlamedAuthor[],
): string {
  let end = 0;
  const parts = runs.map((run) => {
    const before = safe(text.slice(end, run.from));
    end = run.to;
    return before + runPart(text, run, run.source === main ? null : authors[run.source]);
  });
  return parts.join('') + safe(text.slice(end));
}

function runPart(text: string, { source, from, to }: Run, other: BlamedAuthor | null | undefined) {
  const words = `<span class="${styleOf(source)}">${safe(text.slice(from, to))}</span>`;
  if (other === null) return words;
  return `<span class="mark">[${other?.mark ?? '?'} </span>${words}<span class="mark">]</span>`;
}

function styleOf(author: number): string {
  return `by s${author === 0 ? 0 : 1 + ((author - 1) % (STYLES - 1))}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text for a page. What no page may hold, control characters, is shown as what cannot be shown. */
function safe(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
    .replace(/(?![\t\n])\p{Cc}/gu, '\uFFFD');
}

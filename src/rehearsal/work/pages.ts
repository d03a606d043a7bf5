import type { AnswerFile } from '../../core/answer.ts';
import { askFor, countWords, endingOf, type Reading, type Work } from '../reading.ts';

type Look = { readonly says: string; found(text: string): number };

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** What a reader of pages looks for first; `found` counts it in one page. */
const LOOKS: readonly Look[] = [
  { says: 'no title', found: (t) => (isPage(t) && !/<title>[^<]+<\/title>/i.test(t) ? 1 : 0) },
  {
    says: 'no description for search results',
    found: (t) => (isPage(t) && !/<meta[^>]+name="description"/i.test(t) ? 1 : 0),
  },
  {
    says: 'page language not stated',
    found: (t) => (isPage(t) && !/<html[^>]+\blang="/i.test(t) ? 1 : 0),
  },
  { says: 'no main heading', found: (t) => (/<h1[\s>]|^# /im.test(t) ? 0 : 1) },
  {
    says: 'images without a text alternative',
    found: (t) => count(t, /<img\b(?![^>]*\balt=)[^>]*>/gi),
  },
  {
    says: 'links that do not say where they lead',
    found: (t) =>
      count(t, />\s*(?:click here|here|read more)\s*</gi) +
      count(t, /\[(?:click here|here|read more)\]/gi),
  },
  {
    says: 'buttons or links without words',
    found: (t) => count(t, /<(a|button)\b[^>]*>\s*<\/\1>/gi),
  },
  { says: 'doubled words', found: (t) => count(withoutCode(t), /\b(\p{L}{2,})\s+\1\b/giu) },
  { says: 'placeholder text', found: (t) => count(t, /lorem ipsum|\bTBD\b|text to come/gi) },
  { says: 'fewer than 60 words', found: (t) => (countWords(withoutCode(t)) < 60 ? 1 : 0) },
];

/** A table of the given pages: words, headings, links, images, and what to do on each. */
export function auditPages(reading: Reading): Work {
  const pages = reading.files.filter((file) =>
    ['html', 'htm', 'md', 'txt'].includes(endingOf(file.name)),
  );
  if (pages.length === 0)
    return askFor('Which pages should I look at? No page came with the request.');
  const head = [
    '| Page | Words | Headings | Links | Images | To do |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
  ];
  const open = pages.filter((page) => toDo(page).length > 0).length;
  const summary = `${pages.length} ${pages.length === 1 ? 'page was' : 'pages were'} read. ${open} of them ${open === 1 ? 'needs' : 'need'} work.`;
  const text = ['# Page audit', '', summary, '', ...head, ...pages.map(row), ''].join('\n');
  return {
    files: [{ name: reading.fileName ?? 'page-audit.md', text }],
    questions: [],
    assumptions: ['Only the files that came with the request were read, not the live site.'],
    minutes: 10 + 12 * pages.length,
  };
}

function row(page: AnswerFile): string {
  const t = page.text;
  const cells = [
    `\`${page.name}\``,
    countWords(withoutCode(t)),
    count(t, /<h[1-6][\s>]/gi) + count(t, /^#{1,6} /gm),
    count(t, /<a\s[^>]*href=/gi) + count(t, /\]\(/g),
    count(t, /<img\b/gi),
    toDo(page).join('; ') || 'nothing found',
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

function toDo(page: AnswerFile): string[] {
  return LOOKS.flatMap((look) => {
    const found = look.found(page.text);
    return found === 0 ? [] : [found === 1 ? look.says : `${look.says} (${found})`];
  });
}

function isPage(text: string): boolean {
  return /<html[\s>]/i.test(text);
}

function withoutCode(text: string): string {
  return text.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' \u0000 ');
}

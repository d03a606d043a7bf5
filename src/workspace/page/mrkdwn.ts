/**
 * Slack's mrkdwn, parsed into marks. Format: https://docs.slack.dev/messaging/formatting-message-text
 * Pure: it knows no document, so the tests read it as it is.
 */
import { inline, isSafeLink, type Mark, type Passage, type Rule } from './marks.ts';

/** Undoes the three escapes Slack requires of & < >. */
export function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const SIGNS: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔',
  x: '❌',
  warning: '⚠️',
  hourglass_flowing_sand: '⏳',
  eyes: '👀',
  memo: '📝',
  lock: '🔒',
  tada: '🎉',
  wave: '👋',
  thumbsup: '👍',
  '+1': '👍',
};

/** What stands for an emoji's short name; the name itself in colons where the page has no sign for it. */
export function sign(name: string): string {
  return SIGNS[name] ?? `:${name}:`;
}

/** What the first sign after `<` means; the rest is an address. */
const SIGILS: Readonly<Record<string, (rest: string, label: string | undefined) => Mark>> = {
  '@': (id, label) => ({ type: 'user', id, ...(label === undefined ? {} : { label }) }),
  '#': (id, label) => ({ type: 'channel', id, ...(label === undefined ? {} : { label }) }),
  '!': (name, label) =>
    name.startsWith('date^')
      ? { type: 'text', text: label ?? name }
      : { type: 'special', label: label ?? `@${name}` },
};

/** `<...>`: a mention of a person, a channel or a group, a date, or a link. */
function angle(inside: string): Mark {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : unescape(inside.slice(bar + 1));
  const special = SIGILS[target.charAt(0)];
  if (special !== undefined) return special(target.slice(1), label);
  const url = unescape(target);
  if (isSafeLink(url)) return { type: 'link', url, label: label ?? url };
  return { type: 'text', text: unescape(label ?? `<${inside}>`) };
}

const paired = (sigil: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}${sigil}])${sigil}(?=[^\\s${sigil}])([^${sigil}\\n]*[^\\s${sigil}])${sigil}(?![\\p{L}\\p{N}${sigil}])`,
    'u',
  );

const RULES: readonly Rule[] = [
  { pattern: /<([^<>\n]+)>/u, make: (match) => angle(match[1] ?? '') },
  {
    pattern: /`([^`\n]+)`/u,
    make: (match) => ({ type: 'code', text: unescape(match[1] ?? '') }),
  },
  {
    pattern: paired('\\*'),
    make: (match, parse) => ({ type: 'bold', children: parse(match[1] ?? '') }),
  },
  {
    pattern: paired('_'),
    make: (match, parse) => ({ type: 'italic', children: parse(match[1] ?? '') }),
  },
  {
    pattern: paired('~'),
    make: (match, parse) => ({ type: 'strike', children: parse(match[1] ?? '') }),
  },
  { pattern: /:([a-z0-9_+-]+):/u, make: (match) => ({ type: 'text', text: sign(match[1] ?? '') }) },
];

const line = (text: string): Passage => ({ type: 'line', children: inline(text, RULES, unescape) });

const isQuote = (text: string): boolean => /^(&gt;|>)/.test(text);

/** Lines outside code fences; runs of lines that begin with > become one quote. */
function lines(text: string): readonly Passage[] {
  const passages: Passage[] = [];
  let quote: Passage[] | undefined;
  for (const one of text.split('\n')) {
    if (!isQuote(one)) {
      quote = undefined;
      passages.push(line(one));
      continue;
    }
    if (quote === undefined) {
      quote = [];
      passages.push({ type: 'quote', children: quote });
    }
    quote.push(line(one.replace(/^(&gt;|>) ?/, '')));
  }
  return passages;
}

/** Parses a whole mrkdwn text. Nothing is ever dropped: what is not understood stays as text. */
export function parseMrkdwn(text: string): readonly Passage[] {
  return text.split('```').flatMap((part, index, parts): readonly Passage[] => {
    const closed = index % 2 === 1 && index < parts.length - 1;
    if (closed) return [{ type: 'pre', text: unescape(part.replace(/^\n|\n$/g, '')) }];
    const open = index % 2 === 1 ? `\`\`\`${part}` : part.replace(/^\n/, '').replace(/\n$/, '');
    return open === '' ? [] : lines(open);
  });
}

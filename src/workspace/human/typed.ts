import type { Wire } from '../wire/wire.ts';

/** What Slack has already made of a text: mentions and links in angle brackets. */
const TOKEN = /<(?:@U[A-Z0-9]+|#C[A-Z0-9]+)(?:\|[^<>]*)?>/g;
const PIECE = /https?:\/\/[^\s<>]+|(?<![\w/])@([a-z][a-z0-9._-]*)|(?<![\w/&])#([a-z][a-z0-9_-]*)/gi;

/**
 * Turns what a person typed into what Slack tells the app: `@name` and `#channel` become mentions, addresses become
 * links, and & < > are escaped. https://docs.slack.dev/messaging/formatting-message-text
 * `labels` adds names to mentions, as slash commands with should_escape do.
 */
export function typed(wire: Wire, text: string, labels = false): string {
  const parts: string[] = [];
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    parts.push(plain(wire, text.slice(at, found.index), labels), found[0]);
    at = found.index + found[0].length;
  }
  return [...parts, plain(wire, text.slice(at), labels)].join('');
}

function plain(wire: Wire, text: string, labels: boolean): string {
  const parts: string[] = [];
  let at = 0;
  for (const found of text.matchAll(PIECE)) {
    parts.push(escape(text.slice(at, found.index)), piece(wire, found, labels));
    at = found.index + found[0].length;
  }
  return [...parts, escape(text.slice(at))].join('');
}

function piece(wire: Wire, found: RegExpExecArray, labels: boolean): string {
  const [whole, person, channel] = found;
  if (person !== undefined)
    return mention(
      '@',
      wire.board.all('person').find(({ name }) => name === person.toLowerCase()),
      { whole, labels },
    );
  if (channel !== undefined)
    return mention(
      '#',
      wire.board
        .all('channel')
        .find(({ name, kind }) => kind !== 'im' && name === channel.toLowerCase()),
      { whole, labels },
    );
  const tail = /[.,;:!?)\]}'"]+$/.exec(whole)?.[0] ?? '';
  return `<${escape(whole.slice(0, whole.length - tail.length))}>${tail}`;
}

function mention(
  sign: string,
  known: { readonly id: string; readonly name: string } | undefined,
  as: { readonly whole: string; readonly labels: boolean },
): string {
  if (known === undefined) return escape(as.whole);
  return as.labels ? `<${sign}${known.id}|${known.name}>` : `<${sign}${known.id}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

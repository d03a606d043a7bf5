import type { Moment } from '../core/moment.ts';

/** mrkdwn in which nothing untrusted is markup. Only this file makes it. */
export type SafeText = string & { readonly __text: 'safe mrkdwn' };

const CONTROL = /(?!\n)(?:\p{Cc}|[\u202a-\u202e\u2066-\u2069])/gu;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Without control signs, signs that turn the direction of writing, and broken halves of a sign. */
function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(LONE_SURROGATE, '\ufffd').replace(CONTROL, ' ');
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
}

/** Cuts plain text so that it has at most `most` characters once `as` has written it, and says that it was cut. */
function fitted(text: string, most: number, as: (part: string) => string): string {
  if (text.length <= most && as(text).length <= most) return as(text);
  const note = ` … (cut; ${text.length.toLocaleString('en-US')} characters in all)`;
  let left = most - note.length;
  let kept = '';
  for (const sign of text) {
    left -= as(sign).length;
    if (left < 0) break;
    kept += sign;
  }
  return as(kept) + note;
}

/** Untrusted text over several lines. Mentions, links and channel calls in it are dead letters. */
export function safe(text: string, most = 2000): SafeText {
  return fitted(clean(text).trim(), most, escaped) as SafeText;
}

/** Untrusted text on one line. */
export function line(text: string, most = 300): SafeText {
  return safe(text.replace(/\s+/g, ' '), most);
}

/** Untrusted text as code: for quotes of a draft, hashes and addresses nobody should follow. */
export function code(text: string, most = 300): SafeText {
  const inside = line(text.replaceAll('`', "'"), most);
  return (inside === '' ? '' : `\`${inside}\``) as SafeText;
}

/** Untrusted text for `plain_text` objects and file titles, where Slack reads no markup at all. */
export function plain(text: string, most: number): string {
  return fitted(clean(text).replace(/\s+/g, ' ').trim(), most, (part) => part);
}

/** Text as somebody may have typed it, over several lines, for an input that holds it already. */
export function typed(text: string, most: number): string {
  return clean(text.slice(0, most));
}

/** Our own words with values put in: `say`#${number}: ${safe(title)}``. */
export function say(
  words: TemplateStringsArray,
  ...values: readonly (SafeText | number)[]
): SafeText {
  return words.map((word, i) => word + String(values[i] ?? '')).join('') as SafeText;
}

export const NOTHING = '' as SafeText;

/** Joins what is not empty. */
export function join(parts: readonly SafeText[], between: ' · ' | '\n' | ' ' | ', '): SafeText {
  return parts.filter((part) => part !== '').join(between) as SafeText;
}

export function bold(text: SafeText): SafeText {
  return (text === '' ? '' : `*${text.replaceAll('*', '∗')}*`) as SafeText;
}

/** Calls one person by Slack id; anything that is no Slack id is shown as plain text. */
export function person(user: string): SafeText {
  return /^[UW][A-Z0-9]{2,20}$/.test(user) ? (`<@${user}>` as SafeText) : line(user, 80);
}

/** Names a channel by Slack id, a direct message as such; anything else is shown as plain text. */
export function channel(id: string): SafeText {
  if (/^D[A-Z0-9]{2,20}$/.test(id)) return 'direct message' as SafeText;
  return /^[CG][A-Z0-9]{2,20}$/.test(id) ? (`<#${id}>` as SafeText) : line(id, 80);
}

/** A moment in the reader's own time zone; the fallback is UTC. docs.slack.dev/messaging/formatting-message-text#date-formatting */
export function when(at: Moment): SafeText {
  const utc = `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${utc}>` as SafeText;
}

/** A moment told beside a later one: the time of day alone, unless it was on another day. */
export function shortly(at: Moment, before: Moment): SafeText {
  const [day, other] = [at, before].map((one) => new Date(one).toISOString().slice(0, 10));
  if (day !== other) return when(at);
  const utc = `${new Date(at).toISOString().slice(11, 16)} UTC`;
  return `<!date^${Math.floor(at / 1000)}^{time}|${utc}>` as SafeText;
}

/** Where the engines of the gate explain their rules. Every other address is shown, never linked. */
const HOSTS: readonly string[] = [
  'www.w3.org',
  'alfa.siteimprove.com',
  'html-validate.org',
  'eslint.org',
  'writewithharper.com',
  'developer.wordpress.org',
];

/** An address as a link where its host is on our list and it is https; else as code. */
export function address(url: string): SafeText {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const known = parsed?.protocol === 'https:' && parsed.port === '' && parsed.username === '';
  if (parsed === undefined || !known || !HOSTS.includes(parsed.hostname)) return code(url, 200);
  return `<${escaped(parsed.href).replaceAll('|', '%7C')}>` as SafeText;
}

/** Where Slack gives no way to forbid links (the comment of an upload): addresses stay readable and cannot be clicked. */
export function unlinked(text: string): string {
  return text.replaceAll('://', ':\u2060//').replace(/\bwww\./gi, (www) => `${www}\u2060`);
}

import type { Block, Message } from '../../workspace/human/protocol.ts';
import { nameOf } from './cast.ts';

type Json = Readonly<Record<string, unknown>>;

/** Names of channels by id, for the places a message points to. */
export type Places = (channel: string) => string;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const listIn = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter(isJson) : [];

/** Stands on every message of a rehearsal; the transcript says it once. */
const REHEARSAL = /^REHEARSAL: (?:stand-ins may .*|)/;

/** What a person reads in a message, line by line, its buttons in brackets on the last one. */
export function linesOf(
  message: Pick<Message, 'text' | 'blocks' | 'files'>,
  places: Places,
): readonly string[] {
  const body =
    message.blocks === undefined ? message.text.split('\n') : message.blocks.flatMap(blockLines);
  const files = (message.files ?? []).map((file) => `+ ${file.title} (${sizeText(file.size)})`);
  return [...body, ...files]
    .map((line) => plain(line, places).replace(REHEARSAL, '').trim())
    .filter((line) => line !== '');
}

function blockLines(block: Block): readonly string[] {
  if (block.type === 'actions') return [listIn(block['elements']).map(label).join(' ')];
  if (block.type === 'context') return listIn(block['elements']).map((one) => textIn(one));
  const text = isJson(block['text']) ? textIn(block['text']) : '';
  // A section with a menu is one piece of a plan: a line of its own.
  return isJson(block['accessory']) ? [text.split('\n').join(' · ')] : text.split('\n');
}

function textIn(holder: Json): string {
  const text = holder['text'];
  return typeof text === 'string' ? text : '';
}

function label(element: Json): string {
  return isJson(element['text']) ? `[${textIn(element['text'])}]` : '[⋯]';
}

/** Slack's markup as plain words. docs.slack.dev/messaging/formatting-message-text */
function plain(text: string, places: Places): string {
  return text
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, user: string) => `@${nameOf(user)}`)
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (_, channel: string) => places(channel))
    .replace(/<!date\^(\d+)\^[^>]*>/g, (_, at: string) => clock(Number(at) * 1000))
    .replace(/<([^|>]+)\|([^>]*)>/g, '$2')
    .replace(/<(https?:[^>]+)>/g, '$1')
    .replace(/(^|\s)\*([^*\n]+)\*/g, '$1$2')
    .replaceAll('`', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/**
 * What an edit of a message changed: lines that were not there before. Of a piece of a plan that only moved on, its
 * name and where it is now.
 */
export function changesIn(before: readonly string[], now: readonly string[]): readonly string[] {
  return now
    .filter((line) => !before.some((old) => same(old, line)) && !/^\[.*\]$/.test(line))
    .map((line) => {
      const [head = '', ...rest] = line.split(' · ');
      const stem = [head, ...rest.slice(0, -1)].join(' · ');
      const moved = /^\d+ {2}/.test(head) && before.some((old) => old.startsWith(`${stem} · `));
      return moved ? `${head} → ${rest.at(-1) ?? ''}` : line;
    });
}

/** Whom a card calls at its end changes with whom it waits for; the line stays the same. */
function same(a: string, b: string): boolean {
  return uncalled(a) === uncalled(b);
}

function uncalled(line: string): string {
  return line.replace(/\s+@\w+$/, '');
}

/** `09:04:12`, where the machine is. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour12: false });
}

export function sizeText(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

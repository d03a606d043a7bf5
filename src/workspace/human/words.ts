import { isJson, type Json } from '../check/probe.ts';
import type { Block, Message } from './protocol.ts';

/** All words of a block or element, in order: what a person reads, without types, ids and values. */
function wordsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (!isJson(value)) return [];
  if (typeof value['text'] === 'string') return [value['text'], ...wordsIn(rest(value, ['text']))];
  return wordsIn(rest(value, []));
}

const SILENT = new Set([
  'type',
  'block_id',
  'action_id',
  'value',
  'url',
  'style',
  'confirm',
  'options',
  'option_groups',
]);

function rest(value: Json, but: readonly string[]): readonly unknown[] {
  return Object.entries(value)
    .filter(([name]) => !SILENT.has(name) && !but.includes(name))
    .map(([, inner]) => inner);
}

/** Everything a person reads in blocks, one line per text. */
export function wordsOfBlocks(blocks: readonly Block[]): string {
  return wordsIn(blocks).join('\n');
}

/** Everything a person reads in a message: its blocks, or its text where it has none, and its files' names. */
export function wordsOf(message: Pick<Message, 'text' | 'blocks' | 'files'>): string {
  const body = message.blocks === undefined ? message.text : wordsOfBlocks(message.blocks);
  return [body, ...(message.files ?? []).map((file) => `[${file.name}]`)]
    .filter((line) => line !== '')
    .join('\n');
}

/** The visible labels of the buttons and menus on a surface, for messages about what was not found. */
export function labelOf(element: Json): string {
  const text = element['text'];
  return isJson(text) && typeof text['text'] === 'string'
    ? text['text']
    : String(element['action_id'] ?? element['type']);
}

/** The visible text of an option. */
export function optionText(option: Json): string {
  return labelOf({ text: option['text'] });
}

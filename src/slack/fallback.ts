import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import type { Blocks } from './blocks.ts';
import { LIMITS } from './limits.ts';
import { line } from './text.ts';

const DATE = /<!date\^[^|>]*\|([^>]*)>/g;
const ROOM = LIMITS.messageText - 100;

type Worded = { readonly text?: { readonly text?: string } };

/** Labels are plain text in blocks, but the text of a message is mrkdwn: so they are escaped here. */
function elementWords(element: ActionsBlockElement): string[] {
  if (element.type === 'button') return [line(element.text.text)];
  if (element.type !== 'overflow' && element.type !== 'static_select') return [];
  return (element.options ?? []).map((o) => line(o.text.text));
}

function blockWords(block: KnownBlock): string {
  if (block.type === 'context')
    return block.elements.map((e) => ('text' in e ? String(e.text) : '')).join(' · ');
  if (block.type === 'actions')
    return `Choices: ${block.elements.flatMap(elementWords).join(' | ')}`;
  return (block as Worded).text?.text ?? '';
}

/**
 * The same information in words: for notifications, for screen readers and where blocks are not shown. Made from the
 * blocks, so that it can never say less; over Slack's limit it is cut and says so.
 */
export function fallback(blocks: Blocks): string {
  const words = blocks
    .map(blockWords)
    .filter((w) => w !== '')
    .join('\n')
    .replace(DATE, '$1');
  if (words.length <= ROOM) return words;
  // A cut must not split an escape or a mention.
  const kept = words.slice(0, ROOM).replace(/(&[a-z]{0,3}|<[^>]*)$/, '');
  return `${kept} … (cut; the whole message is in its blocks)`;
}

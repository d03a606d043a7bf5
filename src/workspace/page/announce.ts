import type { Message } from '../human/protocol.ts';
import { byId } from './dom.ts';
import { channelName, personName } from './scene.ts';
import type { Passage } from './marks.ts';
import { parseMrkdwn } from './mrkdwn.ts';
import { directoryOf, isReply, type World } from './world.ts';

const SPOKEN = 200;

function words(world: World, passage: Passage): string {
  if (passage.type === 'pre') return passage.text;
  if (passage.type !== 'line') return '';
  const directory = directoryOf(world);
  return passage.children
    .map((mark) => {
      if (mark.type === 'user') return mark.label ?? personName(directory, mark.id);
      if ('text' in mark) return mark.text;
      return 'label' in mark
        ? (mark.label ?? '')
        : words(world, { type: 'line', children: 'children' in mark ? mark.children : [] });
    })
    .join('');
}

/** What somebody did with a message that the world may already know. */
export function verbFor(world: World, message: Message): string {
  if (world.messages.get(message.channel)?.has(message.ts) === true) return 'changed a message';
  return isReply(message) ? 'replied' : 'wrote';
}

/** Speaks a message of somebody else through the page's polite live region. */
export function announce(world: World, message: Message, verb: string): void {
  if (message.user === world.state.me.id) return;
  const directory = directoryOf(world);
  const elsewhere = message.channel !== world.channel;
  const where = elsewhere ? ` in ${channelName(directory, message.channel)}` : '';
  const text = parseMrkdwn(message.text)
    .map((passage) => words(world, passage))
    .join(' ');
  const who = personName(directory, message.user);
  byId('live').textContent = `${who} ${verb}${where}: ${text.slice(0, SPOKEN)}`;
}

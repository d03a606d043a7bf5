import type { RichTextBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import { type Child, h } from './dom.ts';
import { isSafeLink } from './marks.ts';
import { sign } from './mrkdwn.ts';
import { mention, outward, scrolling } from './prose.ts';
import { channelName, type Directory } from './scene.ts';

type Bare = (directory: Directory, element: RichTextElement) => Child;

const bare: Bare = (directory, element) => {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link': {
      const label = element.text ?? element.url;
      return isSafeLink(element.url) ? outward(element.url, label) : `${label} (${element.url})`;
    }
    case 'user':
      return mention(directory, element.user_id);
    case 'channel':
      return h('span', { class: 'mention' }, `#${channelName(directory, element.channel_id)}`);
    case 'usergroup':
      return h('span', { class: 'mention' }, `@${element.usergroup_id}`);
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${element.range}`);
    case 'team':
      return element.team_id;
    case 'emoji':
      return sign(element.name);
    case 'color':
      return h('code', {}, element.value);
    case 'date':
      return element.fallback ?? new Date(element.timestamp * 1000).toLocaleString();
  }
};

const STYLES = [
  ['code', 'code'],
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 's'],
] as const;

function styled(directory: Directory, element: RichTextElement): Child {
  let child = bare(directory, element);
  for (const [style, tag] of STYLES) {
    if (element.style?.[style] === true) child = h(tag, {}, child);
  }
  return child;
}

function run(directory: Directory, elements: readonly RichTextElement[]): readonly Child[] {
  return elements.map((element) => styled(directory, element));
}

function part(directory: Directory, element: RichTextBlockElement): HTMLElement {
  switch (element.type) {
    case 'rich_text_section':
      return h('p', {}, ...run(directory, element.elements));
    case 'rich_text_quote':
      return h('blockquote', {}, h('p', {}, ...run(directory, element.elements)));
    case 'rich_text_preformatted':
      return scrolling('Code', h('pre', {}, ...run(directory, element.elements)));
    case 'rich_text_list': {
      const items = element.elements.map((item) => h('li', {}, ...run(directory, item.elements)));
      const indent = { class: `indent-${Math.min(element.indent ?? 0, 4)}` };
      return element.style === 'ordered' ? h('ol', indent, ...items) : h('ul', indent, ...items);
    }
  }
}

/** A rich_text block as elements. Format: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function richText(directory: Directory, block: RichTextBlock): HTMLElement {
  return h('div', { class: 'prose' }, ...block.elements.map((one) => part(directory, one)));
}

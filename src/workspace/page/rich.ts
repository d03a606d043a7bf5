import type { RichTextBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import { type Child, h } from './dom.ts';
import { isSafeLink } from './marks.ts';
import { sign } from './mrkdwn.ts';
import { mention, outward, scrolling } from './prose.ts';
import { channelName, type Directory } from './scene.ts';

type Of<T extends RichTextElement['type']> = Extract<RichTextElement, { type: T }>;
type Draw<T extends RichTextElement['type']> = (element: Of<T>, directory: Directory) => Child;

const tag = (name: string): HTMLElement => h('span', { class: 'mention' }, name);

const BARE: { readonly [T in RichTextElement['type']]: Draw<T> } = {
  text: (element) => element.text,
  link: ({ text, url }) =>
    isSafeLink(url) ? outward(url, text ?? url) : `${text ?? 'link'} (${url})`,
  user: (element, directory) => mention(directory, element.user_id),
  channel: (element, directory) => tag(`#${channelName(directory, element.channel_id)}`),
  usergroup: (element) => tag(`@${element.usergroup_id}`),
  broadcast: (element) => tag(`@${element.range}`),
  team: (element) => element.team_id,
  emoji: (element) => sign(element.name),
  color: (element) => h('code', {}, element.value),
  date: (element) => element.fallback ?? new Date(element.timestamp * 1000).toLocaleString(),
};

function bare<T extends RichTextElement['type']>(
  directory: Directory,
  element: Of<T> & { type: T },
): Child {
  return BARE[element.type](element, directory);
}

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

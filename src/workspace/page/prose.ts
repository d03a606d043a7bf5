import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { type Child, h } from './dom.ts';
import type { Mark, Passage } from './marks.ts';
import { parseMarkdown } from './markdown.ts';
import { parseMrkdwn, sign } from './mrkdwn.ts';
import { channelName, type Directory, personName } from './scene.ts';

/** A mention; one of the person reading stands out by weight and border, not by colour alone. */
export function mention(directory: Directory, id: string, label?: string): HTMLElement {
  const mine = id === directory.me ? 'mention mine' : 'mention';
  return h('span', { class: mine }, `@${label ?? personName(directory, id)}`);
}

/** A link out of the page. */
export function outward(url: string, label: string): HTMLElement {
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
}

type Of<T extends Mark['type']> = Extract<Mark, { type: T }>;
type Draw<T extends Mark['type']> = (directory: Directory, one: Of<T>) => Child;

const tag = (name: string): HTMLElement => h('span', { class: 'mention' }, name);

const span =
  (name: 'strong' | 'em' | 's') =>
  (directory: Directory, one: { readonly children: readonly Mark[] }): Child =>
    h(name, {}, ...marks(directory, one.children));

const MARKS: { readonly [T in Mark['type']]: Draw<T> } = {
  text: (_, one) => one.text,
  code: (_, one) => h('code', {}, one.text),
  bold: span('strong'),
  italic: span('em'),
  strike: span('s'),
  link: (_, one) => outward(one.url, one.label),
  user: (directory, one) => mention(directory, one.id, one.label),
  channel: (directory, one) => tag(`#${one.label ?? channelName(directory, one.id)}`),
  special: (_, one) => tag(one.label),
};

function mark<T extends Mark['type']>(directory: Directory, one: Of<T> & { type: T }): Child {
  return MARKS[one.type](directory, one);
}

/** Marks as elements. */
export function marks(directory: Directory, all: readonly Mark[]): readonly Child[] {
  return all.map((one) => mark(directory, one));
}

/** A box that scrolls sideways by itself, reachable by keyboard, so that the page never has to. */
export function scrolling(label: string, content: HTMLElement): HTMLElement {
  return h(
    'div',
    { class: 'scroller', tabindex: '0', role: 'group', 'aria-label': label },
    content,
  );
}

function passage(directory: Directory, one: Passage): HTMLElement {
  switch (one.type) {
    case 'line':
      return h('p', {}, ...marks(directory, one.children));
    case 'heading':
      return h('p', { class: `md-heading md-${one.level}` }, ...marks(directory, one.children));
    case 'quote':
      return h('blockquote', {}, ...passages(directory, one.children));
    case 'pre':
      return scrolling('Code', h('pre', {}, one.text));
    case 'list': {
      const items = one.items.map((item) => h('li', {}, ...marks(directory, item)));
      return one.ordered ? h('ol', {}, ...items) : h('ul', {}, ...items);
    }
    case 'rule':
      return h('hr');
  }
}

function passages(directory: Directory, all: readonly Passage[]): readonly HTMLElement[] {
  return all.map((one) => passage(directory, one));
}

/** A mrkdwn text as elements. */
export function mrkdwn(directory: Directory, text: string): HTMLElement {
  return h('div', { class: 'prose' }, ...passages(directory, parseMrkdwn(text)));
}

/** A Markdown text as elements. */
export function markdown(directory: Directory, text: string): HTMLElement {
  return h('div', { class: 'prose' }, ...passages(directory, parseMarkdown(text)));
}

/** A plain text: only emoji names become signs. */
export function plain(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name: string) => sign(name));
}

/** Slack's text object as elements. */
export function textObject(
  directory: Directory,
  text: PlainTextElement | MrkdwnElement,
): HTMLElement {
  if (text.type === 'mrkdwn') return mrkdwn(directory, text.text);
  return h('div', { class: 'prose plain' }, plain(text.text));
}

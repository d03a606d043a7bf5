import type {
  Button,
  CardBlock,
  ContainerBlock,
  PlanBlock,
  TaskCardBlock,
  VideoBlock,
} from '@slack/types';
import { type Child, h } from './dom.ts';
import { outward, plain, textObject } from './prose.ts';
import { richText } from './rich.ts';
import type { Scene } from './scene.ts';

interface Picture {
  readonly alt_text: string;
  readonly image_url?: string;
  readonly title?: { readonly text: string };
}

const isHere = (url: string): boolean =>
  url.startsWith('data:image/') || new URL(url, location.href).origin === location.origin;

/** An image. One from elsewhere is not fetched (the page loads nothing from outside); its description and link stand for it. */
export function image(picture: Picture, small = false): HTMLElement {
  const url = picture.image_url ?? '';
  if (url === '' || !isHere(url)) {
    const label = `Image: ${picture.alt_text}`;
    return url === '' ? h('span', { class: 'unknown' }, label) : outward(url, label);
  }
  const img = h('img', {
    src: url,
    alt: picture.alt_text,
    class: small ? 'small' : 'picture',
    loading: 'lazy',
  });
  if (small || picture.title === undefined) return img;
  return h('figure', {}, img, h('figcaption', {}, plain(picture.title.text)));
}

const STATUS = {
  pending: 'to do',
  in_progress: 'under way',
  complete: 'done',
  error: 'failed',
} as const;

/** One task of a plan: its status in words beside the sign. */
export function taskCard(block: TaskCardBlock, scene: Scene): HTMLElement {
  return h(
    'div',
    { class: `task ${block.status}` },
    h(
      'p',
      {},
      h('strong', {}, plain(block.title)),
      ' ',
      h('span', { class: 'tag' }, STATUS[block.status]),
    ),
    block.details ? richText(scene.directory, block.details) : null,
    block.output ? richText(scene.directory, block.output) : null,
  );
}

const isTask = (task: object): task is TaskCardBlock => 'title' in task && 'status' in task;

/** A plan: its title and its tasks in order. */
export function plan(block: PlanBlock, scene: Scene): HTMLElement {
  const tasks = (block.tasks ?? [])
    .filter(isTask)
    .map((task) => h('li', {}, taskCard(task, scene)));
  return h(
    'div',
    { class: 'plan' },
    h(`h${scene.heading}`, {}, plain(block.title)),
    h('ol', {}, ...tasks),
  );
}

/** A container: a disclosure when it may collapse. */
export function container(block: ContainerBlock, children: readonly HTMLElement[]): HTMLElement {
  const title = plain(block.title?.text ?? 'Details');
  if (block.is_collapsible !== true) {
    return h('div', { class: 'container' }, h('p', {}, h('strong', {}, title)), ...children);
  }
  const open = block.default_collapsed !== true;
  return h('details', { class: 'container', open }, h('summary', {}, title), ...children);
}

/** A video: never played here, only named and linked. */
export function video(block: VideoBlock): HTMLElement {
  const label = `Video: ${block.title.text}`;
  return h('p', {}, block.title_url === undefined ? label : outward(block.title_url, label));
}

/** A card: title, subtitle, body and its buttons. */
export function card(
  block: CardBlock,
  draw: (element: Button) => HTMLElement,
  scene: Scene,
): HTMLElement {
  const text = (one: CardBlock['title']): Child =>
    one === undefined ? null : textObject(scene.directory, one);
  return h(
    'div',
    { class: 'mini-card' },
    h('div', { class: 'mini-title' }, text(block.title)),
    text(block.subtitle),
    text(block.body),
    block.actions === undefined ? null : h('div', { class: 'actions' }, ...block.actions.map(draw)),
  );
}

/** What a child may be: nothing, text (always set as text, never parsed), or a node. */
export type Child = Node | string | null | undefined | false;

type Props = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>;

/**
 * Makes one element. A string prop is an attribute, `true` an empty attribute, a function an event listener named
 * by its key (`click`), undefined and false nothing. Text only ever becomes text nodes: there is no way to hand in markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (typeof value === 'string') element.setAttribute(key, value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Text for screen readers only. */
export function hidden(text: string): HTMLSpanElement {
  return h('span', { class: 'unseen' }, text);
}

/** The element of index.html with this id; a missing one is a fault of the page itself. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no element with the id "${id}"`);
  return found;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Line icons on a 16 x 16 grid; each is the `d` of one path. */
const ICONS = {
  file: 'M4 1.5h5l3 3v10H4zM9 1.5v3h3',
  reply: 'M2 3.5h12v8H7l-3 2.5v-2.5H2z',
  send: 'M2 8h11M9 3.5 13.5 8 9 12.5',
  clip: 'M12.5 7 7 12.5a3 3 0 0 1-4.3-4.2L8.6 2.4a2 2 0 0 1 2.9 2.9L6 10.7',
  close: 'm3.5 3.5 9 9m0-9-9 9',
  menu: 'M2 4h12M2 8h12M2 12h12',
  more: 'M3 7.6a.4.4 0 1 0 .01 0zM8 7.6a.4.4 0 1 0 .01 0zM13 7.6a.4.4 0 1 0 .01 0z',
  lock: 'M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  down: 'M8 2v8.5M4.5 7.5 8 11l3.5-3.5M3 14h10',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
} as const;

export type IconName = keyof typeof ICONS;

/** A decorative icon, hidden from assistive technology: the control beside it carries the name. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

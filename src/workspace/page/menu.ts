import { type Child, h } from './dom.ts';

/** One thing to choose in a menu. */
export interface Item {
  readonly label: string;
  readonly note?: string;
  readonly choose: () => void;
}

const step = (list: HTMLElement, by: number): void => {
  const buttons = [...list.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
};

interface Parts {
  readonly wrap: HTMLElement;
  readonly opener: HTMLElement;
  readonly list: HTMLElement;
}

/** Closes the one open menu of the page, if any. */
let closeOpen = (): void => {};

function open(parts: Parts, items: readonly Item[]): void {
  const { wrap, opener, list } = parts;
  closeOpen();
  const away = (event: Event): void => {
    if (event.target instanceof Node && !wrap.contains(event.target)) closeOpen();
  };
  closeOpen = (): void => {
    closeOpen = (): void => {};
    opener.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', away);
    list.remove();
  };
  const choose = (item: Item) => (): void => {
    closeOpen();
    opener.focus();
    item.choose();
  };
  opener.setAttribute('aria-expanded', 'true');
  list.replaceChildren(...items.map((item) => entry(item, choose(item))));
  wrap.append(list);
  place(list);
  document.addEventListener('pointerdown', away);
  list.querySelector('button')?.focus();
}

function onKey({ opener, list }: Parts, event: KeyboardEvent): void {
  if (!list.isConnected) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key !== 'Escape' && by === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (by !== undefined) return step(list, by);
  closeOpen();
  opener.focus();
}

/**
 * A button that discloses a list of buttons. Arrow keys move, Escape closes and gives the focus back, a click
 * elsewhere closes. Nothing happens before an item is chosen, so that arrowing through is safe.
 */
export function menuButton(
  props: { readonly label: string; readonly class: string },
  face: readonly Child[],
  items: () => readonly Item[],
): HTMLElement {
  const list = h('ul', { class: 'menu', role: 'list' });
  const named = { 'aria-expanded': 'false', 'aria-label': props.label };
  const opener = h('button', { type: 'button', class: props.class, ...named }, ...face);
  const wrap = h('span', { class: 'menu-wrap' }, opener);
  const parts: Parts = { wrap, opener, list };
  opener.addEventListener('click', () => {
    if (list.isConnected) closeOpen();
    else open(parts, items());
  });
  wrap.addEventListener('keydown', (event) => onKey(parts, event));
  wrap.addEventListener('focusout', (event) => {
    const to = event.relatedTarget;
    if (list.isConnected && to instanceof Node && !wrap.contains(to)) closeOpen();
  });
  return wrap;
}

function entry(item: Item, choose: () => void): HTMLElement {
  const note = item.note === undefined ? null : h('span', { class: 'note' }, item.note);
  return h('li', {}, h('button', { type: 'button', click: choose }, item.label, note));
}

/** Turns the list to the side and upwards where it would leave the window, or the part of the page that scrolls. */
function place(list: HTMLElement): void {
  const box = list.getBoundingClientRect();
  const around = (list.closest('.scroll') ?? document.documentElement).getBoundingClientRect();
  const bottom = Math.min(around.bottom, document.documentElement.clientHeight) - 8;
  const top = Math.max(around.top, 0);
  list.classList.toggle('from-right', box.right > around.right - 8);
  list.classList.toggle('upwards', box.bottom > bottom && box.top - top > box.height);
}

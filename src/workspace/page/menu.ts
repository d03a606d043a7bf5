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
  const opener = h('button', { type: 'button', class: props.class, 'aria-expanded': 'false', 'aria-label': props.label }, ...face);
  const wrap = h('span', { class: 'menu-wrap' }, opener);
  const away = (event: Event): void => {
    if (event.target instanceof Node && !wrap.contains(event.target)) close();
  };
  const close = (): void => {
    opener.setAttribute('aria-expanded', 'false');
    list.remove();
    document.removeEventListener('pointerdown', away);
  };
  const choose = (item: Item) => (): void => {
    close();
    opener.focus();
    item.choose();
  };
  const open = (): void => {
    opener.setAttribute('aria-expanded', 'true');
    list.replaceChildren(...items().map((item) => entry(item, choose(item))));
    wrap.append(list);
    place(list);
    document.addEventListener('pointerdown', away);
    list.querySelector('button')?.focus();
  };
  opener.addEventListener('click', () => {
    if (list.isConnected) close();
    else open();
  });
  wrap.addEventListener('keydown', (event) => {
    if (!list.isConnected) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      close();
      opener.focus();
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(list, by);
  });
  wrap.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && !wrap.contains(event.relatedTarget)) close();
  });
  return wrap;
}

function entry(item: Item, choose: () => void): HTMLElement {
  const note = item.note === undefined ? null : h('span', { class: 'note' }, item.note);
  return h('li', {}, h('button', { type: 'button', click: choose }, item.label, note));
}

/** Turns the list to the side and upwards where it would leave the window. */
function place(list: HTMLElement): void {
  const box = list.getBoundingClientRect();
  const view = document.documentElement;
  list.classList.toggle('from-right', box.right > view.clientWidth - 8);
  list.classList.toggle('upwards', box.bottom > view.clientHeight - 8 && box.top > box.height);
}

import type { Button, FeedbackButtons, IconButton, Overflow } from '@slack/types';
import { h, icon } from './dom.ts';
import { isSafeLink } from './marks.ts';
import { menuButton } from './menu.ts';
import { plain } from './prose.ts';
import { choose, elementId, type Slot } from './slot.ts';

/**
 * Runs a click once at a time: while it is under way the button says so and further clicks do nothing. It is not
 * `disabled`, which would throw the keyboard's focus away.
 */
export function once(button: HTMLElement, task: () => Promise<unknown>): () => void {
  return () => {
    if (button.getAttribute('aria-disabled') === 'true') return;
    button.setAttribute('aria-disabled', 'true');
    const free = (): void => button.removeAttribute('aria-disabled');
    void task().then(free, free);
  };
}

/** A button of a message or a modal. */
export function button(element: Button, slot: Slot): HTMLElement {
  const face = plain(element.text.text);
  const style = element.style === undefined ? 'btn' : `btn ${element.style}`;
  const name = {
    id: elementId(slot, element),
    class: style,
    'aria-label': element.accessibility_label,
  };
  if (element.url !== undefined && isSafeLink(element.url)) {
    const away = { href: element.url, target: '_blank', rel: 'noopener noreferrer' };
    return h('a', { ...name, ...away, click: () => void choose(slot, element, {}) }, face);
  }
  const made = h('button', { type: 'button', ...name }, face);
  made.addEventListener(
    'click',
    once(made, () => choose(slot, element, {})),
  );
  return made;
}

/** An overflow menu. */
export function overflow(element: Overflow, slot: Slot): HTMLElement {
  return menuButton({ label: 'More actions', class: 'btn more' }, [icon('more')], () =>
    element.options.map((option) => ({
      label: plain(option.text.text),
      ...(option.description === undefined ? {} : { note: option.description.text }),
      choose: () => void choose(slot, element, { selected_option: option.value ?? '' }),
    })),
  );
}

/** An icon button, drawn with its words: an icon alone is a riddle. */
export function iconButton(element: IconButton, slot: Slot): HTMLElement {
  const { action_id, confirm, text } = element;
  return button(
    {
      type: 'button',
      text,
      ...(action_id === undefined ? {} : { action_id }),
      ...(confirm === undefined ? {} : { confirm }),
    },
    slot,
  );
}

/** A pair of feedback buttons. */
export function feedback(element: FeedbackButtons, slot: Slot): HTMLElement {
  const one = (face: FeedbackButtons['positive_button']): HTMLElement => {
    const made = h(
      'button',
      { type: 'button', class: 'btn', 'aria-label': face.accessibility_label },
      face.text.text,
    );
    made.addEventListener(
      'click',
      once(made, () => choose(slot, element, { value: face.value })),
    );
    return made;
  };
  return h('span', { class: 'row' }, one(element.positive_button), one(element.negative_button));
}

import type {
  ActionsBlockElement,
  ContextActionsBlockElement,
  InputBlockElement,
} from '@slack/types';
import { button, feedback, iconButton, overflow } from './buttons.ts';
import { checkboxes, multi, radio } from './choices.ts';
import { h } from './dom.ts';
import { date, time, written } from './inputs.ts';
import { select } from './selects.ts';
import type { Slot } from './slot.ts';

/** Every element that a person can use. */
export type Element = ActionsBlockElement | ContextActionsBlockElement | InputBlockElement;

type Drawn = { readonly [K in Element['type']]?: (element: never, slot: Slot) => HTMLElement };

/** One way of drawing for each type of element; a type without one is named on the page, never left out. */
const DRAW = {
  button,
  overflow,
  icon_button: iconButton,
  feedback_buttons: feedback,
  checkboxes,
  radio_buttons: radio,
  static_select: select,
  users_select: select,
  channels_select: select,
  conversations_select: select,
  multi_static_select: (element: Extract<Element, { type: 'multi_static_select' }>, slot: Slot) => {
    const options =
      element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
    const initial = (element.initial_options ?? []).map((option) => option.value ?? '');
    return multi({ ...element, options, initial }, slot);
  },
  datepicker: date,
  timepicker: time,
  plain_text_input: written,
  number_input: written,
  email_text_input: written,
  url_text_input: written,
} satisfies Drawn;

/** Draws one element. */
export function drawElement(element: Element, slot: Slot): HTMLElement {
  const table: Partial<Record<string, (element: Element, slot: Slot) => HTMLElement>> =
    DRAW as never;
  const draw = table[element.type];
  return draw === undefined ? unknownElement(element.type) : draw(element, slot);
}

function unknownElement(type: string): HTMLElement {
  return h('span', { class: 'unknown' }, `This page cannot show the element "${type}".`);
}

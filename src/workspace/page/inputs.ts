import type {
  Datepicker,
  EmailInput,
  NumberInput,
  PlainTextInput,
  Timepicker,
  URLInput,
} from '@slack/types';
import { h } from './dom.ts';
import { once } from './buttons.ts';
import { choose, elementId, enlist, heldBefore, naming, type Slot } from './slot.ts';

type Written = PlainTextInput | NumberInput | EmailInput | URLInput;

const TYPES = {
  plain_text_input: 'text',
  number_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
} as const;

const number = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

function writtenProps(element: Written, slot: Slot): Record<string, string | boolean | undefined> {
  const limits =
    element.type === 'plain_text_input'
      ? { minlength: number(element.min_length), maxlength: number(element.max_length) }
      : {};
  return {
    id: elementId(slot, element),
    placeholder: element.placeholder?.text,
    autofocus: element.focus_on_load === true,
    ...limits,
    ...naming(slot, element.placeholder?.text ?? 'Text'),
  };
}

/** A text, number, mail or link input. What it holds is `{type, value}`, null when empty, as Slack sends it. */
export function written(element: Written, slot: Slot): HTMLElement {
  const props = writtenProps(element, slot);
  const long = element.type === 'plain_text_input' && element.multiline === true;
  const mode = element.type === 'number_input' ? 'decimal' : undefined;
  const field = long
    ? h('textarea', { ...props, rows: '5' })
    : h('input', { ...props, type: TYPES[element.type], inputmode: mode, autocomplete: 'off' });
  field.value = text(heldBefore(slot, element)?.['value']) ?? element.initial_value ?? '';
  const value = (): string | null => (field.value === '' ? null : field.value);
  enlist(slot, element, { focus: field, read: () => ({ type: element.type, value: value() }) });
  if (!slot.form || element.dispatch_action_config !== undefined) {
    field.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || long) return;
      event.preventDefault();
      void choose(slot, element, { value: field.value });
    });
  }
  return field;
}

/**
 * A date or time. Outside a form a "Set" button sends it: a picker changes with every key, and sending each change
 * would act before the person has finished.
 */
function moment(
  element: Datepicker | Timepicker,
  slot: Slot,
  kind: {
    readonly type: 'date' | 'time';
    readonly key: string;
    readonly initial: string | undefined;
  },
): HTMLElement {
  const { type, key, initial } = kind;
  const label = element.placeholder?.text ?? (type === 'date' ? 'Date' : 'Time');
  const field = h('input', { id: elementId(slot, element), type, ...naming(slot, label) });
  field.value = text(heldBefore(slot, element)?.[key]) ?? initial ?? '';
  const value = (): string | null => (field.value === '' ? null : field.value);
  enlist(slot, element, { focus: field, read: () => ({ type: element.type, [key]: value() }) });
  if (slot.form) return field;
  const set = h('button', { type: 'button', class: 'btn', 'aria-label': `Set ${label}` }, 'Set');
  set.addEventListener(
    'click',
    once(set, () => choose(slot, element, { [key]: field.value })),
  );
  return h('span', { class: 'row' }, field, set);
}

/** A date: holds `selected_date`, YYYY-MM-DD. */
export function date(element: Datepicker, slot: Slot): HTMLElement {
  return moment(element, slot, {
    type: 'date',
    key: 'selected_date',
    initial: element.initial_date,
  });
}

/** A time of day: holds `selected_time`, HH:mm. */
export function time(element: Timepicker, slot: Slot): HTMLElement {
  return moment(element, slot, {
    type: 'time',
    key: 'selected_time',
    initial: element.initial_time,
  });
}

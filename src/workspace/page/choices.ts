import type { Checkboxes, MrkdwnElement, PlainTextElement, RadioButtons } from '@slack/types';
import { h } from './dom.ts';
import { textObject } from './prose.ts';
import { choose, elementId, enlist, heldBefore, naming, type Slot } from './slot.ts';

interface Option {
  readonly text: PlainTextElement | MrkdwnElement;
  readonly value?: string;
  readonly description?: PlainTextElement;
}

interface Group {
  readonly type: string;
  readonly action_id?: string;
  readonly options: readonly Option[];
  readonly initial: readonly string[];
  readonly kind: 'checkbox' | 'radio';
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The option values in what an element held. */
export function heldOptions(
  held: Record<string, unknown> | undefined,
): readonly string[] | undefined {
  if (held === undefined) return undefined;
  const many = held['selected_options'];
  const options: readonly unknown[] = Array.isArray(many) ? many : [held['selected_option']];
  return options.flatMap((option) => (isRecord(option) ? [String(option['value'])] : []));
}

function row(
  group: Group,
  slot: Slot,
  option: Option,
): { line: HTMLElement; box: HTMLInputElement } {
  const name = elementId(slot, group);
  const id = `${name}-${option.value ?? ''}`.replace(/\s/g, '_');
  const note = option.description;
  const box = h('input', {
    type: group.kind,
    name,
    id,
    value: option.value ?? '',
    'aria-describedby': note === undefined ? undefined : `${id}-note`,
  });
  const label = h('label', { for: id }, textObject(slot.scene.directory, option.text));
  const more =
    note === undefined ? null : h('span', { class: 'note', id: `${id}-note` }, note.text);
  return { line: h('div', { class: 'choice' }, box, h('span', {}, label, more)), box };
}

/** A group of boxes under one name. It holds whole options, as Slack's view state does. */
function group(element: Group, slot: Slot): HTMLElement {
  const rows = element.options.map((option) => ({ option, ...row(element, slot, option) }));
  const before = heldOptions(heldBefore(slot, element)) ?? element.initial;
  for (const { box } of rows) box.checked = before.includes(box.value);
  const chosen = (): readonly Option[] =>
    rows.filter(({ box }) => box.checked).map(({ option }) => option);
  const many = element.kind === 'checkbox';
  const read = (): { type: string; [key: string]: unknown } =>
    many
      ? { type: element.type, selected_options: chosen() }
      : { type: element.type, selected_option: chosen()[0] ?? null };
  const first = rows[0]?.box ?? h('span');
  enlist(slot, element, { focus: first, read });
  const role = many ? 'group' : 'radiogroup';
  const set = h(
    'div',
    { class: 'choices', role, ...naming(slot, 'Choices') },
    ...rows.map(({ line }) => line),
  );
  if (many) for (const name of ['aria-required', 'aria-invalid']) set.removeAttribute(name);
  if (!slot.form) {
    set.addEventListener('change', () => {
      const values = chosen().map((option) => option.value ?? '');
      void choose(
        slot,
        element,
        many ? { selected_options: values } : { selected_option: values[0] ?? '' },
      );
    });
  }
  return set;
}

const values = (options: readonly Option[]): readonly string[] =>
  options.map((option) => option.value ?? '');

/** Checkboxes. */
export function checkboxes(element: Checkboxes, slot: Slot): HTMLElement {
  return group(
    { ...element, kind: 'checkbox', initial: values(element.initial_options ?? []) },
    slot,
  );
}

/** Radio buttons. */
export function radio(element: RadioButtons, slot: Slot): HTMLElement {
  const initial = element.initial_option === undefined ? [] : [element.initial_option];
  return group({ ...element, kind: 'radio', initial: values(initial) }, slot);
}

/** A multi select with written options, drawn as checkboxes: every choice visible, nothing to hold down. */
export function multi(
  element: {
    readonly type: string;
    readonly action_id?: string;
    readonly options: readonly Option[];
    readonly initial: readonly string[];
  },
  slot: Slot,
): HTMLElement {
  return group({ ...element, kind: 'checkbox' }, slot);
}

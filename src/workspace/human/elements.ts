import { isJson, listOf, type Json } from '../check/probe.ts';
import type { Block, Click, StateValues } from './protocol.ts';

export type Found = { readonly block: Block; readonly element: Json };

/** Elements of a block that act or hold input, wherever they stand in it. */
export function elementsOf(block: Block): readonly Json[] {
  const own = [
    ...listOf(block['elements']),
    block['accessory'],
    block['element'],
    ...listOf(block['actions']),
  ];
  const nested = listOf(block['child_blocks'] ?? block['blocks'])
    .filter(isJson)
    .flatMap((child) => elementsOf(child as Block));
  return [...own.filter(isJson), ...nested];
}

/** The element with this action_id, in the block with this id where one is given. */
export function findElement(
  blocks: readonly Block[],
  at: { readonly block_id?: string; readonly action_id: string },
): Found | undefined {
  for (const block of blocks) {
    if (at.block_id !== undefined && at.block_id !== block.block_id) continue;
    const element = elementsOf(block).find((one) => one['action_id'] === at.action_id);
    if (element !== undefined) return { block, element };
  }
  return undefined;
}

/** All options of an element, groups flattened. */
export function optionsOf(element: Json): readonly Json[] {
  const groups = listOf(element['option_groups']).filter(isJson);
  return [
    ...listOf(element['options']),
    ...groups.flatMap((group) => listOf(group['options'])),
  ].filter(isJson);
}

export type Chosen = Partial<
  Pick<
    Click,
    | 'selected_option'
    | 'selected_options'
    | 'selected_user'
    | 'selected_conversation'
    | 'selected_date'
    | 'value'
  >
>;

type Held = Readonly<Record<string, unknown>> & { readonly type: string };

/** What an element holds after a choice, as Slack tells it in an action and in a view's state. */
export function held(element: Json, chosen: Chosen): Held {
  const type = String(element['type']);
  return { type, ...(HOLDS[type] ?? textHolds)(element, chosen) };
}

type Holds = (element: Json, chosen: Chosen) => Json;

const pick = (element: Json, value: string | undefined): Json | null =>
  optionsOf(element).find((one) => one['value'] === value) ?? null;
const one: Holds = (element, chosen) => ({
  selected_option: pick(element, chosen.selected_option),
});
const several: Holds = (element, chosen) => ({
  selected_options: (chosen.selected_options ?? [])
    .map((value) => pick(element, value))
    .filter((option) => option !== null),
});
const textHolds: Holds = (_element, chosen) => ({ value: chosen.value ?? null });

const HOLDS: Readonly<Record<string, Holds>> = {
  button: (element) =>
    element['value'] === undefined
      ? { text: element['text'] }
      : { value: element['value'], text: element['text'] },
  overflow: one,
  static_select: one,
  radio_buttons: one,
  checkboxes: several,
  multi_static_select: several,
  users_select: (_element, chosen) => ({ selected_user: chosen.selected_user ?? null }),
  conversations_select: (_element, chosen) => ({
    selected_conversation: chosen.selected_conversation ?? null,
  }),
  channels_select: (_element, chosen) => ({
    selected_channel: chosen.selected_conversation ?? null,
  }),
  datepicker: (_element, chosen) => ({ selected_date: chosen.selected_date ?? null }),
};

/** What an element holds before anyone touched it. */
function initial(element: Json): Readonly<Record<string, unknown>> & { readonly type: string } {
  const type = String(element['type']);
  const fields = Object.entries(element).filter(([name]) => name.startsWith('initial_'));
  const renamed = fields.map(
    ([name, value]) =>
      [name === 'initial_value' ? 'value' : name.replace('initial_', 'selected_'), value] as const,
  );
  return { ...held(element, {}), type, ...Object.fromEntries(renamed) };
}

/** The state of all inputs of a surface: what was given, else what each started with. */
export function stateOf(blocks: readonly Block[], given: StateValues = {}): StateValues {
  const values: Record<string, Record<string, { type: string }>> = {};
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const action = element['action_id'];
      const stateful = !['button', 'overflow', 'image', 'feedback_buttons', 'icon_button'].includes(
        String(element['type']),
      );
      if (typeof action !== 'string' || !stateful) continue;
      const id = block.block_id ?? '';
      (values[id] ??= {})[action] = {
        ...(given[id]?.[action] ?? initial(element)),
        type: String(element['type']),
      };
    }
  }
  return values;
}

/** Required inputs left empty, and texts out of their length, as Slack's own client refuses them before sending. */
export function clientErrors(
  blocks: readonly Block[],
  values: StateValues,
): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const block of blocks.filter((one) => one.type === 'input')) {
    const element = isJson(block['element']) ? block['element'] : {};
    const now = values[block.block_id ?? '']?.[String(element['action_id'])] ?? { type: '' };
    const error = inputError(element, now, block['optional'] === true);
    if (error !== undefined) errors[block.block_id ?? ''] = error;
  }
  return errors;
}

function inputError(element: Json, now: Json, optional: boolean): string | undefined {
  const { type: _type, ...fields } = now;
  const empty = Object.values(fields).every(
    (value) =>
      value === null ||
      value === undefined ||
      value === '' ||
      (Array.isArray(value) && value.length === 0),
  );
  if (empty) return optional ? undefined : 'Please complete this required field.';
  const value = now['value'];
  if (typeof value !== 'string') return undefined;
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && value.length < min)
    return `Please enter at least ${min} characters.`;
  if (typeof max === 'number' && value.length > max)
    return `Please enter at most ${max} characters.`;
  return undefined;
}

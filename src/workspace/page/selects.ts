import type { ChannelsSelect, ConversationsSelect, StaticSelect, UsersSelect } from '@slack/types';
import { heldOptions } from './choices.ts';
import { h, icon } from './dom.ts';
import { menuButton } from './menu.ts';
import { plain } from './prose.ts';
import type { Directory, Held } from './scene.ts';
import { choose, elementId, enlist, heldBefore, naming, type Slot } from './slot.ts';

type Select = StaticSelect | UsersSelect | ChannelsSelect | ConversationsSelect;

interface Option {
  readonly value: string;
  readonly label: string;
  readonly group?: string;
  /** What the view state holds when this is chosen. */
  readonly held: unknown;
}

/** How each kind of select is filled, what its state's key is, and how a click names the choice. */
interface Kind {
  readonly options: readonly Option[];
  readonly key: string;
  readonly clicked: 'selected_option' | 'selected_user' | 'selected_conversation';
  readonly initial: string | undefined;
}

function written(element: StaticSelect): Kind {
  const bare = (element.options ?? []).map((option) => ({ option }));
  const grouped = (element.option_groups ?? []).flatMap(({ label, options }) =>
    options.map((option) => ({ option, group: label.text })),
  );
  const options = [...bare, ...grouped].map(({ option, ...rest }) => ({
    value: option.value ?? '',
    label: plain(option.text.text),
    held: option,
    ...rest,
  }));
  return {
    options,
    key: 'selected_option',
    clicked: 'selected_option',
    initial: element.initial_option?.value,
  };
}

function people(element: UsersSelect, directory: Directory): Kind {
  const options = directory.people
    .filter((person) => person.role !== 'bot')
    .map((person) => ({ value: person.id, label: person.real_name, held: person.id }));
  return { options, key: 'selected_user', clicked: 'selected_user', initial: element.initial_user };
}

function places(element: ChannelsSelect | ConversationsSelect, directory: Directory): Kind {
  const options = directory.channels
    .filter((channel) => channel.kind !== 'im' || element.type === 'conversations_select')
    .map((one) => ({
      value: one.id,
      label: one.kind === 'im' ? one.name : `#${one.name}`,
      held: one.id,
    }));
  const channel = element.type === 'channels_select';
  return {
    options,
    key: channel ? 'selected_channel' : 'selected_conversation',
    clicked: 'selected_conversation',
    initial: channel ? element.initial_channel : element.initial_conversation,
  };
}

function kindOf(element: Select, directory: Directory): Kind {
  if (element.type === 'static_select') return written(element);
  return element.type === 'users_select' ? people(element, directory) : places(element, directory);
}

function heldValue(held: Held | undefined, kind: Kind): string | undefined {
  if (kind.key === 'selected_option') return heldOptions(held)?.[0];
  const value = held?.[kind.key];
  return typeof value === 'string' ? value : undefined;
}

/** In a form: the browser's own select. */
function inForm(element: Select, slot: Slot, kind: Kind): HTMLElement {
  const hint = element.placeholder?.text ?? 'Choose…';
  const select = h(
    'select',
    { id: elementId(slot, element), ...naming(slot, hint) },
    h('option', { value: '' }, hint),
  );
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const { group, value, label } of kind.options) {
    if (group !== undefined && !groups.has(group)) {
      const made = h('optgroup', { label: group });
      groups.set(group, made);
      select.append(made);
    }
    (groups.get(group ?? '') ?? select).append(h('option', { value }, label));
  }
  select.value = heldValue(heldBefore(slot, element), kind) ?? kind.initial ?? '';
  const read = (): Held => {
    const chosen = kind.options.find((option) => option.value === select.value);
    return { type: element.type, [kind.key]: chosen?.held ?? null };
  };
  enlist(slot, element, { focus: select, read });
  return select;
}

/**
 * On a message: a menu. A native select would act with every press of an arrow key, before the person has chosen.
 */
function atOnce(element: Select, slot: Slot, kind: Kind): HTMLElement {
  const hint = element.placeholder?.text ?? 'Choose…';
  const chosen = kind.options.find((option) => option.value === kind.initial);
  const face = chosen?.label ?? hint;
  return menuButton(
    { label: chosen ? `${hint}: ${face}` : face, class: 'btn select' },
    [face, icon('chevron')],
    () =>
      kind.options.map((option) => ({
        label: option.label,
        ...(option.group === undefined ? {} : { note: option.group }),
        choose: () => void choose(slot, element, { [kind.clicked]: option.value }),
      })),
  );
}

/** A select of written options, people or channels. */
export function select(element: Select, slot: Slot): HTMLElement {
  const kind = kindOf(element, slot.scene.directory);
  return slot.form ? inForm(element, slot, kind) : atOnce(element, slot, kind);
}

import type { Channel, Click, Person, StateValues } from '../human/protocol.ts';

/** What one element holds, in Slack's shape of a view state: `{type, value | selected_option | ...}`. */
export type Held = StateValues[string][string];

/** One input on a surface, as drawn. */
export interface Field {
  readonly block_id: string;
  readonly action_id: string;
  /** Where the focus goes when this field is at fault. */
  readonly focus: HTMLElement;
  readonly read: () => Held;
}

/** What a person chose, before the surface adds who and where. */
export type Choice = Omit<Click, 'as' | 'at' | 'values'>;

/** Who and where: the names that texts and menus need. */
export interface Directory {
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly me: string;
}

/** What one surface (a message, a modal) lends to the blocks drawn on it. Blocks add their inputs to `fields`. */
export interface Scene {
  /** Makes ids of elements unique on the page. */
  readonly key: string;
  readonly directory: Directory;
  /** Level of a header block, so that headings never skip one. */
  readonly heading: 3 | 4;
  readonly held: StateValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly fields: Field[];
  readonly act: (choice: Choice) => Promise<void>;
}

/** The name to show for a person's id; the id itself for one we cannot see. */
export function personName(directory: Directory, id: string): string {
  return directory.people.find((person) => person.id === id)?.real_name ?? id;
}

/** The name to show for a channel's id. */
export function channelName(directory: Directory, id: string): string {
  return directory.channels.find((channel) => channel.id === id)?.name ?? id;
}

/** What all inputs of a surface hold now, as Slack's view state. */
export function readFields(fields: readonly Field[]): StateValues {
  const values: Record<string, Record<string, Held>> = {};
  for (const field of fields) {
    (values[field.block_id] ??= {})[field.action_id] = field.read();
  }
  return values;
}

import { Fault } from '../../core/fault.ts';
import { isJson, type Json } from '../check/probe.ts';
import type { Wire } from '../wire/wire.ts';
import { messageOf, personOf } from './access.ts';
import { click } from './click.ts';
import { elementsOf, held, optionsOf, type Found } from './elements.ts';
import { submit } from './modal.ts';
import type { Acted, Block, Place, StateValues, Submitted, View } from './protocol.ts';
import { labelOf, optionText } from './words.ts';

/** A button by its visible text or its action_id; with `option` the visible text or value of an entry of a menu. */
export type Press = {
  readonly as: string;
  readonly at: Place;
  readonly action?: string;
  readonly option?: string;
  readonly values?: StateValues;
};
/** What to fill in, by block_id, action_id or visible label: a text, the visible text (or value) of an option, or several. */
export type Filling = Readonly<Record<string, string | readonly string[]>>;

/** Presses what a person sees. Throws Fault `not_found` listing what could be pressed. */
export async function press(wire: Wire, asked: Press): Promise<Acted> {
  const { block, element } = findVisible(blocksAt(wire, asked), asked);
  const option = asked.option === undefined ? undefined : optionValue(element, asked.option);
  return click(wire, {
    as: asked.as,
    at: asked.at,
    block_id: block.block_id ?? '',
    action_id: String(element['action_id']),
    ...(option === undefined ? {} : { selected_option: option }),
    ...(asked.values === undefined ? {} : { values: asked.values }),
  });
}

function blocksAt(wire: Wire, asked: Press): readonly Block[] {
  const person = personOf(wire, asked.as);
  if (!('view_id' in asked.at)) return messageOf(wire, person, asked.at).blocks ?? [];
  const home = wire.board.get('home', person.id);
  return (
    (home?.id === asked.at.view_id ? home : wire.board.get('view', asked.at.view_id))?.blocks ?? []
  );
}

function findVisible(blocks: readonly Block[], asked: Press): Found {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const acting = all.filter(({ element }) => typeof element['action_id'] === 'string');
  const found = acting.find(({ element }) => named(element, asked));
  if (found !== undefined) return found;
  const offered = acting.map(({ element }) =>
    [labelOf(element), ...optionsOf(element).map((one) => `⋯ ${optionText(one)}`)].join(' '),
  );
  throw new Fault(
    'not_found',
    `Expected "${asked.action ?? ''}${asked.option === undefined ? '' : ` > ${asked.option}`}" to press, got: ${offered.join(' | ') || 'nothing to press'}.`,
  );
}

function named(element: Json, asked: Press): boolean {
  if (
    asked.action !== undefined &&
    asked.action !== labelOf(element) &&
    asked.action !== element['action_id']
  )
    return false;
  return asked.option === undefined || optionValue(element, asked.option) !== undefined;
}

function optionValue(element: Json, wanted: string): string | undefined {
  const found = optionsOf(element).find(
    (one) => optionText(one) === wanted || one['value'] === wanted,
  );
  return typeof found?.['value'] === 'string' ? found['value'] : undefined;
}

/** Fills in a modal and submits it. Throws Fault `not_found` for a field that is not there. */
export function fillIn(
  wire: Wire,
  asked: {
    readonly as: string;
    readonly view: Pick<View, 'id' | 'blocks'>;
    readonly values: Filling;
  },
): Promise<Submitted> {
  const values: Record<string, Record<string, { type: string }>> = {};
  for (const [name, given] of Object.entries(asked.values)) {
    const { block, element } = fieldNamed(asked.view.blocks, name);
    (values[block.block_id ?? ''] ??= {})[String(element['action_id'])] = held(
      element,
      chosen(element, given),
    );
  }
  return submit(wire, { as: asked.as, view_id: asked.view.id, values });
}

function fieldNamed(blocks: readonly Block[], name: string): Found {
  for (const block of blocks) {
    const label = isJson(block['label']) ? block['label']['text'] : undefined;
    const element = elementsOf(block).find(
      (one) => one['action_id'] === name || block.block_id === name || label === name,
    );
    if (element !== undefined) return { block, element };
  }
  const offered = blocks.flatMap((block) =>
    isJson(block['label']) ? [String(block['label']['text'])] : [],
  );
  throw new Fault(
    'not_found',
    `Expected a field "${name}" to fill in, got: ${offered.join(' | ') || 'no fields'}.`,
  );
}

function chosen(element: Json, given: string | readonly string[]): Parameters<typeof held>[1] {
  if (typeof given !== 'string')
    return { selected_options: given.map((one) => optionValue(element, one) ?? one) };
  return {
    value: given,
    selected_option: optionValue(element, given) ?? given,
    selected_user: given,
    selected_conversation: given,
    selected_date: given,
  };
}

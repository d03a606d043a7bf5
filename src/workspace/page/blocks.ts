import type { InputBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Block } from '../human/protocol.ts';
import { type Child, h } from './dom.ts';
import { drawElement } from './elements.ts';
import { container, image, plan, taskCard, video, card } from './panels.ts';
import { markdown, plain, textObject } from './prose.ts';
import { richText } from './rich.ts';
import type { Scene } from './scene.ts';
import type { Slot } from './slot.ts';
import { dataTable, table } from './tables.ts';

type Of<T extends KnownBlock['type']> = Extract<KnownBlock, { type: T }>;
type Draw<T extends KnownBlock['type']> = (block: Of<T>, scene: Scene) => HTMLElement;

const slotOf = (block: { block_id?: string }, scene: Scene): Slot => ({
  scene,
  block_id: block.block_id ?? '',
  form: false,
});

const header: Draw<'header'> = (block, scene) =>
  h(`h${scene.heading}`, { class: 'block-header' }, plain(block.text.text));

function accessory(block: SectionBlock, scene: Scene): Child {
  const element = block.accessory;
  if (element === undefined) return null;
  if (element.type === 'image') return image(element);
  return h('div', { class: 'accessory' }, drawElement(element, slotOf(block, scene)));
}

const section: Draw<'section'> = (block, scene) => {
  const fields = (block.fields ?? []).map((field) => textObject(scene.directory, field));
  return h(
    'div',
    { class: 'section' },
    h(
      'div',
      { class: 'section-text' },
      block.text ? textObject(scene.directory, block.text) : null,
      fields.length > 0 ? h('div', { class: 'fields' }, ...fields) : null,
    ),
    accessory(block, scene),
  );
};

const context: Draw<'context'> = (block, scene) =>
  h(
    'div',
    { class: 'context' },
    ...block.elements.map((one) =>
      one.type === 'image' ? image(one, true) : textObject(scene.directory, one),
    ),
  );

const actions = (block: Of<'actions'> | Of<'context_actions'>, scene: Scene): HTMLElement =>
  h(
    'div',
    { class: 'actions' },
    ...block.elements.map((one) => drawElement(one, slotOf(block, scene))),
  );

const describing = (block: InputBlock, scene: Scene, id: string): string | undefined => {
  const ids = [
    block.hint ? `${id}-hint` : undefined,
    scene.errors[block.block_id ?? ''] === undefined ? undefined : `${id}-error`,
  ].filter((one) => one !== undefined);
  return ids.length > 0 ? ids.join(' ') : undefined;
};

const input: Draw<'input'> = (block, scene) => {
  const id = `${scene.key}-${block.block_id ?? ''}`;
  const error = scene.errors[block.block_id ?? ''];
  const describedBy = describing(block, scene, id);
  const slot: Slot = {
    ...slotOf(block, scene),
    form: block.dispatch_action !== true,
    labelledBy: `${id}-label`,
    ...(describedBy === undefined ? {} : { describedBy }),
    required: block.optional !== true,
  };
  const optional = block.optional === true ? h('span', { class: 'optional' }, ' (optional)') : null;
  const element = drawElement(block.element, slot);
  return h(
    'div',
    { class: error === undefined ? 'field' : 'field wrong' },
    h('label', { id: `${id}-label`, for: element.id }, plain(block.label.text), optional),
    element,
    block.hint ? h('p', { class: 'hint', id: `${id}-hint` }, block.hint.text) : null,
    error === undefined ? null : h('p', { class: 'error', id: `${id}-error` }, error),
  );
};

const DRAW: { readonly [T in KnownBlock['type']]: Draw<T> } = {
  header,
  section,
  context,
  actions,
  context_actions: actions,
  input,
  divider: () => h('hr'),
  image: (block) => image(block),
  rich_text: (block, scene) => richText(scene.directory, block),
  markdown: (block, scene) => markdown(scene.directory, block.text),
  table: (block, scene) => table(scene.directory, block),
  data_table: (block, scene) => dataTable(scene.directory, block),
  file: (block) => h('p', { class: 'unknown' }, `File ${block.external_id}`),
  alert: (block, scene) =>
    h(
      'div',
      { class: `alert ${block.level ?? 'default'}`, role: 'note' },
      textObject(scene.directory, block.text),
    ),
  task_card: (block, scene) => taskCard(block, scene),
  plan: (block, scene) => plan(block, scene),
  video: (block) => video(block),
  card: (block, scene) => card(block, (one) => drawElement(one, slotOf(block, scene)), scene),
  carousel: (block, scene) =>
    h('div', { class: 'carousel' }, ...block.elements.map((one) => DRAW.card(one, scene))),
  container: (block, scene) =>
    container(
      block,
      block.child_blocks.map((one) => drawKnown(one, scene)),
    ),
};

function drawKnown(block: KnownBlock, scene: Scene): HTMLElement {
  const table: Partial<Record<string, (block: KnownBlock, scene: Scene) => HTMLElement>> =
    DRAW as never;
  const draw = table[block.type];
  return draw === undefined
    ? h('p', { class: 'unknown' }, `This page cannot show the block "${block.type}".`)
    : draw(block, scene);
}

/** Draws the blocks of one surface, in order. The server has checked each against Slack's shapes and limits. */
export function drawBlocks(blocks: readonly Block[], scene: Scene): readonly HTMLElement[] {
  return blocks.map((block) => drawKnown(block as unknown as KnownBlock, scene));
}

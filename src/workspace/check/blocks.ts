import { LIMITS } from '../limits.ts';
import { checkElement, checkElements } from './elements.ts';
import {
  checkCount,
  checkString,
  checkText,
  isJson,
  listOf,
  makeProbe,
  missing,
  type Json,
  type Probe,
} from './probe.ts';

type BlockCheck = (probe: Probe, block: Json, pointer: string) => void;
export type Surface = 'message' | 'modal' | 'home';

const section: BlockCheck = (probe, block, pointer) => {
  if (block['text'] === undefined && block['fields'] === undefined)
    missing(probe, `${pointer}/text`);
  checkText(probe, block['text'], { max: LIMITS.sectionText, pointer: `${pointer}/text` });
  checkCount(probe, block['fields'], { max: LIMITS.sectionFields, pointer: `${pointer}/fields` });
  listOf(block['fields']).forEach((field, i) => {
    checkText(probe, field, { max: LIMITS.sectionFieldText, pointer: `${pointer}/fields/${i}` });
  });
  if (block['accessory'] !== undefined)
    checkElement(probe, block['accessory'], { pointer: `${pointer}/accessory` });
};

const header: BlockCheck = (probe, block, pointer) =>
  checkText(probe, block['text'], {
    max: LIMITS.headerText,
    pointer: `${pointer}/text`,
    plain: true,
    required: true,
  });

const context: BlockCheck = (probe, block, pointer) => {
  checkCount(probe, block['elements'], {
    max: LIMITS.contextElements,
    min: 1,
    pointer: `${pointer}/elements`,
  });
  listOf(block['elements']).forEach((element, i) => {
    const at = `${pointer}/elements/${i}`;
    if (isJson(element) && element['type'] === 'image')
      checkElement(probe, element, { pointer: at });
    else checkText(probe, element, { max: LIMITS.sectionText, pointer: at });
  });
};

const actions: BlockCheck = (probe, block, pointer) => {
  checkCount(probe, block['elements'], {
    max: LIMITS.actionsElements,
    min: 1,
    pointer: `${pointer}/elements`,
  });
  checkElements(probe, listOf(block['elements']), {
    pointer: `${pointer}/elements`,
    allowed: (type) => !type.endsWith('_input') && type !== 'image',
  });
};

const input: BlockCheck = (probe, block, pointer) => {
  checkText(probe, block['label'], {
    max: LIMITS.inputLabel,
    pointer: `${pointer}/label`,
    plain: true,
    required: true,
  });
  checkText(probe, block['hint'], {
    max: LIMITS.inputHint,
    pointer: `${pointer}/hint`,
    plain: true,
  });
  if (block['element'] === undefined) return missing(probe, `${pointer}/element`);
  checkElement(probe, block['element'], {
    pointer: `${pointer}/element`,
    allowed: (type) => !['button', 'overflow', 'image'].includes(type),
  });
};

const image: BlockCheck = (probe, block, pointer) => checkElement(probe, block, { pointer });

const table: BlockCheck = (probe, block, pointer) => {
  checkCount(probe, block['rows'], { max: LIMITS.tableRows, min: 1, pointer: `${pointer}/rows` });
  listOf(block['rows']).forEach((row, i) => {
    if (Array.isArray(row))
      checkCount(probe, row, { max: LIMITS.tableColumns, pointer: `${pointer}/rows/${i}` });
  });
};

const markdown: BlockCheck = (probe, block, pointer) => {
  if (block['text'] === undefined) missing(probe, `${pointer}/text`);
  checkString(probe, block['text'], { max: LIMITS.markdownTotal, pointer: `${pointer}/text` });
};

const nothing: BlockCheck = () => undefined;

/** Blocks by type. Those with `nothing` are known to Slack; their inside is not checked here. */
const BLOCKS: Readonly<Record<string, BlockCheck>> = {
  section,
  header,
  context,
  actions,
  input,
  image,
  table,
  data_table: table,
  markdown,
  divider: nothing,
  rich_text: nothing,
  context_actions: nothing,
  alert: nothing,
  card: nothing,
  carousel: nothing,
  container: nothing,
  data_visualization: nothing,
  file: nothing,
  plan: nothing,
  task_card: nothing,
  video: nothing,
};
/** `alert` works in modals only (node-slack-sdk#2567); an input block is for messages and views alike. */
const MODAL_ONLY = new Set(['alert']);

function checkBlock(
  probe: Probe,
  block: unknown,
  at: { readonly pointer: string; readonly surface: Surface },
): void {
  if (!isJson(block)) return probe.fail('must provide an object', at.pointer);
  const type = String(block['type']);
  const check = BLOCKS[type];
  if (check === undefined || (MODAL_ONLY.has(type) && at.surface !== 'modal')) {
    return probe.fail(`unsupported type: ${type}`, `${at.pointer}/type`);
  }
  checkString(probe, block['block_id'], { max: LIMITS.blockId, pointer: `${at.pointer}/block_id` });
  check(probe, block, at.pointer);
}

/**
 * Checks blocks as Slack does. The messages read as those of `response_metadata.messages`, with JSON pointers; none
 * means that Slack would take them.
 */
export function checkBlocks(blocks: unknown, surface: Surface): readonly string[] {
  const probe = makeProbe();
  if (!Array.isArray(blocks)) {
    probe.fail('must be an array', '/blocks');
    return probe.messages;
  }
  const max = surface === 'message' ? LIMITS.messageBlocks : LIMITS.viewBlocks;
  checkCount(probe, blocks, { max, pointer: '/blocks' });
  const seen = new Set<unknown>();
  (blocks as unknown[]).forEach((block, i) => {
    checkBlock(probe, block, { pointer: `/blocks/${i}`, surface });
    const id = isJson(block) ? block['block_id'] : undefined;
    if (id !== undefined && seen.has(id)) probe.fail('block_id already exists', `/blocks/${i}`);
    seen.add(id);
  });
  return probe.messages;
}

/** Whether the markdown blocks of one message together hold more than Slack takes. */
export function tooMuchMarkdown(blocks: readonly unknown[]): boolean {
  const texts = blocks
    .filter(isJson)
    .filter((block) => block['type'] === 'markdown')
    .map((block) => String(block['text']));
  return texts.join('').length > LIMITS.markdownTotal;
}

import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { Fault } from '../core/fault.ts';
import { LIMITS } from './limits.ts';

const words = (most: number) => z.string().min(1).max(most);
const plainText = (most: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: words(most), emoji: z.literal(false) });
const mrkdwn = z.strictObject({
  type: z.literal('mrkdwn'),
  text: words(LIMITS.sectionText),
  verbatim: z.literal(true),
});
const actionId = words(LIMITS.actionId);
const option = z.strictObject({
  text: plainText(LIMITS.optionText),
  value: words(LIMITS.optionValue),
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z.array(option).min(1).max(LIMITS.overflowOptions),
});
const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plainText(LIMITS.buttonText),
  value: words(LIMITS.buttonValue),
  accessibility_label: words(LIMITS.accessibilityLabel),
  style: z.literal('primary').optional(),
});
const select = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder),
  options: z.array(option).min(1).max(LIMITS.selectOptions),
  initial_option: option.optional(),
});
const grouped = z.strictObject({
  type: z.literal('static_select'),
  action_id: actionId,
  placeholder: plainText(LIMITS.placeholder),
  option_groups: z
    .array(
      z.strictObject({
        label: plainText(LIMITS.optionText),
        options: z.array(option).min(1).max(LIMITS.selectOptions),
      }),
    )
    .min(1)
    .max(LIMITS.optionGroups),
});
const boxes = z.strictObject({
  type: z.literal('checkboxes'),
  action_id: actionId,
  options: z.array(option).min(1).max(LIMITS.boxes),
});
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  action_id: actionId,
  multiline: z.boolean(),
  max_length: z.int().max(LIMITS.sectionText),
  initial_value: z.string().max(LIMITS.sectionText).optional(),
});
const elements = z
  .array(z.discriminatedUnion('type', [button, overflow, select]))
  .min(1)
  .max(LIMITS.actionsElements)
  .refine((all) => new Set(all.map((e) => e.action_id)).size === all.length, {
    message: 'two elements of one block have the same action_id',
  });
const preformatted = z.strictObject({
  type: z.literal('rich_text_preformatted'),
  elements: z
    .array(z.strictObject({ type: z.literal('text'), text: words(LIMITS.sectionText) }))
    .length(1),
});

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('section'), text: mrkdwn, accessory: overflow.optional() }),
  z.strictObject({
    type: z.literal('context'),
    elements: z.array(mrkdwn).min(1).max(LIMITS.contextElements),
  }),
  z.strictObject({ type: z.literal('actions'), elements }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({ type: z.literal('header'), text: plainText(LIMITS.headerText) }),
  z.strictObject({
    type: z.literal('input'),
    block_id: words(LIMITS.blockId),
    label: plainText(LIMITS.inputLabel),
    optional: z.boolean(),
    element: z.union([textInput, select, grouped, boxes]),
  }),
  z.strictObject({ type: z.literal('rich_text'), elements: z.array(preformatted).length(1) }),
]);

/** Characters that people read in a block: those of its sections and small print. */
function read(one: z.output<typeof block>): number {
  if (one.type === 'section') return one.text.text.length;
  if (one.type !== 'context') return 0;
  return one.elements.reduce((sum, e) => sum + e.text.length, 0);
}

const message = z.strictObject({
  text: words(LIMITS.messageText),
  blocks: z
    .array(block)
    .min(1)
    .max(LIMITS.messageBlocks)
    .refine((all) => all.reduce((sum, b) => sum + read(b), 0) <= LIMITS.messageBlocksText, {
      message: 'more text than one message may hold',
    }),
});
const view = z.strictObject({
  type: z.literal('modal'),
  callback_id: words(LIMITS.actionId),
  private_metadata: z.string().max(LIMITS.privateMetadata).optional(),
  title: plainText(LIMITS.viewTitle),
  submit: plainText(LIMITS.viewTitle).optional(),
  close: plainText(LIMITS.viewTitle),
  blocks: z.array(block).min(1).max(LIMITS.viewBlocks),
});

function check(schema: z.ZodType, drawn: unknown, what: string): void {
  const result = schema.safeParse(drawn);
  if (result.success) return;
  const first = result.error.issues[0];
  throw new Fault(
    'bad_input',
    `Expected ${what} that Slack takes, drew one with ${first?.path.join('.') ?? 'nothing'}: ${first?.message ?? 'unreadable'}. This is a mistake in AIOS: report it with the number of the task.`,
  );
}

/** A message as it leaves: words for every reader, and blocks. */
export type Drawn = { readonly text: string; readonly blocks: KnownBlock[] };

/** Gives the message back if Slack would take it. Throws Fault `bad_input`: our mistake, found before Slack finds it. */
export function checkedMessage(drawn: Drawn): Drawn {
  check(message, drawn, 'a message');
  return drawn;
}

/** Gives the modal back if Slack would take it. Throws Fault `bad_input`. */
export function checkedView(drawn: ModalView): ModalView {
  check(view, drawn, 'a modal');
  return drawn;
}

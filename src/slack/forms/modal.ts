import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { OptionGroup } from '../../flow/ports/form.ts';
import type { QuestionOption } from '../../flow/ports/rows-cards.ts';
import { plainText, section } from '../blocks.ts';
import { LIMITS } from '../limits.ts';
import { plain, safe, typed } from '../text.ts';

/** Every input of ours has this action id; its block id is the name of the field. */
export const VALUE = 'value';

type Modal = {
  /** Callback id: which form it is. */
  readonly is: string;
  readonly title: string;
  readonly submit?: string;
  /** The card's id; a form carries nothing else. */
  readonly card?: string;
  readonly blocks: KnownBlock[];
};

export function modal({ is, title, submit, card, blocks }: Modal): ModalView {
  return {
    type: 'modal',
    callback_id: is,
    title: plainText(title, LIMITS.viewTitle),
    close: plainText(submit === undefined ? 'Close' : 'Back', LIMITS.viewTitle),
    ...(submit === undefined ? {} : { submit: plainText(submit, LIMITS.viewTitle) }),
    ...(card === undefined ? {} : { private_metadata: card }),
    blocks,
  };
}

/** A modal that only says something, with nothing to send. */
export function sentence(says: string): ModalView {
  return modal({ is: 'says', title: 'AIOS', blocks: [section(safe(says, LIMITS.sectionText))] });
}

/** Free words, several lines. Whether it may be empty is decided when it is sent, with a sentence of ours. */
export function words(name: string, label: string): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plainText(label, LIMITS.inputLabel),
    optional: true,
    element: {
      type: 'plain_text_input',
      action_id: VALUE,
      multiline: true,
      max_length: LIMITS.sectionText,
    },
  };
}

/** Free words with something in them already; what is emptied is sent as nothing. */
export function filledWords(name: string, label: string, text: string): InputBlock {
  const block = words(name, label);
  if (block.element.type !== 'plain_text_input') return block;
  return {
    ...block,
    element: { ...block.element, initial_value: typed(text, LIMITS.sectionText) },
  };
}

/** A few signs on one line, such as a number; what they must be is decided when it is sent, with a sentence of ours. */
export function short(name: string, label: string): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plainText(label, LIMITS.inputLabel),
    optional: true,
    element: {
      type: 'plain_text_input',
      action_id: VALUE,
      multiline: false,
      max_length: MOST_SHORT,
    },
  };
}

const MOST_SHORT = 40;

/** Boxes to tick, none of them ticked for anybody; none has to be. */
export function boxes(name: string, label: string, points: readonly QuestionOption[]): InputBlock {
  return {
    type: 'input',
    block_id: name,
    label: plainText(label, LIMITS.inputLabel),
    optional: true,
    element: { type: 'checkboxes', action_id: VALUE, options: optionsOf(points, LIMITS.boxes) },
  };
}

function optionsOf(choices: readonly QuestionOption[], most: number): PlainTextOption[] {
  return choices.slice(0, most).map((o) => ({
    text: plainText(o.label, LIMITS.optionText),
    value: plain(o.value, LIMITS.optionValue),
  }));
}

/** One of a list; no options give no input, and a single one is chosen already. */
export function oneOf(
  name: string,
  label: string,
  choices: readonly QuestionOption[],
): InputBlock[] {
  const options = optionsOf(choices, LIMITS.selectOptions);
  const [first, ...others] = options;
  if (first === undefined) return [];
  return [
    {
      type: 'input',
      block_id: name,
      label: plainText(label, LIMITS.inputLabel),
      optional: true,
      element: {
        type: 'static_select',
        action_id: VALUE,
        placeholder: plainText('Choose', LIMITS.placeholder),
        options,
        ...(others.length === 0 ? { initial_option: first } : {}),
      },
    },
  ];
}

/** One of a list under headings; no options give no input. */
export function oneOfGroups(
  name: string,
  label: string,
  groups: readonly OptionGroup[],
): InputBlock[] {
  const filled = groups
    .filter((group) => group.options.length > 0)
    .slice(0, LIMITS.optionGroups)
    .map((group) => ({
      label: plainText(group.label, LIMITS.optionText),
      options: optionsOf(group.options, LIMITS.selectOptions),
    }));
  if (filled.length === 0) return [];
  return [
    {
      type: 'input',
      block_id: name,
      label: plainText(label, LIMITS.inputLabel),
      optional: true,
      element: {
        type: 'static_select',
        action_id: VALUE,
        placeholder: plainText('Choose', LIMITS.placeholder),
        option_groups: filled,
      },
    },
  ];
}

import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  KnownBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import type { CardId } from '../flow/ports/rows-cards.ts';
import { LIMITS } from './limits.ts';
import { MENU, optionValue, pressName } from './press-name.ts';
import type { PressName } from './press-name.ts';
import { plain } from './text.ts';
import type { SafeText } from './text.ts';

/** Slack takes no empty text; whoever reads the card should see that there was nothing. */
const NO_WORDS = '(no words)';

/** `verbatim`: Slack links nothing by itself, neither addresses nor names. */
function mrkdwn(text: SafeText): MrkdwnElement {
  return { type: 'mrkdwn', text: text.trim() === '' ? NO_WORDS : text, verbatim: true };
}

export function plainText(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: plain(text, most) || NO_WORDS, emoji: false };
}

export function section(text: SafeText, menu?: Overflow): SectionBlock {
  return {
    type: 'section',
    text: mrkdwn(text),
    ...(menu === undefined ? {} : { accessory: menu }),
  };
}

/** Lines packed into as few sections as Slack's limit allows. Each line must fit in one. */
export function sections(lines: readonly SafeText[]): SectionBlock[] {
  const packed: string[] = [];
  for (const one of lines.filter((l) => l !== '')) {
    const last = packed.at(-1);
    if (last === undefined || last.length + 1 + one.length > LIMITS.sectionText) packed.push(one);
    else packed[packed.length - 1] = `${last}\n${one}`;
  }
  return packed.map((text) => section(text as SafeText));
}

/** Small print; empty ones are left out. Nothing at all gives no block. */
export function smallPrint(texts: readonly SafeText[]): ContextBlock[] {
  const elements = texts.filter((t) => t !== '').map(mrkdwn);
  return elements.length === 0
    ? []
    : [{ type: 'context', elements: elements.slice(0, LIMITS.contextElements) }];
}

/** A row of buttons; none gives no block. */
export function row(elements: readonly ActionsBlockElement[]): ActionsBlock[] {
  return elements.length === 0
    ? []
    : [{ type: 'actions', elements: elements.slice(0, LIMITS.actionsElements) }];
}

export type Press = PressName & {
  readonly card: CardId;
  readonly label: string;
  /** What it is about, said by screen readers after the label. */
  readonly about: string;
  readonly primary?: boolean;
};

/** A button. Its value is the card's id and nothing else: everything is looked up when it is pressed. */
export function button(press: Press): Button {
  return {
    type: 'button',
    action_id: pressName(press),
    text: plainText(press.label, LIMITS.buttonText),
    value: press.card,
    accessibility_label: plain(`${press.label}: ${press.about}`, LIMITS.accessibilityLabel),
    ...(press.primary === true ? { style: 'primary' as const } : {}),
  };
}

export type Choice = PressName & { readonly label: string };

function option(card: CardId, choice: Choice): PlainTextOption {
  return {
    text: plainText(choice.label, LIMITS.optionText),
    value: optionValue(card, choice),
  };
}

/** The three-dots menu; `which` tells several menus of one message apart. No choice gives none. */
export function menu(card: CardId, choices: readonly Choice[], which?: number): Overflow[] {
  if (choices.length === 0) return [];
  const options = choices.slice(0, LIMITS.overflowOptions).map((c) => option(card, c));
  return [
    { type: 'overflow', action_id: which === undefined ? MENU : `${MENU}:${which}`, options },
  ];
}

/** A list to choose one from, for more choices than buttons can carry. */
export function select(
  card: CardId,
  choices: readonly Choice[],
  placeholder: string,
): StaticSelect {
  return {
    type: 'static_select',
    action_id: MENU,
    placeholder: plainText(placeholder, LIMITS.placeholder),
    options: choices.slice(0, LIMITS.selectOptions).map((c) => option(card, c)),
  };
}

/** What a card consists of before it is checked. */
export type Blocks = readonly KnownBlock[];

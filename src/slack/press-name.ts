import { VERBS } from '../flow/ports/doors.ts';
import type { Verb } from '../flow/ports/doors.ts';
import type { CardId } from '../flow/ports/rows-cards.ts';

/** What a click says: a verb and, where one of several things is meant, which. */
export type PressName = { readonly verb: Verb; readonly choice?: string };

/** `approve`, `drop:2`, `answer:acme`: the action id of a button, unique within its block. */
export function pressName({ verb, choice }: PressName): string {
  return choice === undefined ? verb : `${verb}:${choice}`;
}

/** Reads an action id; undefined for anything that is none of ours. */
export function readPressName(text: string): PressName | undefined {
  const colon = text.indexOf(':');
  const word = colon < 0 ? text : text.slice(0, colon);
  const verb = VERBS.find((v) => v === word);
  if (verb === undefined) return undefined;
  return colon < 0 ? { verb } : { verb, choice: text.slice(colon + 1) };
}

/** The value of an option in a menu or select: these have no value of their own, so it carries the card as well. */
export function optionValue(card: CardId, name: PressName): string {
  return `${card} ${pressName(name)}`;
}

export function readOptionValue(
  value: string,
): (PressName & { readonly card: CardId }) | undefined {
  const space = value.indexOf(' ');
  const name = space < 0 ? undefined : readPressName(value.slice(space + 1));
  return name === undefined ? undefined : { ...name, card: value.slice(0, space) as CardId };
}

/** Action id of every overflow menu and select; several in one message are told apart by a number. */
export const MENU = 'more';

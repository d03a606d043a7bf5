import { isDirect } from '../place.ts';
import { unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

const WORD = /"([^"]*)"|“([^”]*)”|(\S+)/g;

/** The words of a command; what stands in quotation marks is one word, and a typed long dash counts as two short ones. */
export function wordsIn(text: string): readonly string[] {
  return [...text.matchAll(WORD)].map(([, plain, curly, bare]) =>
    (plain ?? curly ?? bare ?? '').replace(/^—/, '--'),
  );
}

/** Takes `--name value` and `--name` out of the words. */
export function flagsIn(words: readonly string[]): {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
} {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const [name = '', inline] = word.slice(2).split('=', 2);
    const valued = inline === undefined && VALUED.includes(name);
    flags.set(name, inline ?? (valued ? (words[at + 1] ?? '') : ''));
    if (valued) at += 1;
  }
  return { words: rest, flags };
}

/** Flags that have a value behind them. */
const VALUED: readonly string[] = ['audience'];

/**
 * The id of a channel: `this`, `<#C123|name>` as the chat program writes a chosen channel, or the id itself.
 * Throws Fault `bad_input`.
 */
export function channelIn(word: string | undefined, asked: Asked): string {
  if (word === 'this') {
    const { channel } = asked.command;
    if (channel === '' || isDirect(channel))
      throw unexpected(
        'a channel',
        channel === '' ? 'a command outside any channel' : 'a direct message',
        'Give the command in the channel itself, or name the channel.',
      );
    return channel;
  }
  const id = /^<#([CG][A-Z0-9]+)(?:\|[^>]*)?>$|^([CG][A-Z0-9]{5,})$/.exec(word ?? '');
  const found = id?.[1] ?? id?.[2];
  if (found === undefined)
    throw unexpected(
      'a channel or `this`',
      word,
      'Choose the channel from the list that opens after #, or give the command in it and write `this`.',
    );
  return found;
}

/** The id of a user: `<@U123|name>` or the id itself. Throws Fault `bad_input`. */
export function userIn(word: string | undefined): string {
  const id = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$|^([UW][A-Z0-9]{5,})$/.exec(word ?? '');
  const found = id?.[1] ?? id?.[2];
  if (found === undefined)
    throw unexpected('a person', word, 'Choose the person from the list that opens after @.');
  return found;
}

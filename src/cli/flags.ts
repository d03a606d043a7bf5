import { parseArgs } from 'node:util';
import { Fault, sentenceOf } from '../core/fault.ts';

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

/** A flag with a value behind it, and one without. */
export const TEXT = { type: 'string' } as const;
export const YES = { type: 'boolean' } as const;

/** Reads words, and flags anywhere among them. Throws Fault `bad_input`, with the usage, for an unknown flag. */
export function wordsAndFlagsOf<const T extends Options>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
    });
    return { words: positionals, values };
  } catch (cause) {
    throw new Fault('bad_input', `${sentenceOf(cause)}. ${usage}`, { cause });
  }
}

/** Reads flags and nothing else. Throws Fault `bad_input`, with the usage, for whatever is not among them. */
export function flagsOf<const T extends Options>(
  args: readonly string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (cause) {
    throw new Fault('bad_input', `${sentenceOf(cause)}. ${usage}`, { cause });
  }
}

import { Fault } from '../../core/fault.ts';
import type { FaultCode } from '../../core/fault.ts';
import { notYours, unknown } from './help.ts';
import { SUBCOMMANDS } from './table.ts';
import { wordsIn } from './words.ts';
import { recognise } from '../people.ts';
import type { Command, Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { mayUse } from './subcommand.ts';
import type { Subcommand } from './subcommand.ts';

/** Faults that answer a person; every other one is of the world and passes on. */
const ANSWERS: readonly FaultCode[] = ['bad_input', 'not_found', 'not_allowed', 'conflict'];

/**
 * Carries out one command of a person and answers in plain lines, for the asker alone. Bad input changes nothing and
 * says what was expected. Throws Fault `database_gone` or `slack_gone` when it could not be carried out.
 */
export async function command(world: World, given: Command): Promise<Reply> {
  const person = await recognise(world, given.user);
  const words = firstWords(given.text);
  const found = subcommandOf(words);
  if (found === undefined) return unknown(world, { person, words }, SUBCOMMANDS);
  if (!(await mayUse(world, person, found.who))) return notYours(person, found);
  const rest = behind(given.text, found);
  try {
    return await found.run(world, { command: given, person, rest, words: wordsIn(rest) });
  } catch (thrown) {
    if (thrown instanceof Fault && ANSWERS.includes(thrown.code))
      return { ok: false, lines: [thrown.message] };
    throw thrown;
  }
}

/** Whether a command only reads, as help for a word that is none does. */
export function readsAlone(text: string): boolean {
  return subcommandOf(firstWords(text))?.does !== 'acts';
}

function firstWords(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** The row whose words come first; nothing at all asks for help. */
function subcommandOf(words: readonly string[]): Subcommand | undefined {
  const [first = '', second = ''] = words.map((w) => w.toLowerCase());
  const named = (word: string): Subcommand | undefined => SUBCOMMANDS.find((s) => s.word === word);
  return named(`${first} ${second}`) ?? named(first === '' ? 'help' : first);
}

/** What stands behind the words of the subcommand, as it was written. */
function behind(text: string, { word }: Subcommand): string {
  return word.split(' ').reduce((left) => left.replace(/^\S+\s*/, ''), text.trim());
}

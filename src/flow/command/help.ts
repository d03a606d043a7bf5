import { nearest } from '../../core/nearest.ts';
import type { Reply } from '../ports/doors.ts';
import type { PersonRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import { mayUse, told } from './subcommand.ts';
import type { Subcommand, Who } from './subcommand.ts';

type Table = readonly Subcommand[];

const FOR_GUESTS =
  'Commands are for members of the practice. Write what you need and mention me: it is received at once, a person looks at it, and the result comes back to you.';

const WHO_WORDS: Readonly<Record<Who, string>> = {
  anyone: 'everybody',
  member: 'members of the practice',
  approver: 'approvers',
  owner: 'the owner',
};

/** What this person can ask for, one line each; to a guest one sentence. */
export async function help(world: World, person: PersonRow, table: Table): Promise<Reply> {
  if (person.role === 'guest') return told(FOR_GUESTS);
  return told('What you can ask here', ...(await usages(world, person, table)));
}

async function usages(world: World, person: PersonRow, table: Table): Promise<readonly string[]> {
  const mine = await Promise.all(table.map((row) => mayUse(world, person, row.who)));
  return table.filter((_, at) => mine[at]).map((row) => `- ${row.usage}: ${row.help}`);
}

/** To somebody who may not: for whom it is. A guest does not learn what there is. */
export function notYours(person: PersonRow, row: Subcommand): Reply {
  if (person.role === 'guest') return { ok: false, lines: [FOR_GUESTS] };
  return {
    ok: false,
    lines: [
      `\`${row.word}\` is for ${WHO_WORDS[row.who]}. Nothing was done. What you can ask: help`,
    ],
  };
}

/** To words that are no subcommand: the nearest one, and the list. */
export async function unknown(
  world: World,
  { person, words }: { person: PersonRow; words: readonly string[] },
  table: Table,
): Promise<Reply> {
  if (person.role === 'guest') return { ok: false, lines: [FOR_GUESTS] };
  const meant = nearestOf(words, table);
  const got = words.slice(0, 2).join(' ').slice(0, 80);
  return {
    ok: false,
    lines: [
      `Expected a subcommand, got "${got}".${meant === undefined ? '' : ` Did you mean \`${meant}\`?`} What you can ask:`,
      ...(await usages(world, person, table)),
    ],
  };
}

/** The first word is compared with first words, the second with what may follow it: `clint bnd` is `client bind`. */
function nearestOf([one = '', two = '']: readonly string[], table: Table): string | undefined {
  const pairs = table.map((row) => row.word.split(' '));
  const first = nearest(one, [...new Set(pairs.map(([word = '']) => word))]);
  if (first === undefined) return undefined;
  const seconds = pairs.filter(([word]) => word === first).map(([, word]) => word);
  const named = seconds.filter((word) => word !== undefined);
  const second = two === '' ? undefined : nearest(two, named);
  if (second !== undefined) return `${first} ${second}`;
  return named.length < seconds.length ? first : `${first} ${named.join('|')}`;
}

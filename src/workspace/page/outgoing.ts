import type { Channel, Person } from '../human/protocol.ts';

/** What a person typed, sorted out: a slash command, or a message. */
export type Outgoing =
  | { readonly kind: 'command'; readonly command: string; readonly text: string }
  | { readonly kind: 'message'; readonly text: string };

const NAME = /(?<![\p{L}\p{N}&#@/.<])([@#])([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu;

/** The longest known name a word begins with, so that "@aios." and "@ana-lena" both work. */
function known<T extends { readonly name: string }>(
  all: readonly T[],
  word: string,
): T | undefined {
  const lower = word.toLowerCase();
  return all
    .filter(({ name }) => {
      const rest = lower.slice(name.length);
      return lower.startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest);
    })
    .sort((one, other) => other.name.length - one.name.length)[0];
}

/**
 * Sorts out typed text: `/word …` is a command; `@name` and `#channel` of known people and channels become mentions,
 * also before a full stop. Everything else stays as typed; the server escapes it as Slack does.
 */
export function outgoing(
  typed: string,
  names: { readonly people: readonly Person[]; readonly channels: readonly Channel[] },
): Outgoing {
  const command = /^(\/[a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(typed.trim());
  if (command !== null) {
    return { kind: 'command', command: command[1] ?? '', text: (command[2] ?? '').trim() };
  }
  const text = typed.trim().replace(NAME, (whole, sigil: string, word: string) => {
    const found = sigil === '@' ? known(names.people, word) : known(names.channels, word);
    if (found === undefined) return whole;
    return `<${sigil}${found.id}>${word.slice(found.name.length)}`;
  });
  return { kind: 'message', text };
}

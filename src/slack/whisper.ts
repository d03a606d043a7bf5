import type { Around } from './around.ts';
import { LIMITS } from './limits.ts';
import { safe } from './text.ts';

const ROOM = LIMITS.messageText - 100;

/** Plain words to one person as a text Slack takes: escaped, cut, and marked in a rehearsal. */
export function words({ rehearsal }: Pick<Around, 'rehearsal'>, says: string): string {
  return `${rehearsal ? 'REHEARSAL: ' : ''}${safe(says, ROOM)}`;
}

/** Lines as few texts as they fit in, at most as many as one answer may have; what is left out is said. */
export function pages(
  around: Pick<Around, 'rehearsal'>,
  lines: readonly string[],
): readonly string[] {
  const texts: string[] = [];
  for (const line of lines.map((l) => safe(l, ROOM - 20))) {
    const last = texts.at(-1);
    if (last === undefined || last.length + 1 + line.length > ROOM - 20) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  const shown = texts.slice(0, LIMITS.responses);
  if (texts.length > shown.length)
    shown[shown.length - 1] =
      '… the rest is too long for Slack: ask for less, or use `aios` on the command line.';
  return shown.map((text) => (around.rehearsal ? `REHEARSAL: ${text}` : text));
}

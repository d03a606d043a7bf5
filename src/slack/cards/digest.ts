import type { DigestMessage } from '../../flow/ports/message.ts';
import { sections } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { bold, line, safe, say } from '../text.ts';

const MOST_LINES = 40;

/** The week in plain lines. */
export function digest(message: DigestMessage): Blocks {
  const shown = message.lines.slice(0, MOST_LINES).map((l) => safe(l, 280));
  const left = message.lines.length - shown.length;
  return sections([
    say`${bold(say`Digest`)} ${line(message.week)}`,
    ...shown,
    ...(left > 0 ? [say`… and ${left} more lines: \`/aios digest\` shows them`] : []),
  ]);
}

import type { NoticeMessage } from '../../flow/ports/message.ts';
import { section } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { bold, join, line, NOTHING, person, safe } from '../text.ts';

/** Something a person should know, and the next step, in words. */
export function notice(message: NoticeMessage): Blocks {
  const head = [
    message.mention === null ? NOTHING : person(message.mention),
    message.number === null ? NOTHING : bold(line(message.number)),
    safe(message.text),
  ];
  return [section(join(head, ' '))];
}

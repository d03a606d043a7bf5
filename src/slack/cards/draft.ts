import type { DraftMessage } from '../../flow/ports/message.ts';
import { section } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { bold, code, line, say } from '../text.ts';
import { shortHash } from '../amounts.ts';

/** Comes with the files of a draft, for the practice only. */
export function draft(message: DraftMessage): Blocks {
  const title = bold(say`${line(message.number)} draft ${message.draftVersion}`);
  return [
    section(
      say`${title}: its files, to read. Not approved; not for the client. draft ${code(shortHash(message.draftSha256))}`,
    ),
  ];
}

import { digestMessage } from '../cards/digest-message.ts';
import { LAST_WEEK, spanOf } from '../digest.ts';
import type { Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { told } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** `digest [2026-W47]`: what the digest of that week says now; posts nothing. */
export async function weekDigest(world: World, asked: Asked): Promise<Reply> {
  const span = await spanOf(world, asked.words[0] ?? LAST_WEEK);
  const { week, lines } = await digestMessage(world, { week: span.week, client: '' });
  return told(week, ...lines);
}

import type { Message } from '../flow/ports/message.ts';
import type { Placed, Target } from '../flow/ports/world.ts';
import type { Around } from './around.ts';
import { draw } from './draw.ts';
import { asked } from './fault.ts';
import { findOurs } from './find.ts';
import type { Seen } from './find.ts';

/** What marks a message as the card with this id. */
const CARD = 'aios_card';

/** On every message that leaves: nothing unfurls, nothing is linked or named by Slack itself. */
const QUIET = { parse: 'none', link_names: false } as const;
const UNFURL_NOTHING = { unfurl_links: false, unfurl_media: false } as const;

function carries(message: Seen, id: string): boolean {
  const payload = message.metadata?.event_payload as { readonly id?: unknown } | undefined;
  return message.metadata?.event_type === CARD && payload?.id === id;
}

/** Posts a message. With `sureFirst` an earlier one with the same id is taken instead. */
export async function post(around: Around, message: Message, to: Target): Promise<Placed> {
  const drawn = draw(message);
  if (to.sureFirst) {
    const earlier = await findOurs(around, to, (m) => carries(m, to.id));
    if (earlier !== undefined) return { channel: to.channel, ts: earlier };
  }
  const posted = await asked('post a message', () =>
    around.writes.chat.postMessage({
      channel: to.channel,
      ...(to.thread === undefined ? {} : { thread_ts: to.thread }),
      ...drawn,
      ...QUIET,
      ...UNFURL_NOTHING,
      metadata: { event_type: CARD, event_payload: { id: to.id } },
    }),
  );
  return { channel: posted.channel ?? to.channel, ts: posted.ts ?? '' };
}

/** Draws a message anew where it stands. Throws Fault `not_found` when it was deleted. */
export async function edit(around: Around, message: Message, at: Placed): Promise<void> {
  const drawn = draw(message);
  await asked('edit a message', () =>
    around.writes.chat.update({ channel: at.channel, ts: at.ts, ...drawn, ...QUIET }),
  );
}

/** Words for one person alone. Never throws: whoever is told has nothing to lose by it, and the event is settled. */
export async function whisper(
  around: Around,
  to: { readonly channel: string; readonly user: string; readonly thread?: string },
  text: string,
): Promise<void> {
  const { channel, user, thread } = to;
  try {
    await asked('tell one person', () =>
      around.writes.chat.postEphemeral({
        channel,
        user,
        text,
        ...(thread === undefined ? {} : { thread_ts: thread }),
        ...QUIET,
      }),
    );
  } catch (thrown) {
    around.log(
      `slack: a person could not be told: ${thrown instanceof Error ? thrown.message : 'unknown'}`,
    );
  }
}

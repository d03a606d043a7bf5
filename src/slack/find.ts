import type { Target } from '../flow/ports/world.ts';
import type { Around } from './around.ts';
import { faultOf, refusalOf } from './fault.ts';

const MOST_PAGES = 5;

/** The parts of a message by which one of ours is known again. */
export type Seen = {
  readonly ts?: string;
  readonly text?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
  readonly files?: readonly { readonly title?: string; readonly id?: string }[];
};

type Page = {
  readonly messages?: readonly Seen[];
  readonly response_metadata?: { readonly next_cursor?: string };
};

/** Answers that mean we may not look, rather than that nothing is there. */
const BLIND = [
  'missing_scope',
  'not_in_channel',
  'channel_not_found',
  'thread_not_found',
  'no_permission',
];

/**
 * The ts of a message of ours in the target's thread or channel that `fits`; undefined when there is none or when the
 * history scopes were not granted.
 */
export async function findOurs(
  around: Around,
  to: Pick<Target, 'channel' | 'thread'>,
  fits: (message: Seen) => boolean,
): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await pageOf(around, to, cursor);
    const found = page.messages?.find((m) => isOurs(around, m) && fits(m));
    if (found?.ts !== undefined) return found.ts;
    cursor = page.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return undefined;
  }
  return undefined;
}

function isOurs(around: Around, message: Seen): boolean {
  return message.user === around.botUser || message.bot_id === around.botId;
}

async function pageOf(
  around: Around,
  { channel, thread }: Pick<Target, 'channel' | 'thread'>,
  cursor: string | undefined,
): Promise<Page> {
  const asks = {
    channel,
    include_all_metadata: true,
    limit: 200,
    ...(cursor === undefined ? {} : { cursor }),
  };
  const { conversations } = around.reads;
  try {
    const page =
      thread === undefined
        ? conversations.history(asks)
        : conversations.replies({ ...asks, ts: thread });
    return (await page) as Page;
  } catch (thrown) {
    if (BLIND.includes(refusalOf(thrown) ?? '')) return {};
    throw faultOf(thrown, 'look for an earlier message');
  }
}

import type { Moment } from '../core/moment.ts';
import { moment } from '../core/moment.ts';
import { endOfQuiet, quietIn } from '../core/quiet.ts';
import type { ClientId } from '../core/id.ts';
import { refOf } from '../core/rule-set.ts';
import { openAct } from './act.ts';
import { weekNamed } from './cards/digest-message.ts';
import type { WeekSpan } from './ports/store.ts';
import type { World } from './ports/world.ts';

type Needs = Pick<World, 'store' | 'slack' | 'facility' | 'clock' | 'library'>;

/** Where a digest goes, and of whom it tells: of the whole practice when `client` is null. */
type Goal = { readonly channel: string; readonly client: ClientId | null };

export const LAST_WEEK = 'last closed week';

/**
 * Has the digest of the last closed week posted, but not in quiet hours: then the same job comes back when they end,
 * with the moment it came due as its subject.
 */
export async function weekly(world: Needs, subject: string): Promise<void> {
  const quiet = quietIn(world.facility.zone, world.library.rules.settings.quietHours);
  const now = world.clock.now();
  const due = /^[0-9]+$/.test(subject) ? moment(Number(subject)) : null;
  if (!quiet(now)) return digest(world, LAST_WEEK, due);
  if (await isBeforeAll(world, await spanOf(world, LAST_WEEK))) return;
  const act = openAct(world.clock);
  const ends = endOfQuiet(now, quiet);
  const job = { queue: 'aios', name: 'digest', jobId: `digest_at_${ends}` } as const;
  act.job({ ...job, subject: String(due ?? now), dueAt: ends });
  await world.store.commit(act.close());
}

/**
 * Has the digest of a week posted: to the owner's direct messages that of the practice, to every channel a client reads
 * that client's own. Each channel gets exactly one message per week, however often and by however many processes this
 * is called: the row, the entry and the card are one act. `due`: since when quiet hours put it off. Throws Fault `bad_input`
 * for a week that is none, and faults of Slack and Postgres that may be tried again.
 */
export async function digest(
  world: Needs,
  which: string,
  due: Moment | null = null,
): Promise<void> {
  const span = await spanOf(world, which);
  if (await isBeforeAll(world, span)) return;
  for (const goal of await goalsOf(world)) await postOnce(world, span, { ...goal, due });
}

/** A week before the practice began has nothing to tell. */
async function isBeforeAll({ store }: Pick<Needs, 'store'>, { to }: WeekSpan): Promise<boolean> {
  return to <= ((await store.foundedAt()) ?? to);
}

/** The last closed week is the one that ended where this week begins. */
export async function spanOf(world: Omit<Needs, 'slack'>, which: string): Promise<WeekSpan> {
  if (which !== LAST_WEEK) return weekNamed(world, which);
  const { zone } = world.facility;
  const now = await world.store.weekHolding(world.clock.now(), zone);
  return world.store.weekHolding(moment(now.from - 1), zone);
}

async function goalsOf({ store, slack, facility }: Needs): Promise<readonly Goal[]> {
  const owners: Goal = { channel: await slack.dm(facility.ownerUser), client: null };
  const clients = await store.clients();
  const bound = await Promise.all(clients.map((c) => store.channels(c.id)));
  const theirs = bound
    .flat()
    .filter((row) => row.audience === 'client')
    .map(({ channel, clientId }): Goal => ({ channel, client: clientId }));
  return [owners, ...theirs];
}

type Post = Goal & { readonly due: Moment | null };

async function postOnce(world: Needs, { week }: WeekSpan, goal: Post): Promise<void> {
  const { channel, client, due } = goal;
  if (await world.store.digestPosted(week, channel)) return;
  const act = openAct(world.clock);
  const rule = refOf(world.library.rules, 'DIGEST');
  const lastEntry = act.note(
    {
      type: 'digest.posted',
      actor: { kind: 'rule', id: rule },
      rule,
      ...(client === null ? {} : { client }),
      data: {
        week,
        audience: client === null ? 'practice' : 'client',
        ...(due === null ? {} : { postponed: { due, rule: refOf(world.library.rules, 'QUIET') } }),
      },
    },
    null,
  );
  const cardId = act.show({
    key: `digest:${week}:${channel}`,
    kind: 'digest',
    place: { at: 'channel', channel },
    note: { code: 'digest', with: { week, client: client ?? '' } },
  });
  act.change({ insert: 'digest_post', row: { week, channel, cardId, lastEntry } });
  // Lost means that another process posted it meanwhile.
  await world.store.commit(act.close());
}

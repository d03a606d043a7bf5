import { Fault } from '../core/fault.ts';
import type { PersonId } from '../core/id.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import type { PersonRow, PersonRole } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';

type Needs = Pick<World, 'store' | 'slack' | 'facility'>;

/** A person as stored, or a new one that the act will write; `fresh` says which. */
export type Met = { readonly person: PersonRow; readonly fresh: boolean };

/**
 * Finds who wrote, and adds whoever is met for the first time to the act. What Slack says of someone is asked once;
 * a person who was a member and is a guest now is corrected on the next meeting.
 */
export async function meet(world: Needs, act: OpenAct, user: string): Promise<Met> {
  const { team } = world.facility;
  const known = await world.store.personBySlack(team, user);
  const role = await roleNow(world, user, known);
  if (known !== null && known.role === role.role) return { person: known, fresh: false };
  return { person: write(act, known, { team, user, ...role }), fresh: known === null };
}

const TRIES = 3;

/**
 * Who somebody is now, stored at once if that is news. Rights are checked with this at every click and command: whoever
 * became a guest since then no longer has any. Throws Fault `conflict` when others kept writing the same person.
 */
export async function recognise(
  world: Needs & Pick<World, 'clock'>,
  user: string,
): Promise<PersonRow> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const act = openAct(world.clock);
    const { person } = await meet(world, act, user);
    const pending = act.close();
    if (pending.changes.length === 0) return person;
    if ((await world.store.commit(pending)) === 'done') return person;
  }
  throw new Fault('conflict', 'You were just being added by another process. Please try again.');
}

async function roleNow(
  world: Needs,
  user: string,
  known: PersonRow | null,
): Promise<{ role: PersonRole; name: string }> {
  if (user === world.facility.ownerUser && known?.role === 'owner')
    return { role: 'owner', name: known.name };
  const seen = await world.slack.whoIs(user);
  if (user === world.facility.ownerUser) return { role: 'owner', name: seen.name };
  return { role: seen.bot ? 'guest' : seen.role, name: seen.name };
}

type Seen = {
  readonly team: string;
  readonly user: string;
  readonly role: PersonRole;
  readonly name: string;
};

function write(act: OpenAct, known: PersonRow | null, seen: Seen): PersonRow {
  const id = known?.id ?? act.newId<PersonId>();
  const lastEntry = act.note(
    {
      type: known === null ? 'person.seen' : 'role.set',
      actor: { kind: 'system', id: 'slack' },
      data: { person: id, role: seen.role },
    },
    known?.lastEntry ?? null,
  );
  const row: PersonRow = {
    id,
    team: seen.team,
    slackUser: seen.user,
    name: seen.name,
    role: seen.role,
    lastEntry,
  };
  act.change(
    known === null
      ? { insert: 'person', row }
      : {
          update: 'person',
          set: { role: row.role, name: row.name, lastEntry },
          where: { id, role: known.role },
        },
  );
  return row;
}

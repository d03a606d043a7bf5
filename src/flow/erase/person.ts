import { Fault } from '../../core/fault.ts';
import { openAct } from '../act.ts';
import { noteErased } from './erase.ts';
import { openInWords } from './open-work.ts';
import type { Needs, Order } from './erase.ts';
import type { PersonRow } from '../ports/rows-settings.ts';

/**
 * Erases who a person was: name and Slack id. The random id stays, so that what the record says of it still holds
 * together. Throws Fault `not_allowed` for the owner and for approvers, `conflict` while work of that person is open.
 */
export async function erasePerson(world: Needs, person: PersonRow, order: Order): Promise<void> {
  await refusePerson(world, person);
  const act = openAct(world.clock);
  const lastEntry = noteErased(act, order, {
    client: null,
    request: null,
    task: null,
    scope: 'person',
    bodies: [],
    besides: ['person_name'],
    person: person.id,
  });
  const slackUser = `erased person ${act.newId().slice(-12)}`;
  act.change({
    update: 'person',
    set: { slackUser, name: 'a person (erased)', lastEntry },
    where: { id: person.id, lastEntry: person.lastEntry },
  });
  if ((await world.eraser.commit(act.close())) === 'lost')
    throw new Fault(
      'conflict',
      'This person was changed at the same moment. Nothing was erased. Try again.',
      { retry: true },
    );
}

/** Throws the Fault that keeps a person from being erased now, with what to do first. */
export async function refusePerson(world: Needs, person: PersonRow): Promise<void> {
  if (person.role === 'owner')
    throw new Fault(
      'not_allowed',
      'The owner answers for this practice and cannot be erased while it exists. Nothing was erased.',
    );
  for (const client of await world.store.clients())
    if ((await world.store.approversOf(client.id)).some((a) => a.personId === person.id))
      throw new Fault(
        'not_allowed',
        `This person approves for ${client.name}. Nothing was erased. End that first: client approver ${client.slug} <@${person.slackUser}> --remove`,
      );
  const open = await world.eraser.open({ is: 'person', id: person.id });
  if (open.length > 0) throw new Fault('conflict', openInWords(open));
}

import { Fault } from '../../core/fault.ts';
import { isServed } from './question.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';

/** The client an answer names: by its button, or by its short name. Throws Fault `bad_input` for none. */
export async function clientMeant(
  world: Pick<World, 'store'>,
  said: { readonly value?: string; readonly text?: string },
): Promise<ClientRow> {
  const clients = (await world.store.clients()).filter(isServed);
  const client =
    clients.find((c) => c.id === said.value) ??
    clients.find((c) => c.slug === said.text?.trim().toLowerCase());
  if (client !== undefined) return client;
  throw new Fault(
    'bad_input',
    `Expected one of ${clients.map((c) => c.slug).join(', ')}. Use a button of the card.`,
  );
}

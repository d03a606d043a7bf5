import { Fault } from '../../core/fault.ts';
import type { ClientId } from '../../core/id.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { eraseTexts, noteErased } from './erase.ts';
import type { Erased, Needs, Order } from './erase.ts';
import type { ChannelRow, ClientRow } from '../ports/rows-settings.ts';
import type { QuestionRow } from '../ports/rows-cards.ts';

/** What an erased client is called from then on. */
export const ERASED_CLIENT = 'Erased client';

export type ErasedClient = Erased & {
  /** Key files that were destroyed. */
  readonly keys: number;
  /** The random short name it has from now on. */
  readonly slug: string;
};

/**
 * Erases a client: closes its keys, so that nothing new comes in, erases all its texts, destroys its keys, and takes
 * its name from where it stands outside of texts. Its name goes last: whatever interrupts this, the same command
 * finishes it. Throws Fault `conflict` while work of it is open.
 */
export async function eraseClient(
  world: Needs,
  client: ClientRow,
  order: Order,
): Promise<ErasedClient> {
  const close = await world.eraser.closing(client.id);
  const erased = await eraseTexts(
    world,
    { order, subject: about(client.id) },
    close === null ? null : (act, entry) => act.change(close(entry, act.at)),
  );
  const keys = await world.eraser.destroyKeys(client.id);
  const named = await forgetName(world, client, order);
  return { ...erased, ...named, keys, requests: new Set([...erased.requests, ...named.requests]) };
}

const about = (id: ClientId) =>
  ({ scope: { is: 'client', id }, client: id, request: null, task: null }) as const;

/** Takes the client's name out of its row, its channels and the answers that offered it. */
async function forgetName(world: Needs, client: ClientRow, order: Order) {
  if (client.erasedAt !== null) return { slug: client.slug, requests: [] };
  const { channels, questions } = await world.eraser.naming(client.id);
  const act = openAct(world.clock);
  const lastEntry = noteErased(act, order, {
    ...about(client.id),
    scope: 'client',
    bodies: [],
    besides: [
      'client_name',
      ...(channels.length > 0 ? (['channels'] as const) : []),
      ...(questions.length > 0 ? (['answers_offered'] as const) : []),
    ],
  });
  const slug = `erased-${act.newId().slice(-8)}`;
  act.change({
    update: 'client',
    set: { slug, name: ERASED_CLIENT, reviewChannel: null, erasedAt: act.at, lastEntry },
    where: { id: client.id, lastEntry: client.lastEntry },
  });
  for (const channel of channels) unbind(act, channel, lastEntry);
  for (const question of questions) unname(act, { question, client }, lastEntry);
  if ((await world.eraser.commit(act.close())) === 'lost')
    throw new Fault(
      'conflict',
      'Somebody changed this client at the same moment. Erase it again to finish it.',
      { retry: true },
    );
  return { slug, requests: questions.map((question) => question.requestId) };
}

/** The row stays for the entries that name it by its random id; which channel it was is forgotten. */
function unbind(act: OpenAct, { id }: ChannelRow, lastEntry: ChannelRow['lastEntry']): void {
  act.change({
    update: 'channel',
    set: { channel: `erased ${id}`, clientId: null, audience: 'client', lastEntry },
    where: { id },
  });
}

type Offered = { readonly question: QuestionRow; readonly client: ClientRow };

function unname(
  act: OpenAct,
  { question, client }: Offered,
  lastEntry: QuestionRow['lastEntry'],
): void {
  const options = question.options.map((option) =>
    option.value === client.id ? { ...option, label: ERASED_CLIENT } : option,
  );
  act.change({ update: 'question', set: { options, lastEntry }, where: { id: question.id } });
}

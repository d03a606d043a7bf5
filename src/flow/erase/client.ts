import { Fault } from '../../core/fault.ts';
import type { ClientId, EntryId } from '../../core/id.ts';
import type { ErasedBeside } from '../../core/record-words.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { BATCH, eraseTexts, noteErased } from './erase.ts';
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

/** Takes the client's name out of the answers that offered it, and last out of its own row and its channels. */
async function forgetName(world: Needs, client: ClientRow, order: Order) {
  if (client.erasedAt !== null) return { slug: client.slug, requests: [] };
  const { channels, questions } = await world.eraser.naming(client.id);
  const offered = questions.filter((question) => names(question, client));
  for (let at = 0; at < offered.length; at += BATCH)
    await forgetOffers(world, { client, questions: offered.slice(at, at + BATCH) }, order);
  const act = openAct(world.clock);
  const bound = channels.length > 0 ? (['channels'] as const) : [];
  const besides = ['client_name', ...bound] as const;
  const lastEntry = noteName(act, order, { client, besides });
  const slug = `erased-${act.newId().slice(-8)}`;
  act.change({
    update: 'client',
    set: { slug, name: ERASED_CLIENT, reviewChannel: null, erasedAt: act.at, lastEntry },
    where: { id: client.id, lastEntry: client.lastEntry },
  });
  for (const channel of channels) unbind(act, channel, lastEntry);
  await write(world, act);
  return { slug, requests: questions.map((question) => question.requestId) };
}

type Naming = { readonly client: ClientRow; readonly besides: readonly ErasedBeside[] };

function noteName(act: OpenAct, order: Order, { client, besides }: Naming): EntryId {
  return noteErased(act, order, { ...about(client.id), scope: 'client', bodies: [], besides });
}

async function write(world: Needs, act: OpenAct): Promise<void> {
  if ((await world.eraser.commit(act.close())) === 'done') return;
  throw new Fault(
    'conflict',
    'Somebody changed this client at the same moment. Erase it again to finish it.',
    { retry: true },
  );
}

/** The row stays for the entries that name it by its random id; which channel it was is forgotten. */
function unbind(act: OpenAct, { id }: ChannelRow, lastEntry: ChannelRow['lastEntry']): void {
  act.change({
    update: 'channel',
    set: { channel: `erased ${id}`, clientId: null, audience: 'client', lastEntry },
    where: { id },
  });
}

type Offers = { readonly client: ClientRow; readonly questions: readonly QuestionRow[] };

/** The buttons of a question for whom work is named every client there was. */
async function forgetOffers(
  world: Needs,
  { client, questions }: Offers,
  order: Order,
): Promise<void> {
  const act = openAct(world.clock);
  const lastEntry = noteName(act, order, { client, besides: ['answers_offered'] });
  for (const { id, options } of questions) {
    const unnamed = options.map((option) =>
      option.value === client.id ? { ...option, label: ERASED_CLIENT } : option,
    );
    act.change({ update: 'question', set: { options: unnamed, lastEntry }, where: { id } });
  }
  await write(world, act);
}

function names({ options }: QuestionRow, { id }: ClientRow): boolean {
  return options.some((option) => option.value === id && option.label !== ERASED_CLIENT);
}

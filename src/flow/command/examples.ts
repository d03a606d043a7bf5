import { Fault } from '../../core/fault.ts';
import { taskNumber } from '../../core/id.ts';
import { removeExample } from '../erase/tidy-examples.ts';
import { isDirect } from '../place.ts';
import type { Reply } from '../ports/doors.ts';
import type { ExampleOf } from '../ports/rows-examples.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { SaidExample, World } from '../ports/world.ts';
import { clientBySlug } from './settings.ts';
import { clientsOf, told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** `examples [client]`: the words that were kept, of the clients this person decides for. */
export async function examples(world: World, asked: Asked): Promise<Reply> {
  const [slug, ...more] = asked.words;
  if (more.length > 0)
    throw unexpected(
      'at most the short name of a client',
      asked.rest,
      'For example: examples acme',
    );
  const mine = await heardHere(world, asked);
  const client = slug === undefined ? undefined : await clientBySlug(world, slug);
  const whose = client === undefined ? mine : mine.filter(({ id }) => id === client.id);
  const said = await world.examples.words(await examplesOf(world, whose));
  if (said.length === 0) return told('No words are kept as examples here.');
  return told(
    `${said.length} kept. One is removed by: examples remove ${shortId(said[0] as SaidExample)}`,
    ...said.map((one) => exampleLine(one, whose)),
  );
}

/** `examples remove <id>`: erases the words of one example, so that it teaches nothing any more. */
export async function removeByCommand(world: World, asked: Asked): Promise<Reply> {
  const mine = await examplesOf(world, await clientsOf(world, asked.person));
  const example = exampleNamed(mine, asked.words);
  await removeExample(world, example, asked.person);
  return told(removedLine(example));
}

/** The clients of whose words this place may hear: all of one's own in private, else the client whose place it is. */
async function heardHere(world: World, { command, person }: Asked): Promise<readonly ClientRow[]> {
  const mine = await clientsOf(world, person);
  const { channel } = command;
  if (channel === '' || isDirect(channel)) return mine;
  const bound = await world.store.channel(world.facility.team, channel);
  const isPractice = bound === null || bound.audience === 'practice';
  const here = mine.filter(({ id, reviewChannel }) =>
    bound?.clientId == null ? reviewChannel === channel : bound.clientId === id,
  );
  if (isPractice && here.length > 0 && !(await world.slack.outsidersIn(channel))) return here;
  throw new Fault(
    'not_allowed',
    'Words of clients are not told here. Ask me in a direct message, or where drafts of the client are shown.',
  );
}

async function examplesOf(
  { store }: Pick<World, 'store'>,
  clients: readonly ClientRow[],
): Promise<readonly ExampleOf[]> {
  return (await Promise.all(clients.map(({ id }) => store.examplesFrom(id)))).flat();
}

const SHORT = 8;

/** How an example is named to people: the end of its id, which is random. */
export function shortId({ id }: Pick<ExampleOf, 'id'>): string {
  return id.slice(-SHORT);
}

/** One example as a line: its id, the kind, whose it is, where it comes from, the words. */
export function exampleLine(one: SaidExample, clients: readonly ClientRow[]): string {
  const slug = clients.find(({ id }) => id === one.source)?.slug ?? 'a client';
  const whose = one.clientId === null ? `everyone, from ${slug}` : slug;
  const number = taskNumber(one.request, one.ordinal);
  return `- ${shortId(one)} ${one.kind}, for ${whose}, from ${number}: "${one.text}"`;
}

export function removedLine(example: ExampleOf): string {
  return `Removed ${shortId(example)}: its words are erased, and requests like it are read without it.`;
}

/** The one example whose id ends like that. Throws Fault `bad_input` or `not_found`. */
export function exampleNamed(
  all: readonly ExampleOf[],
  [word, ...more]: readonly string[],
): ExampleOf {
  const end = word?.toLowerCase() ?? '';
  if (more.length > 0 || !/^[0-9a-f-]{8,36}$/.test(end))
    throw unexpected(
      'the id of one example',
      [word ?? '', ...more].join(' '),
      'They are listed with their ids by: examples list',
    );
  const [found, another] = all.filter(({ id }) => id.endsWith(end));
  if (found !== undefined && another === undefined) return found;
  throw new Fault(
    'not_found',
    another === undefined
      ? `There is no example ${end} that you may remove. Nothing was removed. They are listed by: examples list`
      : `Several examples end in ${end}. Nothing was removed. Say more of the id.`,
  );
}

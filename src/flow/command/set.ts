import { Fault } from '../../core/fault.ts';
import type { CloudAnswer } from '../../core/facts.ts';
import { utcText } from '../../core/moment.ts';
import { readSignedUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { openAct } from '../act.ts';
import { capOf } from '../plan/may-start.ts';
import { channelIn } from './words.ts';
import type { Reply } from '../ports/doors.ts';
import type { ChannelRow, ClientRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import { byPerson, clientBySlug, refuseOutsiders, servedBySlug, setClient } from './settings.ts';
import { clientsOf, commitSetting, told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

type Setting = (world: World, asked: Asked, client: ClientRow) => Promise<Reply>;

const SETTINGS: ReadonlyMap<string, Setting> = new Map([
  ['cloud', setCloud],
  ['review', setReview],
  ['retention', setRetention],
  ['cap', setCap],
]);

/** `client set <slug> cloud never|allowed`, `… review <#channel|this>`, `… retention <days>|keep`, `… cap <usd>|default` */
export async function setOfClient(world: World, asked: Asked): Promise<Reply> {
  const client = await servedBySlug(world, asked.words[0]);
  const setting = SETTINGS.get(asked.words[1] ?? '');
  if (setting === undefined)
    throw unexpected(
      `one of ${[...SETTINGS.keys()].join(', ')}`,
      asked.words[1],
      `For example: client set ${client.slug} cloud never`,
    );
  return setting(world, asked, client);
}

const CLOUD_WORDS: Readonly<Record<'never' | 'allowed', string>> = {
  never: 'everything stays on this machine',
  allowed: 'ordinary work may use outside models, confidential work never',
};

async function setCloud(world: World, asked: Asked, client: ClientRow): Promise<Reply> {
  const cloud = readCloud(asked.words[2], client);
  const act = openAct(world.clock);
  setClient(act, { client, set: { cloud }, by: byPerson(asked.person) });
  await commitSetting(world, act);
  const waiting = (await world.store.openTasks(client.id)).filter(
    ({ task }) => task.waitsFor === 'answer:cloud',
  ).length;
  return told(
    `Noted for ${client.name}: ${CLOUD_WORDS[cloud]}.`,
    ...(waiting === 0
      ? []
      : [`Tasks that still wait for this answer on their card: ${waiting}. Press it there too.`]),
  );
}

function readCloud(word: string | undefined, client: ClientRow): 'never' | 'allowed' {
  if (word === 'redacted')
    throw new Fault(
      'bad_input',
      'Expected never or allowed, got "redacted", which this version cannot do yet: it would send names it does not know. Nothing was changed. Use never until it can.',
    );
  if (word !== 'never' && word !== 'allowed')
    throw unexpected(
      'never or allowed',
      word,
      `For example: client set ${client.slug} cloud never`,
    );
  return word;
}

async function setReview(world: World, asked: Asked, client: ClientRow): Promise<Reply> {
  const reviewChannel = channelIn(asked.words[2], asked);
  await refuseOutsiders(world, reviewChannel, 'The review place, where drafts are shown,');
  const act = openAct(world.clock);
  setClient(act, { client, set: { reviewChannel }, by: byPerson(asked.person) });
  await commitSetting(world, act);
  return told(`Plans and drafts for ${client.name} go to that channel from now on.`);
}

const LONGEST = 3_650;

async function setRetention(world: World, asked: Asked, client: ClientRow): Promise<Reply> {
  const retentionDays = readRetention(asked.words[2], client);
  const act = openAct(world.clock);
  setClient(act, { client, set: { retentionDays }, by: byPerson(asked.person) });
  await commitSetting(world, act);
  return told(`Texts of ${client.name}: ${retentionWords({ retentionDays })}.`);
}

function readRetention(word: string | undefined, client: ClientRow): number | null {
  if (word === 'keep') return null;
  const days = /^[1-9][0-9]{0,3}$/.test(word ?? '') ? Number(word) : LONGEST + 1;
  if (days <= LONGEST) return days;
  throw unexpected(
    `a number of days from 1 to ${LONGEST}, or keep`,
    word,
    `For example: client set ${client.slug} retention 90`,
  );
}

async function setCap(world: World, asked: Asked, client: ClientRow): Promise<Reply> {
  const requesterCapNano = readCap(asked.words[2], client);
  const act = openAct(world.clock);
  setClient(act, { client, set: { requesterCapNano }, by: byPerson(asked.person) });
  await commitSetting(world, act);
  const cap = usd(capOf(world, { requesterCapNano }));
  return told(`Whoever asks for work of ${client.name} starts it alone up to ${cap} a plan.`);
}

/** Null takes the figure of the rules. */
function readCap(word: string | undefined, client: ClientRow): NanoUsd | null {
  if (word === 'default') return null;
  const cap = readSignedUsd(`+${word ?? ''}`);
  if (cap !== undefined) return cap;
  throw unexpected(
    'an amount in USD such as 5 or 2.50, or default',
    word,
    `For example: client set ${client.slug} cap 5`,
  );
}

function retentionWords({ retentionDays: days }: Pick<ClientRow, 'retentionDays'>): string {
  return days === null
    ? 'kept until somebody erases them'
    : `erased ${days} ${days === 1 ? 'day' : 'days'} after the last change of a request whose tasks have all ended or expired`;
}

/** `client show [slug]`: one client in full, or all of them by name. */
export async function showClient(world: World, asked: Asked): Promise<Reply> {
  if (asked.words[0] !== undefined)
    return told(...(await settingsOf(world, asked, await clientBySlug(world, asked.words[0]))));
  const clients = await world.store.clients();
  if (clients.length === 0)
    return told('No client yet. The owner makes one: client new acme "Acme GmbH"');
  return told(
    ...clients.map((c) => `${c.slug}: ${c.name}, cloud ${CLOUD_STATE[c.cloud]}`),
    'One in full: client show <slug>',
  );
}

const CLOUD_STATE: Readonly<Record<CloudAnswer, string>> = {
  unset: 'not answered yet (counts as never; asked once)',
  never: 'never',
  redacted: 'redacted',
  allowed: 'allowed for ordinary work',
};

async function settingsOf(
  world: World,
  asked: Asked,
  client: ClientRow,
): Promise<readonly string[]> {
  const [approvers, channels] = await Promise.all([
    world.store.approversOf(client.id),
    world.store.channels(client.id),
  ]);
  const mine = (await clientsOf(world, asked.person)).some((c) => c.id === client.id);
  return [
    `${client.slug}: ${client.name}`,
    `Cloud: ${CLOUD_STATE[client.cloud]}`,
    `Approvers: ${approvers.map((a) => a.person.name).join(', ') || 'nobody; nothing can be delivered'}`,
    `A requester starts alone: up to ${usd(capOf(world, client))}${client.requesterCapNano === null ? ', as the rules say' : ''}`,
    `Review place: ${client.reviewChannel ?? 'direct messages of the approver'}`,
    `Texts: ${client.erasedAt === null ? retentionWords(client) : `erased on ${utcText(client.erasedAt)} UTC`}`,
    `Channels: ${channels.map(channelWords).join(', ') || `none; in its channel: client bind this ${client.slug}`}`,
    ...(mine ? [`You may decide for ${client.name}.`] : []),
  ];
}

function channelWords(row: ChannelRow): string {
  return `${row.channel} (read by the ${row.audience})`;
}

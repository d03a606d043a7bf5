import { CLOUD_ANSWERS } from '../../core/facts.ts';
import type { CloudAnswer } from '../../core/facts.ts';
import { LOOKED_FOR, NOT_FOUND } from '../../core/leaving.ts';
import { utcText } from '../../core/moment.ts';
import { readSignedUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { openAct } from '../act.ts';
import { capOf } from '../plan/may-start.ts';
import { termsOf } from '../terms.ts';
import { setTerm } from './terms.ts';
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
  ['term', setTerm],
  ['review', setReview],
  ['retention', setRetention],
  ['cap', setCap],
]);

/** `client set <slug> cloud never|redacted|allowed`, `… term add|remove|list "<words>"`, `… review <#channel|this>`, `… retention <days>|keep`, `… cap <usd>|default` */
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

type Cloud = Exclude<CloudAnswer, 'unset'>;
const CLOUD_WORDS: Readonly<Record<Cloud, string>> = {
  never: 'everything stays on this machine',
  redacted: `ordinary work may use outside models, with placeholders for ${LOOKED_FOR}; confidential work never. ${NOT_FOUND}`,
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
    `Noted for ${client.name}: ${CLOUD_WORDS[cloud].replace(/\.$/, '')}.`,
    ...(cloud === 'redacted' && client.termsBody === null
      ? [`Next: list its names and projects: client set ${client.slug} term add "…"`]
      : []),
    ...(waiting === 0
      ? []
      : [`Tasks that still wait for this answer on their card: ${waiting}. Press it there too.`]),
  );
}

function readCloud(word: string | undefined, client: ClientRow): Cloud {
  const cloud = CLOUD_ANSWERS.find((one): one is Cloud => one === word && one !== 'unset');
  if (cloud !== undefined) return cloud;
  throw unexpected(
    'never, redacted or allowed',
    word,
    `For example: client set ${client.slug} cloud never`,
  );
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
  redacted: 'redacted for ordinary work; names nobody listed are not found',
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
    `Terms replaced where it goes out redacted: ${client.erasedAt === null ? (await termsOf(world, client)).length : 'erased'}`,
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

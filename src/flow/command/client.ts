import { Fault } from '../../core/fault.ts';
import { openAct } from '../act.ts';
import { addApprover, createClient, endApprover } from './new-client.ts';
import { channelIn, flagsIn, userIn } from './words.ts';
import { meet } from '../people.ts';
import type { Reply } from '../ports/doors.ts';
import type { Audience, ClientRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import {
  bindChannel,
  byPerson,
  readName,
  readSlug,
  refuseOutsiders,
  servedBySlug,
} from './settings.ts';
import { commitSetting, told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** `client new <slug> "<Name>"` */
export async function newClient(world: World, asked: Asked): Promise<Reply> {
  const [first, ...rest] = asked.words;
  const slug = readSlug(first);
  const name = readName(rest.join(' '));
  if ((await world.store.clients()).some((c) => c.slug === slug))
    throw new Fault(
      'conflict',
      `Expected a short name that is not taken, got "${slug}". Choose another, or look at it: client show ${slug}`,
    );
  const act = openAct(world.clock);
  createClient(act, { slug, name, owner: asked.person, by: byPerson(asked.person) });
  await commitSetting(world, act);
  return told(
    `Client ${slug} (${name}) is there. You approve for it.`,
    `Next: bind its channel, in that channel: client bind this ${slug}`,
  );
}

const AUDIENCES: readonly Audience[] = ['practice', 'client'];

/** `client bind <#channel|this> <slug> [--audience practice|client]` */
export async function bindClient(world: World, asked: Asked): Promise<Reply> {
  const { words, flags } = flagsIn(asked.words);
  const channel = channelIn(words[0], asked);
  const client = await servedBySlug(world, words[1]);
  const wanted = flags.get('audience') ?? 'client';
  const audience = AUDIENCES.find((a) => a === wanted);
  if (audience === undefined)
    throw unexpected(
      'the audience `practice` or `client`',
      wanted,
      `For example: client bind this ${client.slug} --audience practice`,
    );
  if (audience === 'practice')
    await refuseOutsiders(world, channel, 'A channel with the audience `practice`');
  const { team } = world.facility;
  const act = openAct(world.clock);
  const known = await world.store.channel(team, channel);
  bindChannel(act, { known, team, channel, client, audience, by: byPerson(asked.person) });
  await commitSetting(world, act);
  return told(
    audience === 'client'
      ? `Bound to ${client.name}, read by the client: only receipts of requests, questions to who asked, and approved deliveries go there.`
      : `Bound to ${client.name}, read by the practice alone: plans and drafts may go there.`,
  );
}

/** `client approver <slug> <@user> [--remove]` */
export async function setApprover(world: World, asked: Asked): Promise<Reply> {
  const { words, flags } = flagsIn(asked.words);
  const client = await servedBySlug(world, words[0]);
  const user = userIn(words[1]);
  return flags.has('remove')
    ? removeApprover(world, asked, { client, user })
    : appoint(world, asked, { client, user });
}

type Post = { readonly client: ClientRow; readonly user: string };

async function appoint(world: World, asked: Asked, { client, user }: Post): Promise<Reply> {
  const act = openAct(world.clock);
  const { person } = await meet(world, act, user);
  if (person.role === 'guest')
    throw new Fault(
      'not_allowed',
      `Expected a member of the practice, got ${person.name}, who is a guest or a bot. Only members approve. Nothing was changed.`,
    );
  const inForce = await world.store.approversOf(client.id);
  if (inForce.some((a) => a.personId === person.id))
    return told(`${person.name} approves for ${client.name} already. Nothing was changed.`);
  addApprover(act, { client, person, by: byPerson(asked.person) });
  await commitSetting(world, act);
  return told(`${person.name} approves for ${client.name} from now on.`);
}

async function removeApprover(world: World, asked: Asked, { client, user }: Post): Promise<Reply> {
  const inForce = await world.store.approversOf(client.id);
  const row = inForce.find((a) => a.person.slackUser === user);
  if (row === undefined)
    throw new Fault(
      'not_found',
      `Expected an approver of ${client.name}, got somebody who is none. Its approvers: ${inForce.map((a) => a.person.name).join(', ')}.`,
    );
  if (inForce.length === 1)
    throw new Fault(
      'not_allowed',
      `${row.person.name} is the only approver of ${client.name}; without one nothing could be delivered. Name another first: client approver ${client.slug} @somebody`,
    );
  const { person, ...approver } = row;
  const act = openAct(world.clock);
  endApprover(act, { row: approver, by: byPerson(asked.person) });
  await commitSetting(world, act);
  return told(`${person.name} no longer approves for ${client.name}. Earlier decisions stand.`);
}

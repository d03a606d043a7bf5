import { engagementOf, engagementText } from '../core/engagement.ts';
import { Fault } from '../core/fault.ts';
import { wallClock } from '../core/moment.ts';
import { servedBySlug } from '../flow/command/settings.ts';
import { termsOf } from '../flow/terms.ts';
import type { World } from '../flow/ports/world.ts';
import type { Config } from '../config.ts';
import { flagsOf, TEXT, YES } from './flags.ts';
import { visit } from './visit.ts';

const USAGE =
  'aios disclosure --client <short name> [--json]: the engagement notice of a client, as Markdown or as JSON';
const FLAGS = { client: TEXT, json: YES } as const;

/**
 * `aios disclosure`: what a client is told before the work starts: who may see its material and under which terms. It only
 * reads, and goes by the rules at hand. Throws Fault `bad_input`, `conflict` for an erased client.
 */
export async function disclosure(config: Config, args: readonly string[]): Promise<number> {
  const { client: slug, json = false } = flagsOf(args, FLAGS, USAGE);
  if (slug === undefined) throw new Fault('bad_input', `Expected --client, got none. ${USAGE}`);
  const notice = await visit(config, (world) => noticeFor(world, slug), { rules: 'any' });
  console.log(json ? JSON.stringify(notice, null, 2) : engagementText(notice));
  return 0;
}

async function noticeFor(world: World, slug: string) {
  const client = await servedBySlug(world, slug);
  const approvers = await world.store.approversOf(client.id);
  const { terms, settings } = world.library.rules;
  const set = {
    client: client.name,
    cloud: client.cloud,
    listed: (await termsOf(world, client)).length,
    approvers: approvers.map(({ person }) => person.name),
    secrets: settings.secrets,
    day: wallClock(world.facility.zone)(world.clock.now()).slice(0, 10),
  };
  return engagementOf(set, terms);
}

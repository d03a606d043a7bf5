import { acceptRules } from '../../flow/accept-rules.ts';
import type { Acceptance } from '../../flow/accept-rules.ts';
import { recognise } from '../../flow/people.ts';
import type { World } from '../../flow/ports/world.ts';
import { shortHash, standingOf } from '../../flow/rules-in-force.ts';
import { refuseFaults } from '../../main/sound-rules.ts';
import { visit } from '../visit.ts';
import type { Given } from './given.ts';

/**
 * `aios rules accept`: the owner puts the rules on disk in force, with an entry that says who, which set and what is
 * different; the next start uses them. Throws Fault `bad_rules` with everything that is wrong with them, or `conflict`
 * when somebody else was first.
 */
export async function accept({ config, settings }: Given): Promise<number> {
  await refuseFaults(config);
  const told = await visit(config, acceptAsOwner, { rules: 'any' });
  for (const line of told) console.log(line);
  if (config.rulesFolder !== settings.rulesFolder)
    console.log(
      `AIOS is started with the rules in ${settings.rulesFolder}: bring these there before that.`,
    );
  return 0;
}

async function acceptAsOwner(world: World): Promise<readonly string[]> {
  const owner = await recognise(world, world.facility.ownerUser);
  const standing = await standingOf(world);
  if (standing.is === 'unfounded') throw new Error('a visit founds the practice first');
  return toldOf(await acceptRules(world, owner, standing), world.library.rules.hash);
}

function toldOf(acceptance: Acceptance, hash: string): readonly string[] {
  if (acceptance.is === 'same')
    return [`Nothing to accept: the rules on disk are in force (rule set ${shortHash(hash)}).`];
  const { diff, before } = acceptance;
  return [
    ...(diff === null ? [] : [`${diff.sum}.`, ...diff.lines, '']),
    `Accepted: rule set ${shortHash(hash)} in place of ${shortHash(before)}.`,
    'It is in force from the next start; an AIOS that runs keeps the rules it started with.',
  ];
}

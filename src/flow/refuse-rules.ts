import { Fault } from '../core/fault.ts';
import { utcText } from '../core/moment.ts';
import { textIn } from '../ledger/data.ts';
import type { World } from './ports/world.ts';
import { diffToHand } from './rule-diff.ts';
import { acceptanceOf, shortHash, standingOf } from './rules-in-force.ts';
import type { Other } from './rules-in-force.ts';

type Needs = Pick<World, 'store' | 'library' | 'report'>;

/** So much of a difference is shown where somebody wanted something else; `aios rules diff` has all of it. */
const SHOWN = 60;

/** Throws Fault `not_allowed`, with what is different, when other rules are in force than those at hand. */
export async function refuseOtherRules(world: Needs): Promise<void> {
  const standing = await standingOf(world);
  if (standing.is === 'other') throw await refusal(world, standing);
}

/** Why rules that nobody accepted are not used: which are in force, what is different, and the two ways on. */
export async function refusal(world: Needs, { practice, manifest }: Other): Promise<Fault> {
  const { sum, lines } = await diffToHand(world, manifest);
  const since = await sinceWords(world.store, practice);
  const cut =
    lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more lines: aios rules diff`] : [];
  return new Fault(
    'not_allowed',
    [
      `The rules on disk are not the rules in force, so nothing was started and nothing was changed: ${sum}.`,
      `In force: rule set ${shortHash(practice.policySha256)}, ${since}. On disk: ${shortHash(world.library.rules.hash)}.`,
      ...lines.slice(0, SHOWN),
      ...cut,
      '',
      'To put the rules on disk in force: aios rules accept',
      'To go on with the rules in force: put the files back as they were.',
      'A new version of AIOS brings its own rules along; they are accepted in the same way.',
    ].join('\n'),
  );
}

const BY: Readonly<Record<string, string>> = {
  first_start: 'by the first start',
  owner: 'by the owner',
  auto: 'by a start with AIOS_RULES=auto',
};

/** `accepted 2026-11-26 19:40 UTC by the owner, under AIOS 0.1.0`. */
async function sinceWords(store: World['store'], practice: Other['practice']): Promise<string> {
  const entry = await acceptanceOf(store, practice);
  if (entry === null) return 'accepted by an earlier version';
  const by = BY[textIn(entry.data, 'by') ?? ''] ?? 'by an earlier version';
  return `accepted ${utcText(entry.at)} UTC ${by}, under AIOS ${entry.build}`;
}

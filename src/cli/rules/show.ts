import { inForceLines } from '../../flow/command/rules.ts';
import { diffToHand } from '../../flow/rule-diff.ts';
import { shortHash, standingOf } from '../../flow/rules-in-force.ts';
import type { Base } from '../../main/base.ts';
import { onBase } from '../on-base.ts';
import type { Given } from './given.ts';

/** `aios rules`: the rules in force, since when and by whom, and whether those on disk are the same. */
export async function show({ config }: Given): Promise<number> {
  return onBase(config, async ({ parts }) => {
    for (const line of [...(await inForceLines(parts)), ...(await onDisk(parts))])
      console.log(line);
    return 0;
  });
}

async function onDisk(parts: Base['parts']): Promise<readonly string[]> {
  const standing = await standingOf(parts);
  if (standing.is === 'same') return ['On disk: the same.'];
  if (standing.is !== 'other') return [];
  const { sum } = await diffToHand(parts, standing.manifest);
  return [
    `On disk: another set, ${shortHash(parts.library.rules.hash)}: ${sum}. A start is refused until it is accepted or put back.`,
    'All of the difference: aios rules diff. To put it in force: aios rules accept',
  ];
}

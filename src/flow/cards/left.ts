import { isOutside, leavingOf, leftWords, LOOKED_FOR, NOT_FOUND } from '../../core/leaving.ts';
import type { Replaced } from '../../core/leaving.ts';
import type { Entry } from '../../ledger/read.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { DraftNote } from '../attempt/put-draft.ts';

/** What was taken out of the latest attempt that left the machine, by its entry; null where nothing is to be said. */
export function leftOf(trail: readonly Entry[]): string | null {
  const data = trail.findLast((entry) => entry.data['leaving'] !== undefined)?.data;
  if (data === undefined) return null;
  const redacted = data['mapping'] !== undefined;
  return leftWords(redacted ? 'redacted' : 'whole', data['replaced'] as Replaced);
}

/** What a plan says before anything left: that placeholders will stand for what is found, and what is not. */
export function leavesWords(
  task: Pick<TaskRow, 'lane' | 'facts' | 'attempts'>,
  client: Pick<ClientRow, 'cloud'> | null,
): readonly string[] {
  if (task.attempts > 0 || !isOutside(task.lane)) return [];
  if (leavingOf(task.lane, task.facts, client?.cloud ?? 'unset') !== 'redacted') return [];
  return [`leaves redacted: ${LOOKED_FOR} are replaced. ${NOT_FOUND.replace(/\.$/, '')}`];
}

const MOST_SHOWN = 5;

/** What a person has to look at first, because the way out left it in the draft. */
export function leftToMend({
  unrestored = [],
  masked = 0,
}: Pick<DraftNote, 'unrestored' | 'masked'>): readonly string[] {
  const shown = unrestored.slice(0, MOST_SHOWN).map(({ file, line, text }) => {
    const place = file === '' ? 'a note' : `${file}:${line}`;
    return `${place} ${text} stands for nothing that was replaced: put in by hand what belongs there.`;
  });
  const more = unrestored.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`${more} more placeholders in it stand for nothing.`] : []),
    ...(masked > 0
      ? [
          `[SECRET:…] stands ${masked === 1 ? 'once' : `${masked} times`} in it, where a secret was masked before it left. Put it back by hand, or better a new one.`,
        ]
      : []),
  ];
}

import type { EntryValue } from '../core/entry.ts';
import type { AttemptRow, DraftRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

export type Disclosure = {
  /** For the client, made from the record alone. */
  readonly text: string;
  readonly data: { readonly [key: string]: EntryValue };
};

/** IPTC digital source types that apply here (https://cv.iptc.org/newscodes/digitalsourcetype/). */
type SourceType =
  | 'trainedAlgorithmicMedia'
  | 'compositeWithTrainedAlgorithmicMedia'
  | 'algorithmicMedia'
  | 'humanEdits';

/** How AI was used in a draft: which models and people had a hand in it, in words made from the recorded attempts. */
export function disclosureFor(world: World, file: TaskFile, draft: DraftRow): Disclosure {
  const models = modelsOf(file.attempts);
  const edited = file.drafts.some((d) => d.personId !== null && d.version <= draft.version);
  const program = models.length === 0;
  const type: SourceType = program
    ? edited
      ? 'humanEdits'
      : 'algorithmicMedia'
    : edited
      ? 'compositeWithTrainedAlgorithmicMedia'
      : 'trainedAlgorithmicMedia';
  const made = program
    ? 'Made by an exact program. No AI model was used.'
    : `Written with AI (${models.map((m) => m.name).join(', ')})${edited ? ' and edited by a person' : ''}.`;
  const checked =
    file.task.gate === 'none'
      ? 'Reviewed by a person.'
      : `Checked by machine for ${file.task.gate} and reviewed by a person.`;
  const rehearsal = world.facility.rehearsal
    ? ' REHEARSAL: stand-ins answered here instead of models.'
    : '';
  return {
    text: `${made} ${checked}${rehearsal}`,
    data: {
      digital_source_type: type,
      models: models.map((m) => m.name),
      stays_on_machine: models.every((m) => m.lane === 'local'),
      human_edited: edited,
      gate: file.task.gate,
    },
  };
}

type Used = { readonly name: string; readonly lane: string };

/** Models whose answers were used, each once, in the order they came in. */
function modelsOf(attempts: readonly AttemptRow[]): readonly Used[] {
  const used = attempts.filter((a) => a.lane !== 'tool' && a.outcome === 'ok' && a.model !== null);
  const byName = new Map(used.map((a) => [a.model ?? '', { name: a.model ?? '', lane: a.lane }]));
  return [...byName.values()];
}

import type { EntryValue } from '../core/entry.ts';
import type { SourceType } from '../core/record-words.ts';
import { technicalName } from '../core/technical-name.ts';
import type { DraftRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

export type Disclosure = {
  /** For the client, made from the record alone. */
  readonly text: string;
  readonly data: { readonly [key: string]: EntryValue };
};

/** How AI was used in a draft: which models and people had a hand in it, in words made from the recorded attempts. */
export function disclosureFor(world: World, file: TaskFile, draft: DraftRow): Disclosure {
  const models = modelsOf(file, draft);
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
      models: models.map((m) => technicalName(m.name)),
      stays_on_machine: models.every((m) => m.lane === 'local'),
      human_edited: edited,
      gate: file.task.gate,
    },
  };
}

type Used = { readonly name: string; readonly lane: string };

/**
 * Models that wrote this draft or one before it, each once, in the order they came in. Who only declined or asked wrote
 * nothing of it.
 */
function modelsOf({ attempts, drafts }: TaskFile, draft: DraftRow): readonly Used[] {
  const writers = new Set(drafts.filter((d) => d.version <= draft.version).map((d) => d.attemptId));
  const used = attempts.filter((a) => a.lane !== 'tool' && a.model !== null && writers.has(a.id));
  const byName = new Map(used.map((a) => [a.model ?? '', { name: a.model ?? '', lane: a.lane }]));
  return [...byName.values()];
}

import { disclosureText } from '../core/disclosure.ts';
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
  const { gate } = file.task;
  const names = models.map((m) => technicalName(m.name));
  const { rehearsal } = world.facility;
  return {
    text: disclosureText({ models: names, humanEdited: edited, gate, rehearsal }),
    data: {
      digital_source_type: type,
      models: names,
      stays_on_machine: models.every((m) => m.lane === 'local'),
      human_edited: edited,
      gate,
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

import { draftHash, sha256 } from '../../core/draft.ts';
import type { Checks } from '../../core/checks.ts';
import type { Answer } from '../../core/answer.ts';
import type { AttemptId, DraftId, EntryId, PersonId } from '../../core/id.ts';
import type { OpenAct } from '../act.ts';
import { ofTask } from '../about.ts';
import type { Unrestored } from './bring-back.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { DraftFile, DraftRow, TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** What a persona or person said along with a draft; kept as a body, shown to the practice only. */
export type DraftNote = Pick<
  Answer,
  'questions' | 'assumptions' | 'disclosure_note' | 'minutes_by_hand' | 'confidence'
> & {
  /** Of a reviewer: what stands of its checklist, with its quotations. */
  readonly checked?: Checks;
  /** What reads like a placeholder and stands for nothing. */
  readonly unrestored?: readonly Unrestored[];
  /** How many marks stand in the files where a secret was masked. */
  readonly masked?: number;
};

export type NewDraft = {
  readonly task: TaskRow;
  readonly files: readonly NamedFile[];
  readonly answer: DraftNote | null;
  readonly by: { readonly attempt: AttemptId } | { readonly person: PersonId };
  /** How many drafts there are already. */
  readonly count: number;
};

export type PutDraft = Pick<DraftRow, 'id' | 'sha256' | 'version'> & {
  /** Adds the draft's row, once the entry that records it is known. */
  write(entry: EntryId): void;
};

/** Keeps the files of a new draft and gives its hash; its row follows with its entry. */
export async function putDraft(world: World, act: OpenAct, made: NewDraft): Promise<PutDraft> {
  const about = ofTask(made.task);
  const { answer } = made;
  const keep = async ({ name, bytes }: NamedFile) => {
    const { ref, row } = await world.bodies.put('file', about, bytes);
    const file: DraftFile = { name, size: bytes.length, sha256: sha256(bytes), body: ref.id };
    return { file, row };
  };
  const [kept, note] = await Promise.all([
    Promise.all(made.files.map(keep)),
    answer === null ? null : world.bodies.put('note', about, JSON.stringify(noteOf(answer))),
  ]);
  for (const { row } of note === null ? kept : [...kept, note]) act.change({ insert: 'body', row });
  const files = kept.map(({ file }) => file);
  const row = {
    id: act.newId<DraftId>(),
    taskId: made.task.id,
    version: made.count + 1,
    sha256: draftHash(files),
    attemptId: 'attempt' in made.by ? made.by.attempt : null,
    personId: 'person' in made.by ? made.by.person : null,
    files,
    noteBody: note?.ref.id ?? null,
    madeAt: act.at,
  };
  return {
    id: row.id,
    sha256: row.sha256,
    version: row.version,
    write: (lastEntry) => act.change({ insert: 'draft', row: { ...row, lastEntry } }),
  };
}

function noteOf({
  questions,
  assumptions,
  disclosure_note,
  minutes_by_hand,
  confidence,
  ...more
}: DraftNote): DraftNote {
  const note = { questions, assumptions, disclosure_note, minutes_by_hand, confidence };
  const { checked, unrestored, masked } = more;
  return {
    ...note,
    ...(checked === undefined ? {} : { checked }),
    ...(unrestored === undefined ? {} : { unrestored }),
    ...(masked === undefined ? {} : { masked }),
  };
}

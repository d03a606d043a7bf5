import { Fault } from '../core/fault.ts';
import { meantName, unmarkedName } from '../core/file-name.ts';
import type { DecisionId, EntryId } from '../core/id.ts';
import { mayCause } from '../core/task.ts';
import type { Role } from '../core/task.ts';
import type { OpenAct } from './act.ts';
import { filesOf } from './attempt/material.ts';
import { move } from './move.ts';
import { putDraft } from './attempt/put-draft.ts';
import { showGate } from './review.ts';
import { reviewJob, showPlan } from './start.ts';
import type { NamedFile } from './ports/exact.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { DecisionRow, DraftRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

type Edit = {
  readonly task: TaskFile;
  readonly person: PersonRow;
  readonly roles: readonly Role[];
  readonly files: readonly NamedFile[];
};

/**
 * A person's own version of a draft: their files replace those of the same name, the rest stays. It is a new draft by
 * that person, checked by the exact checks and decided about anew. Throws Fault `not_allowed` or `conflict`.
 */
export async function editDraft(world: World, act: OpenAct, edit: Edit): Promise<void> {
  const { task, person, roles } = edit;
  const before = editable(edit);
  const draft = await putDraft(world, act, {
    task: task.task,
    files: merged(await filesOf(world, before.files), edit.files),
    answer: null,
    by: { person: person.id },
    count: task.drafts.length,
  });
  const edited = move(act, task.task, {
    event: 'edit',
    mover: { by: 'person', person, roles },
    set: { draftId: draft.id },
    say: {
      draft: draft.sha256,
      data: { version: draft.version, replaces: before.sha256, files: edit.files.length },
    },
  });
  draft.write(edited.lastEntry);
  act.change({ insert: 'decision', row: editRow(act, { edit, before, entry: edited.lastEntry }) });
  reviewJob(act, edited);
  showGate(act, edited, before);
  showPlan(act, edited);
}

/** The draft that waits to be edited by this person. Throws Fault `conflict` or `not_allowed`. */
function editable({ task, roles }: Edit): DraftRow {
  const before = task.drafts.find((d) => d.id === task.task.draftId);
  if (before === undefined || !mayCause(task.task.state, 'edit', ['approver']))
    throw new Fault('conflict', `There is no draft to edit: the task is ${task.task.state}.`);
  if (!mayCause(task.task.state, 'edit', roles))
    throw new Fault(
      'not_allowed',
      'Only an approver of this client can put in an edited draft. Nothing was changed.',
    );
  return before;
}

type Edited = { readonly edit: Edit; readonly before: DraftRow; readonly entry: EntryId };

function editRow(act: OpenAct, { edit, before, entry }: Edited): DecisionRow {
  return {
    id: act.newId<DecisionId>(),
    taskId: edit.task.task.id,
    draftSha256: before.sha256,
    verb: 'edit',
    personId: edit.person.id,
    at: act.at,
    shownAt: null,
    readAt: null,
    reasonBody: null,
    voidedAt: null,
    lastEntry: entry,
  };
}

/** What was sent replaces the file it means; the only file of a draft may come back under any name. */
function merged(before: readonly NamedFile[], sent: readonly NamedFile[]): readonly NamedFile[] {
  const names = before.map((f) => f.name);
  const only = before.length === 1 && sent.length === 1 ? names[0] : undefined;
  const named = sent.map(({ name, bytes }) => ({
    name: only ?? meantName(name, names) ?? unmarkedName(name),
    bytes,
  }));
  const replaced = new Set(named.map((f) => f.name));
  return [...before.filter((f) => !replaced.has(f.name)), ...named];
}

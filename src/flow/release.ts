import { sha256 } from '../core/draft.ts';
import type { EntryId } from '../core/id.ts';
import { refOf } from '../core/rule-set.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import { disclosureFor } from './disclose.ts';
import type { Disclosure } from './disclose.ts';
import { noteOn } from './move.ts';
import type { DraftRow, TaskRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

/**
 * Claims an approved task, either for sending it out or for taking it back: the key can be written once for each
 * standing of the task, so of the two exactly one act comes through. A delivery that failed for sure is a new standing.
 */
export function claimRelease(act: OpenAct, task: TaskRow): void {
  const eventId = `release:${task.id}:${task.version}`;
  act.change({ insert: 'inbox', row: { eventId, at: act.at } });
}

type Releasing = { readonly file: TaskFile; readonly draft: DraftRow };

/**
 * Says how AI was used in these bytes, in the record, before anything is sent; once, however often this is tried. Null
 * when the approval was taken back first: then nothing is sent.
 */
export async function disclose(world: World, { file, draft }: Releasing) {
  const said = disclosureFor(world, file, draft);
  const before = (await world.store.trail({ task: file.task.id })).findLast(
    (e) => e.type === 'disclosure.issued' && e.draft === draft.sha256,
  );
  const act = openAct(world.clock);
  claimRelease(act, file.task);
  const disclosure =
    (before?.id as EntryId | undefined) ?? discloseIn(world, act, { file, draft, said });
  const claimed = (await world.store.commit(act.close())) === 'done';
  // Claimed before: by this delivery, if its disclosure stands and nothing has moved the task since; else it is not ours.
  if (!claimed && (before === undefined || !(await standsAs(world, file.task)))) return null;
  return { task: file.task, disclosure, text: said.text };
}

type Saying = Releasing & { readonly said: Disclosure };

function discloseIn(world: World, act: OpenAct, { file, draft, said }: Saying): EntryId {
  const rule = refOf(world.library.rules, 'DISCLOSE');
  return noteOn(act, file.task, {
    type: 'disclosure.issued',
    actor: { kind: 'rule', id: rule },
    rule,
    draft: draft.sha256,
    data: { ...said.data, statement_sha256: sha256(said.text) },
  });
}

async function standsAs(world: World, { id, version }: TaskRow): Promise<boolean> {
  const now = (await world.store.taskFile(id))?.task;
  return now?.state === 'approved' && now.version === version;
}

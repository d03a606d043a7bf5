import { taskNumber } from '../../core/id.ts';
import { unlessErased } from '../erased.ts';
import { filesOf } from '../attempt/material.ts';
import type { Message } from '../ports/message.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { CardRow } from '../ports/rows-cards.ts';
import type { World } from '../ports/world.ts';

/** A message and the files that go with it. */
export type Composed = { readonly message: Message; readonly files: readonly NamedFile[] };

/** The files of a draft as a message into the thread of its gate card. */
export async function composeDraft(world: World, card: CardRow): Promise<Composed | null> {
  const file = card.taskId === null ? null : await world.store.taskFile(card.taskId);
  const draft = file?.drafts.find((d) => d.id === card.draftId);
  if (file === null || draft === undefined) return null;
  const files = await unlessErased(filesOf(world, draft.files), null);
  if (files === null) return null;
  return {
    message: {
      is: 'draft',
      rehearsal: world.facility.rehearsal,
      number: taskNumber(file.request.number, file.task.ordinal),
      draftVersion: draft.version,
      draftSha256: draft.sha256,
    },
    files,
  };
}

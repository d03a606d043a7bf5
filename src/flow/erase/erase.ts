import type { Actor } from '../../core/entry.ts';
import { Fault } from '../../core/fault.ts';
import type { ClientId, EntryId, PersonId, RequestId, TaskId } from '../../core/id.ts';
import type { ErasedBeside, EraseGround, EraseScope } from '../../core/record-words.ts';
import type { RuleRef } from '../../core/rule.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { refuseOpen } from './open-work.ts';
import type { LivingBody, Scope } from '../ports/eraser.ts';
import type { DraftFile, DraftRow, ReviewRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

export type Needs = Pick<World, 'clock' | 'store' | 'eraser'>;

/** Why, by whom and under which rule something is erased: what its entries say. */
export type Order = {
  readonly ground: EraseGround;
  /** Who asked for it; null where a rule does. */
  readonly by: PersonId | null;
  readonly actor: Actor;
  readonly rule?: RuleRef;
};

/** What the entries of an erasing are about. */
export type Subject = {
  readonly scope: Scope;
  readonly client: ClientId | null;
  readonly request: RequestId | null;
  readonly task: TaskId | null;
};

export type Erased = {
  readonly bodies: number;
  /** Requests whose cards say less now. */
  readonly requests: ReadonlySet<RequestId>;
};

/** What else is written with the first batch. */
export type Closing = (act: OpenAct, entry: EntryId) => void;

/** Rows changed in one transaction: far more of them at once go down a connection ever slower. */
export const BATCH = 60;
const TRIES = 5;

/**
 * Erases all texts of a subject: keys and ciphertext go, entries and what they commit to stay. One transaction and one
 * entry for each batch, so that whatever is interrupted is finished by doing it again.
 * Throws Fault `conflict` while work of it is open.
 */
export async function eraseTexts(
  world: Needs,
  { order, subject }: { readonly order: Order; readonly subject: Subject },
  closing: Closing | null = null,
): Promise<Erased> {
  const requests = new Set<RequestId>();
  let bodies = 0;
  let left = closing;
  for (let lost = 0; lost < TRIES;) {
    await refuseOpen(world, subject.scope);
    const batch = await world.eraser.living(subject.scope, BATCH);
    if (batch.length === 0 && left === null) return { bodies, requests };
    const act = openAct(world.clock);
    const entry = await eraseIn(world, act, { order, subject, batch });
    left?.(act, entry);
    if ((await world.eraser.commit(act.close())) === 'lost') {
      lost += 1;
      continue;
    }
    left = null;
    bodies += batch.length;
    for (const { requestId } of batch) if (requestId !== null) requests.add(requestId);
  }
  throw new Fault(
    'conflict',
    'Others wrote to the same texts each time. Erase again to finish it.',
    { retry: true },
  );
}

type Batch = {
  readonly order: Order;
  readonly subject: Subject;
  readonly batch: readonly LivingBody[];
};

/** Adds the entry, the erased bodies, and what drafts and reviews say of them, to the act. */
async function eraseIn(world: Needs, act: OpenAct, what: Batch): Promise<EntryId> {
  const ids = what.batch.map((body) => body.id);
  const { drafts, reviews } = await world.eraser.quoting(ids);
  const besides: readonly ErasedBeside[] = [
    ...(drafts.length > 0 ? (['file_names'] as const) : []),
    ...(reviews.length > 0 ? (['quote_hashes'] as const) : []),
  ];
  const entry = noteErased(act, what.order, {
    ...what.subject,
    scope: what.subject.scope.is,
    bodies: ids,
    besides,
  });
  for (const id of ids)
    act.change({
      update: 'body',
      set: { wrappedKey: null, sealed: null, erasedAt: act.at },
      where: { id, erasedAt: null },
    });
  forget(act, entry, { drafts, reviews, ids });
  return entry;
}

type Quoting = {
  readonly drafts: readonly DraftRow[];
  readonly reviews: readonly ReviewRow[];
  readonly ids: readonly LivingBody['id'][];
};

/** Names and plain hashes of files, and hashes of quotes: with them one could still find out what a text was. */
function forget(act: OpenAct, lastEntry: EntryId, { drafts, reviews, ids }: Quoting): void {
  for (const { id, files } of drafts)
    act.change({
      update: 'draft',
      set: { files: files.map((f, at) => (ids.includes(f.body) ? nameless(f, at) : f)), lastEntry },
      where: { id },
    });
  for (const { id } of reviews)
    act.change({ update: 'review', set: { fingerprints: [], lastEntry }, where: { id } });
}

function nameless(file: DraftFile, at: number): DraftFile {
  return { ...file, name: `erased file ${at + 1}`, sha256: '' };
}

type Note = Omit<Subject, 'scope'> & {
  readonly scope: EraseScope;
  readonly bodies: readonly string[];
  readonly besides: readonly ErasedBeside[];
  readonly person?: PersonId;
};

/** The entry that says what was erased, on which ground and by whose order; ids alone. */
export function noteErased(act: OpenAct, order: Order, note: Note): EntryId {
  const { client, request, task, scope, bodies, besides, person } = note;
  return act.note(
    {
      type: 'content.erased',
      actor: order.actor,
      ...(order.rule === undefined ? {} : { rule: order.rule }),
      ...(client === null ? {} : { client }),
      ...(request === null ? {} : { request }),
      ...(task === null ? {} : { task }),
      data: {
        scope,
        ground: order.ground,
        ordered_by: order.by,
        bodies,
        besides,
        ...(person === undefined ? {} : { person }),
      },
    },
    null,
  );
}

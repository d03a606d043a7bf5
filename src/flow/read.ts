import { taskNumber } from '../core/id.ts';
import { checksText } from '../core/checks.ts';
import { openAct } from './act.ts';
import { unlessErased } from './erased.ts';
import { filesOf, reportOf } from './attempt/material.ts';
import { noteOf } from './cards/gate.ts';
import { noteOn } from './move.ts';
import { textOf } from './plan/piece.ts';
import type { PressedOutcome } from './ports/doors.ts';
import type { Form } from './ports/form.ts';
import type { NamedFile } from './ports/exact.ts';
import type { CardPlace } from './ports/rows-cards.ts';
import type { DraftRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';
import type { Press } from './pressed.ts';
import { isApprover, refused } from './pressed.ts';

/** Shows the draft of a card, and writes down that and when it was opened: the evidence of a real review. */
export async function readDraft(world: World, press: Press): Promise<PressedOutcome> {
  const draft = press.task?.drafts.find((d) => d.id === press.card.draftId);
  if (press.task === null || draft === undefined) return refused('This card shows no draft.');
  if (press.roles.length === 0)
    return refused('Only the requester and approvers of this client read drafts.');
  const number = taskNumber(press.task.request.number, press.task.task.ordinal);
  const files = await unlessErased(filesOf(world, draft.files), null);
  if (files === null) return refused(erasedDraft(number));
  const checks = await checksOf(world, press.task, draft);
  const act = openAct(world.clock);
  noteOn(act, press.task.task, {
    type: 'draft.read',
    actor: { kind: 'person', id: press.person.id },
    draft: draft.sha256,
    data: { version: draft.version },
  });
  if (press.card.readAt === null)
    act.change({ update: 'card', set: { readAt: act.at }, where: { id: press.card.id } });
  act.show({
    key: `draft:${draft.id}`,
    kind: 'draft',
    place: await underCard(world, press),
    requestId: press.task.task.requestId,
    taskId: press.task.task.id,
    draftId: draft.id,
  });
  await world.store.commit(act.close());
  return { is: 'form', form: { is: 'read', number, checks, files: files.map(shown) } };
}

function shown({ name, bytes }: NamedFile): ReadForm['files'][number] {
  return { name, text: textOf(bytes) ?? null, size: bytes.length };
}

type ReadForm = Extract<Form, { is: 'read' }>;

/** A reviewer's checklist in words: the questions as the persona's file has them now, else by their ids. */
async function checksOf(
  world: World,
  { attempts }: TaskFile,
  { noteBody, attemptId }: DraftRow,
): Promise<ReadForm['checks']> {
  const note = noteBody === null ? null : await unlessErased(noteOf(world, noteBody), null);
  if (note?.checked === undefined) return null;
  const by = attempts.find(({ id }) => id === attemptId)?.persona ?? '';
  const points = world.library.personas.byId.get(by)?.checklist ?? [];
  const lines = note.checked.standing.map(({ id, yes, quote, file }) => {
    const asks = points.find((point) => point.id === id)?.asks ?? id;
    return `${yes ? 'Yes' : 'No'}: ${asks} ${file}: ${quote}`;
  });
  return { says: checksText(note.checked), lines };
}

function erasedDraft(number: string): string {
  return `The text of this draft was erased, so there is nothing to read. What was recorded of it stays: /aios log ${number}`;
}

/** The files themselves go into the thread of the card that was pressed, unless somebody from outside joined it since. */
async function underCard(world: World, { card }: Press): Promise<CardPlace> {
  const { channel, ts } = card;
  if (channel === null || ts === null || (await world.slack.outsidersIn(channel)))
    return { at: 'review' };
  return { at: 'channel', channel, thread: ts };
}

/** The form a verb needs before it can be done. Rights are looked at here to be kind, and again when it is sent. */
export async function formOf(
  world: World,
  press: Press,
  verb: 'send_back' | 'reject',
): Promise<PressedOutcome> {
  if (press.roles.length === 0)
    return refused(
      'Only the requester, if a member of the practice, or an approver can do this. Nothing was changed.',
    );
  if (press.task === null) return refused('This card shows no draft.');
  if (!isApprover(press))
    return refused('Only an approver of this client can decide this. Nothing was changed.');
  const number = taskNumber(press.task.request.number, press.task.task.ordinal);
  const { card } = press.pressed;
  if (verb === 'reject') return { is: 'form', form: { is: 'reject', card, number } };
  return {
    is: 'form',
    form: { is: 'send_back', card, number, findings: await findingsOf(world, press.task) },
  };
}

async function findingsOf(world: World, task: TaskFile): Promise<readonly string[]> {
  const review = task.reviews.findLast((r) => r.draftId === task.task.draftId);
  if (review === undefined) return [];
  const report = await unlessErased(reportOf(world, review.reportBody), null);
  const findings = report?.findings ?? [];
  return findings.slice(0, 10).map((f) => `${f.where.file}:${f.where.line ?? '?'} ${f.why}`);
}

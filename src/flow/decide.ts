import { utcText } from '../core/moment.ts';
import type { EntryDraft } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { DecisionId } from '../core/id.ts';
import { reviewOf } from '../core/minutes.ts';
import { mayCause } from '../core/task.ts';
import type { TaskEvent } from '../core/task.ts';
import { ofTask } from './about.ts';
import { openAct, refData } from './act.ts';
import type { OpenAct } from './act.ts';
import { behind } from './evidence.ts';
import type { Behind } from './evidence.ts';
import { move } from './move.ts';
import { takeTurns } from './plan/order.ts';
import { claimRelease } from './release.ts';
import type { PressedOutcome } from './ports/doors.ts';
import type { DecisionRow, DecisionVerb, TaskRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { BodyRef, World } from './ports/world.ts';
import { chosen, moverOf } from './pressed.ts';
import type { Press, Shown } from './pressed.ts';
import { showGate } from './review.ts';
import { showPlan, workJob } from './start.ts';

type Decided = Shown &
  Behind & {
    readonly press: Press;
    readonly verb: DecisionVerb;
    readonly event: TaskEvent;
    readonly reason?: BodyRef;
    /** What the entry says beyond what every decision says. */
    readonly says: NonNullable<EntryDraft['data']>;
  };

/** Sends the draft back with a reason, which reaches the redo; both are one transaction. */
export async function sendBack(world: World, press: Press): Promise<PressedOutcome> {
  const act = openAct(world.clock);
  workJob(act, record(act, await reasoned(world, act, { press, verb: 'send_back' })));
  return settle(world, act, { press, says: 'Sent back with your reason.' });
}

export async function reject(world: World, press: Press): Promise<PressedOutcome> {
  const act = openAct(world.clock);
  const { requestId } = record(act, await reasoned(world, act, { press, verb: 'reject' }));
  const outcome = await settle(world, act, {
    press,
    says: 'Rejected. Nothing of it is delivered.',
  });
  await takeTurns(world, requestId);
  return outcome;
}

/** Takes an approval back before the delivery: it is voided, not erased, and the same draft waits again. */
export async function takeBack(world: World, press: Press): Promise<PressedOutcome> {
  const task = press.task ?? (await world.store.taskFile(chosen(press).id));
  const draft = task?.drafts.find((d) => d.id === task.task.draftId);
  if (task === null || draft === undefined)
    throw new Fault('conflict', 'There is no approval to take back.');
  refuseUnlessMay(press, task, 'take_back');
  const act = openAct(world.clock);
  claimRelease(act, task.task);
  const waiting = move(act, task.task, {
    event: 'take_back',
    mover: moverOf(press),
    say: { draft: draft.sha256 },
  });
  voidApprovals(act, task, waiting);
  showGate(act, waiting, draft);
  showPlan(act, waiting);
  return settle(world, act, { press, says: 'Taken back. It waits for a decision again.' });
}

/** Takes every approval that is in force out of it. */
export function voidApprovals(act: OpenAct, file: TaskFile, by: TaskRow): void {
  for (const decision of file.decisions.filter((d) => d.verb === 'approve' && d.voidedAt === null))
    act.change({
      update: 'decision',
      set: { voidedAt: act.at, lastEntry: by.lastEntry },
      where: { id: decision.id, voidedAt: null },
    });
}

/**
 * The draft a card shows, if it is still the current one and this person may do this to it.
 * Throws Fault `conflict` (replaced, already decided) or `not_allowed`.
 */
export function shown(press: Press, event: TaskEvent): Shown {
  const { task, card } = press;
  const draft = task?.drafts.find((d) => d.id === card.draftId);
  if (task === null || draft === undefined)
    throw new Fault('conflict', 'This card shows no draft to decide about.');
  if (task.task.draftId !== draft.id)
    throw new Fault('conflict', 'This draft was replaced by a newer one. Decide on its new card.');
  refuseUnlessMay(press, task, event);
  return { task, draft };
}

/** Throws Fault `conflict` when it is too late for this, `not_allowed` when it is not this person's to do. */
function refuseUnlessMay(press: Press, task: TaskFile, event: TaskEvent): void {
  if (!mayCause(task.task.state, event, [...press.roles, 'approver', 'owner']))
    throw new Fault('conflict', decidedBefore(press, task));
  if (!mayCause(task.task.state, event, press.roles))
    throw new Fault(
      'not_allowed',
      'Only an approver of this client can decide this. Nothing was changed.',
    );
}

/** What to tell whoever comes second: who decided what, and when. */
function decidedBefore(press: Press, { task, decisions }: TaskFile): string {
  const last = decisions.at(-1);
  const who = press.request.approvers.find((a) => a.id === last?.personId)?.name ?? 'Someone';
  if (last === undefined || last.voidedAt !== null)
    return `The task is ${task.state} now; this is no longer possible.`;
  const at = utcText(last.at).slice(11);
  return `${who} decided this at ${at} UTC (${DONE[last.verb]}). Nothing was changed.`;
}

const DONE: Readonly<Record<DecisionVerb, string>> = {
  approve: 'approved',
  send_back: 'sent back',
  reject: 'rejected',
  edit: 'edited',
};

/** Moves the task and writes the decision, bound to the draft's hash and to the person. */
export function record(act: OpenAct, decided: Decided): TaskRow {
  const { task, draft, press, verb, evidence, reviewed } = decided;
  const moved = move(act, task.task, {
    event: decided.event,
    mover: moverOf(press),
    say: {
      draft: draft.sha256,
      data: {
        version: draft.version,
        shown_at: evidence.shownAt,
        read_at: evidence.readAt,
        roles: [...press.roles],
        review: reviewOf(reviewed.table, { readAt: reviewed.readAt, at: act.at }),
        ...decided.says,
      },
    },
  });
  const row: DecisionRow = {
    id: act.newId<DecisionId>(),
    taskId: task.task.id,
    draftSha256: draft.sha256,
    verb,
    personId: press.person.id,
    at: act.at,
    ...evidence,
    reasonBody: decided.reason?.id ?? null,
    voidedAt: null,
    lastEntry: moved.lastEntry,
  };
  // The decision stands before the task moves: the database looks for it when it lets a task be approved.
  act.changeFirst({ insert: 'decision', row });
  showGate(act, moved, draft);
  showPlan(act, moved);
  return moved;
}

type Refusal = { readonly press: Press; readonly verb: 'send_back' | 'reject' };

/** A decision that must give its reason. Throws Fault `bad_input` without one. */
async function reasoned(world: World, act: OpenAct, { press, verb }: Refusal): Promise<Decided> {
  const about = shown(press, verb);
  const reason = await reasonOf(world, act, { press, task: about.task });
  return {
    ...about,
    press,
    verb,
    event: verb,
    ...(await behind(world, press, about)),
    reason,
    says: { reason: refData(reason) },
  };
}

async function reasonOf(
  world: World,
  act: OpenAct,
  { press, task }: { press: Press; task: TaskFile },
): Promise<BodyRef> {
  const reason = press.pressed.fields?.['reason']?.trim() ?? '';
  if (reason === '')
    throw new Fault(
      'bad_input',
      'A reason is needed: it reaches the redo. Say in a sentence what should be different.',
    );
  const { ref, row } = await world.bodies.put('reason', ofTask(task.task), reason);
  act.changeFirst({ insert: 'body', row });
  return ref;
}

/** Commits; of two at once the first wins and the second is told so. */
export async function settle(
  world: World,
  act: OpenAct,
  { press, says }: { press: Press; says: string },
): Promise<PressedOutcome> {
  if ((await world.store.commit(act.close())) === 'done') return { is: 'done', says };
  const now = press.task === null ? null : await world.store.taskFile(press.task.task.id);
  return { is: 'refused', says: now === null ? 'The task is gone.' : decidedBefore(press, now) };
}

import { utcText } from '../core/moment.ts';
import { draftHash, sha256 } from '../core/draft.ts';
import { Fault } from '../core/fault.ts';
import type { FaultCode } from '../core/fault.ts';
import type { EntryId, TaskId } from '../core/id.ts';
import { taskNumber } from '../core/id.ts';
import { plainTypes, typesOf } from '../core/file-type.ts';
import { refOf } from '../core/rule-set.ts';
import type { Kept } from '../ledger/attribution.ts';
import { openAct } from './act.ts';
import { attribute, attributionFor } from './attribute.ts';
import { voidApprovals } from './decide.ts';
import { tellFailure } from './delivery-failed.ts';
import { disclose } from './release.ts';
import { filesOf } from './attempt/material.ts';
import { markText } from './cards/mark.ts';
import { move } from './move.ts';
import { isDirect, spotFor } from './place.ts';
import { takeTurns } from './plan/order.ts';
import { showGate } from './review.ts';
import { showPlan } from './start.ts';
import type { NamedFile } from './ports/exact.ts';
import type { DeliveredMessage } from './ports/message.ts';
import type { DecisionRow, DraftRow, TaskRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { Placed, World } from './ports/world.ts';

type Release = {
  readonly file: TaskFile;
  readonly draft: DraftRow;
  /** The approval in force: of this draft's hash, by a person. */
  readonly approval: DecisionRow;
};

/**
 * Releases approved bytes: disclosure entry first, then the one visible message, then the delivery with its entry.
 * Bytes that no longer hash to what was approved void the approval. Doing it again after a crash finds the message
 * that was posted and only finishes the record.
 */
export async function deliver(world: World, id: TaskId): Promise<void> {
  const file = await world.store.taskFile(id);
  if (file === null || file.task.state !== 'approved') return;
  const release = releaseOf(file);
  const files = release === null ? null : await approvedBytes(world, release);
  if (release === null || files === null) return voidApproval(world, file);
  const kept = await attributionFor(world, release);
  const disclosed = await disclose(world, release);
  if (disclosed === null) return;
  const { task, disclosure, text } = disclosed;
  const spot = await spotFor(world, file, { at: 'origin' });
  const placed = await send(world, { release, files, text, spot });
  if (placed === null) return;
  await finish(world, { release, kept, task, disclosure, placed });
}

function releaseOf(file: TaskFile): Release | null {
  const draft = file.drafts.find((d) => d.id === file.task.draftId);
  const approval = file.decisions.findLast(
    (d) => d.verb === 'approve' && d.voidedAt === null && d.draftSha256 === draft?.sha256,
  );
  return draft === undefined || approval === undefined ? null : { file, draft, approval };
}

/** The bytes, if they still are what was approved. */
async function approvedBytes(
  world: World,
  { draft, approval }: Release,
): Promise<readonly NamedFile[] | null> {
  const files = await kept(world, draft);
  if (files === null) return null;
  const marks = files.map((f) => ({ name: f.name, size: f.bytes.length, sha256: sha256(f.bytes) }));
  return draftHash(marks) === approval.draftSha256 ? files : null;
}

const GONE: readonly FaultCode[] = ['not_found', 'erased'];

/** Null for bytes that are gone or were changed where they are kept. */
async function kept(world: World, draft: DraftRow): Promise<readonly NamedFile[] | null> {
  try {
    return await filesOf(world, draft.files);
  } catch (thrown) {
    if (thrown instanceof Fault && GONE.includes(thrown.code)) return null;
    throw thrown;
  }
}

async function voidApproval(world: World, file: TaskFile): Promise<void> {
  const act = openAct(world.clock);
  const waiting = move(act, file.task, {
    event: 'void',
    mover: { by: 'system', rule: refOf(world.library.rules, 'VOID') },
  });
  voidApprovals(act, file, waiting);
  const draft = file.drafts.find((d) => d.id === file.task.draftId);
  if (draft !== undefined) showGate(act, waiting, draft);
  await world.store.commit(act.close());
}

type Sending = {
  readonly release: Release;
  readonly files: readonly NamedFile[];
  readonly text: string;
  readonly spot: { readonly channel: string; readonly thread?: string };
};

/** One visible message with the files. A refusal of Slack that will not change is told to the owner. */
async function send(world: World, sending: Sending): Promise<Placed | null> {
  const { file } = sending.release;
  try {
    return await world.slack.deliver(await messageFor(world, sending), sending.files, {
      // By its draft: a message with an earlier draft, taken back after it was sent, is not this delivery.
      id: sending.release.draft.id,
      ...sending.spot,
      sureFirst: true,
    });
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.retry) throw thrown;
    await tellFailure(world, file, thrown);
    return null;
  }
}

async function messageFor(world: World, { release, text }: Sending): Promise<DeliveredMessage> {
  const { file, draft, approval } = release;
  const who = file.approvers.find((a) => a.id === approval.personId)?.name ?? 'an approver';
  const kind = world.library.rules.kinds.get(file.task.kind);
  return {
    is: 'delivered',
    rehearsal: world.facility.rehearsal,
    number: taskNumber(file.request.number, file.task.ordinal),
    title: kind?.title ?? file.task.kind,
    mention: file.requester.slackUser,
    disclosure: text,
    receipt: `Approved by ${who} on ${utcText(approval.at)} UTC. Draft ${draft.sha256.slice(0, 12)}. Record ${await markText(world, file.task.clientId)}.`,
  };
}

/** The entries a delivery rests on: the approval in force, and the gate's last word on these very bytes. */
async function proofOf(world: World, { file, draft, approval }: Release) {
  const trail = await world.store.trail({ task: file.task.id });
  const gate = trail.findLast((e) => e.type === 'gate.reviewed' && e.draft === draft.sha256);
  if (gate === undefined)
    throw new Error(`the draft ${draft.sha256} was approved without a word of the gate`);
  return { approval: approval.lastEntry, gate: gate.id };
}

/** What went out, and where to: no names. */
function sent({ files }: DraftRow, { channel }: Placed) {
  return {
    files: files.length,
    bytes: files.reduce((n, f) => n + f.size, 0),
    media: plainTypes(typesOf(files.map((f) => f.name))),
    destination: isDirect(channel) ? 'direct' : 'channel',
  } as const;
}

type Finished = {
  readonly release: Release;
  readonly kept: Kept | null;
  readonly task: TaskRow;
  readonly disclosure: EntryId;
  readonly placed: Placed;
};

async function finish(
  world: World,
  { release, kept, task, disclosure, placed }: Finished,
): Promise<void> {
  const { draft, approval } = release;
  const act = openAct(world.clock);
  const rule = refOf(world.library.rules, 'DELIVER');
  const delivered = move(act, task, {
    event: 'deliver',
    mover: { by: 'system', rule },
    say: {
      draft: draft.sha256,
      minutes: task.minutes,
      data: { ...(await proofOf(world, release)), disclosure, ...sent(draft, placed) },
    },
  });
  act.changeFirst({
    insert: 'delivery',
    row: {
      taskId: task.id,
      decisionId: approval.id,
      draftSha256: draft.sha256,
      verb: 'approve',
      personId: approval.personId,
      disclosureEntry: disclosure,
      channel: placed.channel,
      ts: placed.ts,
      at: act.at,
      lastEntry: delivered.lastEntry,
    },
  });
  if (kept !== null)
    attribute(act, delivered, { draft, kept, rule: refOf(world.library.rules, 'DISCLOSE') });
  showGate(act, delivered, draft);
  showPlan(act, delivered);
  await world.store.commit(act.close());
  await takeTurns(world, task.requestId);
}

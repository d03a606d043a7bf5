import { openPoints } from '../../core/checklist.ts';
import type { PointAnswer } from '../../core/checklist.ts';
import type { RuleRef } from '../../core/rule.ts';
import type { BodyId } from '../../core/id.ts';
import { unlessErased } from '../erased.ts';
import type { ApprovalEvidence, GateOutcome } from '../ports/message.ts';
import type { DecisionRow, DecisionVerb, DraftRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import { textOf } from '../plan/piece.ts';
import type { World } from '../ports/world.ts';
import { markText } from './mark.ts';

const SAID: Readonly<Record<DecisionVerb, GateOutcome['verb']>> = {
  approve: 'approved',
  send_back: 'sent back',
  reject: 'rejected',
  edit: 'replaced',
};

/** What became of a draft; null while it waits for a decision. Locked for good once there is something to say. */
export async function outcomeOf(
  world: World,
  file: TaskFile,
  draft: DraftRow,
): Promise<GateOutcome | null> {
  const decision = file.decisions.findLast(
    (d) => d.draftSha256 === draft.sha256 && d.voidedAt === null && d.at >= draft.madeAt,
  );
  const current = file.task.draftId === draft.id;
  if (current && file.task.state === 'waiting') return null;
  const common = { reason: null, delivered: null, record: null, evidence: null, by: null };
  if (decision === undefined) {
    if (!current) return { ...common, verb: 'replaced', at: file.task.changedAt };
    return ended(file, common);
  }
  return decided(world, file, decision);
}

async function decided(world: World, file: TaskFile, decision: DecisionRow): Promise<GateOutcome> {
  const { reasonBody } = decision;
  const { delivery } = file;
  const person = await world.store.person(decision.personId);
  return {
    verb: SAID[decision.verb],
    by: person?.name ?? 'someone',
    at: decision.at,
    reason: reasonBody === null ? null : await reasonOf(world, reasonBody),
    delivered: delivery === null ? null : { channel: delivery.channel, at: delivery.at },
    record: delivery === null ? null : await markText(world, file.task.clientId),
    evidence: decision.verb === 'approve' ? await evidenceFor(world, file, decision) : null,
  };
}

async function reasonOf(world: World, body: BodyId): Promise<string | null> {
  const bytes = await unlessErased(world.bodies.get(body), null);
  return bytes === null ? 'the reason was erased' : (textOf(bytes) ?? null);
}

async function evidenceFor(
  world: World,
  { task }: TaskFile,
  { shownAt, readAt, lastEntry }: DecisionRow,
): Promise<ApprovalEvidence> {
  const trail = await world.store.trail({ task: task.id });
  const said = trail.find((e) => e.id === lastEntry)?.data['checklist'] as Answered | undefined;
  const open = said == null ? [] : openPoints(world.library.rules, said.rule, said.answers);
  return {
    shownAt,
    readAt,
    confirmed: said == null ? null : { of: said.answers.length, open },
  };
}

/** As an approval's entry holds it; null where no checklist was asked for. */
type Answered = { readonly rule: RuleRef; readonly answers: readonly PointAnswer[] } | null;

type Bare = Omit<GateOutcome, 'verb' | 'at'>;

function ended(file: TaskFile, common: Bare): GateOutcome | null {
  const at = file.task.changedAt;
  if (file.task.state === 'cancelled') return { ...common, verb: 'cancelled', at };
  if (file.task.state === 'expired') return { ...common, verb: 'expired', at };
  if (file.task.state === 'queued') return { ...common, verb: 're-routed', at };
  return null;
}

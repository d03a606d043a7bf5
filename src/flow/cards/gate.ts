import { checksText } from '../../core/checks.ts';
import { checklistFor } from '../../core/checklist.ts';
import type { BodyId } from '../../core/id.ts';
import { taskNumber } from '../../core/id.ts';
import { addMoney, NO_COST } from '../../core/money.ts';
import { eventsFor } from '../../core/task.ts';
import { minutesOf } from '../../ledger/sum-minutes.ts';
import { disclosureFor } from '../disclose.ts';
import { unlessErased } from '../erased.ts';
import { reportOf } from '../attempt/material.ts';
import { isReceipt } from '../minutes.ts';
import { leftOf, leftToMend } from './left.ts';
import { titleOf } from './title.ts';
import { textOf } from '../plan/piece.ts';
import type { DraftNote } from '../attempt/put-draft.ts';
import { decider } from '../roles.ts';
import { outcomeOf } from './outcome.ts';
import type { GateMessage, PriceView } from '../ports/message.ts';
import type { CardRow } from '../ports/rows-cards.ts';
import type { AttemptRow, DraftRow, ReviewReport, ReviewRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

type Noted = Pick<DraftNote, 'questions' | 'assumptions' | 'checked' | 'unrestored' | 'masked'>;

const UNCHECKED: ReviewReport = { findings: [], engines: [], notChecked: [] };
const NOT_NOTED: Noted = { questions: [], assumptions: [] };
const ALL_PERSONS = ['approver', 'owner', 'requester'] as const;

/** The card on which a person decides about one draft; afterwards its receipt. */
export async function composeGate(world: World, card: CardRow): Promise<GateMessage | null> {
  const file = card.taskId === null ? null : await world.store.taskFile(card.taskId);
  const draft = file?.drafts.find((d) => d.id === card.draftId);
  if (file === null || draft === undefined) return null;
  const review = file.reviews.findLast((r) => r.draftId === draft.id);
  const said = await saidOf(world, review, draft);
  const outcome = await outcomeOf(world, file, draft);
  return {
    is: 'gate',
    rehearsal: world.facility.rehearsal,
    card: card.id,
    number: taskNumber(file.request.number, file.task.ordinal),
    title: titleOf(world, file.task),
    draftVersion: draft.version,
    draftSha256: draft.sha256,
    files: draft.files.map(({ name, size }) => ({ name, size })),
    ...openTo(file, outcome),
    gate: file.task.gate,
    verdict: review?.outcome ?? 'ask',
    rounds: file.task.round,
    findings: said.report.findings,
    notChecked: said.report.notChecked,
    warnings: warningsOf(review, said.note),
    checks: said.note.checked === undefined ? null : checksText(said.note.checked),
    erased: said.erased,
    persona: file.task.persona,
    model: modelOf(file, draft),
    work: costView(file.attempts.filter((a) => a.purpose !== 'review')),
    checking: costView(file.attempts.filter((a) => a.purpose === 'review')),
    corrected: file.corrections.nano,
    ...(await minutesFor(world, file)),
    isReceipt: isReceipt(file.task, draft.id),
    record: await recordOf(world, file),
    asks: checklistFor(world.library.rules, file.task.facts) !== null,
    made: madeBy(world, file, draft),
    outcome,
  };
}

/** What its entries say, with the table as it is for the task now: answers and files may have made it larger. */
export async function minutesFor(
  world: Pick<World, 'store'>,
  { task }: Pick<TaskFile, 'task'>,
): Promise<Pick<GateMessage, 'byHand' | 'review' | 'left'>> {
  const trail = await world.store.trail({ task: task.id });
  const { said, review } = minutesOf(trail);
  return { byHand: { ...said, table: task.minutes || null }, review, left: leftOf(trail) };
}

/** Whom it waits for and what may be pressed; nothing once there is an outcome. */
function openTo(
  file: TaskFile,
  outcome: GateMessage['outcome'],
): Pick<GateMessage, 'mention' | 'may'> {
  if (outcome !== null) return { mention: null, may: [] };
  return {
    mention: decider(file)?.slackUser ?? null,
    may: eventsFor(file.task.state, ALL_PERSONS),
  };
}

/** What the gate and the persona said of a draft, as far as it was not erased. */
type Said = { readonly report: ReviewReport; readonly note: Noted; readonly erased: boolean };

async function saidOf(
  world: World,
  review: ReviewRow | undefined,
  { files, noteBody }: DraftRow,
): Promise<Said> {
  const report =
    review === undefined ? UNCHECKED : await unlessErased(reportOf(world, review.reportBody), null);
  const note = noteBody === null ? NOT_NOTED : await unlessErased(noteOf(world, noteBody), null);
  const erased = report === null || note === null || files.some((file) => file.sha256 === '');
  return { report: report ?? UNCHECKED, note: note ?? NOT_NOTED, erased };
}

/** What was kept along with a draft. Throws Fault `erased` when it is gone. */
export async function noteOf(world: Pick<World, 'bodies'>, body: BodyId): Promise<Noted> {
  return JSON.parse(textOf(await world.bodies.get(body)) ?? '{}') as DraftNote;
}

/** What must be read first: rounds used up, and what the persona itself was not sure of. */
function warningsOf(review: ReviewRow | undefined, note: Noted): readonly string[] {
  const asked =
    review?.outcome === 'ask'
      ? ['The gate still finds faults after its last round: read both drafts.']
      : [];
  return [
    ...asked,
    ...leftToMend(note),
    ...note.questions.map((q) => `Open question: ${q}`),
    ...note.assumptions.map((a) => `Assumed: ${a}`),
  ];
}

function modelOf(file: TaskFile, draft: DraftRow): string {
  return (
    file.attempts.find((a) => a.id === draft.attemptId)?.model ??
    (draft.personId === null ? 'unknown' : 'a person')
  );
}

/** What attempts cost together. One that is not known makes the sum unknown, never smaller. */
export function costView(attempts: readonly AttemptRow[]): PriceView {
  const ended = attempts.filter((a) => a.endedAt !== null);
  if (ended.some((a) => a.costNano === null)) return { is: 'unknown' };
  const sum = ended.reduce((total, a) => addMoney(total, a.costNano ?? NO_COST), NO_COST);
  if (sum > 0) return { is: 'range', low: sum, high: sum };
  return ended.some((a) => a.rehearsal) ? { is: 'rehearsal' } : { is: 'free' };
}

async function recordOf(world: World, file: TaskFile): Promise<string> {
  const { approved, unchanged } = await world.store.approvals(file.task.kind);
  if (approved === 0) return 'first time for this kind: read closely';
  return `approved unchanged ${unchanged} of ${approved} ${approved === 1 ? 'time' : 'times'} for this kind`;
}

function madeBy(world: World, file: TaskFile, draft: DraftRow): GateMessage['made'] {
  if (draft.personId !== null) return 'person';
  return disclosureFor(world, file, draft).data['digital_source_type'] === 'algorithmicMedia'
    ? 'program'
    : 'ai';
}

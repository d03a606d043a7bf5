import { Fault } from '../core/fault.ts';
import type { FaultCode } from '../core/fault.ts';
import type { Id, TaskId } from '../core/id.ts';
import { ruleRef } from '../core/rule.ts';
import { fullRef, refOf } from '../core/rule-set.ts';
import type { TaskEvent } from '../core/task.ts';
import { technicalName } from '../core/technical-name.ts';
import { verdictOf } from '../core/verdict.ts';
import type { CheckReport, Verdict } from '../core/verdict.ts';
import { ofTask } from './about.ts';
import { openAct, refData } from './act.ts';
import type { OpenAct } from './act.ts';
import { consult, stayedData } from './attempt/consult.ts';
import type { Consulted } from './attempt/consult.ts';
import { escalate } from './attempt/escalate.ts';
import { filesOf } from './attempt/material.ts';
import { move } from './move.ts';
import { hold } from './plan/hold.ts';
import { showPlan, workJob } from './start.ts';
import type { DraftRow, ReviewReport, TaskRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { BodyRef, World } from './ports/world.ts';

/**
 * Checks the current draft of a task with the exact checks of its gate and acts on the verdict: on to a person, back
 * to its author with the findings, or held because a check could not run. Never passes a draft that was not checked.
 */
export async function review(world: World, id: TaskId, signal: AbortSignal): Promise<void> {
  const file = await world.store.taskFile(id);
  const draft = file?.drafts.find((d) => d.id === file.task.draftId);
  if (file === null || draft === undefined || file.task.state !== 'reviewing') return;
  const report = await checked(world, { file, draft }, signal);
  if (typeof report === 'string') return gateBroken(world, file, report);
  const found = verdictFor(world, { file, draft, report });
  const consulted = await consultedOn(world, { file, draft }, found);
  const verdict = taken(found, consulted);
  const act = openAct(world.clock);
  const content: ReviewReport = {
    findings: report.findings,
    engines: report.engines,
    notChecked: report.notChecked,
  };
  const body = await world.bodies.put('report', ofTask(file.task), JSON.stringify(content));
  act.change({ insert: 'body', row: body.row });
  const task = applyVerdict(world, act, {
    file,
    draft,
    report,
    verdict,
    consulted,
    body: body.ref,
  });
  showPlan(act, task);
  await world.store.commit(act.close());
}

type Drafted = { readonly file: TaskFile; readonly draft: DraftRow };

/** What was found, or the fault that kept anything from being looked at. */
async function checked(
  world: World,
  { file, draft }: Drafted,
  signal: AbortSignal,
): Promise<CheckReport | FaultCode> {
  if (file.task.gate === 'none')
    return {
      findings: [],
      engines: [],
      notChecked: [],
    };
  try {
    return await world.exact.check(file.task.gate, await filesOf(world, draft.files), signal);
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code === 'cancelled' || thrown.retry) throw thrown;
    return thrown.code;
  }
}

async function gateBroken(world: World, file: TaskFile, fault: FaultCode): Promise<void> {
  const act = openAct(world.clock);
  const held = hold(act, file.task, {
    rule: refOf(world.library.rules, 'HOLD-GATE'),
    waitsFor: 'gate',
    data: { fault },
  });
  showPlan(act, held);
  await world.store.commit(act.close());
}

function verdictFor(
  world: World,
  { file, draft, report }: Drafted & { report: CheckReport },
): Verdict {
  // A person's own edit is not sent back to a persona: its findings are shown to whoever decides.
  const most = draft.personId === null ? world.library.rules.settings.rounds : 0;
  const before = file.reviews.findLast((r) => r.draftId !== draft.id)?.fingerprints ?? [];
  return verdictOf(report, { done: file.task.round, most }, before);
}

/** What the cascade rules say of a draft with errors; null where they are not consulted: a person's own goes nowhere. */
async function consultedOn(
  world: World,
  { file, draft }: Drafted,
  { outcome, errors }: Verdict,
): Promise<Consulted | null> {
  if (errors === 0 || outcome === 'hold' || draft.personId !== null) return null;
  return consult(world, file, { sendBacks: file.task.round, outcomes: [] });
}

/** Where a written rule takes it and may spend that alone: back to be done again, by another author. */
function taken(verdict: Verdict, consulted: Consulted | null): Verdict {
  if (consulted?.came !== 'goes') return verdict;
  return { ...verdict, outcome: 'send_back', reason: ruleRef(consulted.next.cascade) };
}

const EVENTS: Readonly<Record<Verdict['outcome'], TaskEvent>> = {
  pass: 'pass',
  send_back: 'send_back',
  ask: 'ask',
  hold: 'hold',
};

type Ruled = Drafted & {
  readonly report: CheckReport;
  readonly verdict: Verdict;
  /** What the cascade rules say: by them it may go to the next lane instead of back to its author or to a person. */
  readonly consulted: Consulted | null;
  readonly body: BodyRef;
};

function applyVerdict(world: World, act: OpenAct, ruled: Ruled): TaskRow {
  const { file, draft, verdict } = ruled;
  const rule = fullRef(world.library.rules, verdict.reason);
  if (verdict.outcome === 'hold')
    return hold(act, file.task, { rule, waitsFor: 'gate', data: { report: refData(ruled.body) } });
  const back = verdict.outcome === 'send_back';
  const task = move(act, file.task, {
    event: EVENTS[verdict.outcome],
    mover: { by: 'system', rule, actor: { kind: 'gate', id: file.task.gate } },
    set: { round: file.task.round + (back ? 1 : 0) },
    say: { draft: draft.sha256, data: reviewData(ruled) },
  });
  act.change({
    insert: 'review',
    row: {
      id: act.newId<Id<'review'>>(),
      draftId: draft.id,
      gate: file.task.gate,
      outcome: verdict.outcome,
      round: file.task.round,
      reportBody: ruled.body.id,
      fingerprints: ruled.report.findings
        .filter((f) => f.level === 'error')
        .map((f) => f.fingerprint),
      at: act.at,
      lastEntry: task.lastEntry,
    },
  });
  if (!back) showGate(act, task, draft);
  const { consulted } = ruled;
  const queued = consulted?.came === 'goes' ? escalate(act, task, consulted) : task;
  if (back) workJob(act, queued);
  return queued;
}

/** The card that asks a person to decide about exactly this draft: always a new message. */
export function showGate(act: OpenAct, task: TaskRow, draft: Pick<DraftRow, 'id'>): void {
  act.show({
    key: `gate:${draft.id}`,
    kind: 'gate',
    place: { at: 'review' },
    requestId: task.requestId,
    taskId: task.id,
    draftId: draft.id,
  });
}

function reviewData({ file, report, verdict, body, consulted }: Ruled) {
  return {
    gate: file.task.gate,
    outcome: verdict.outcome,
    errors: verdict.errors,
    warnings: verdict.warnings,
    round: file.task.round,
    rules: [...new Set(report.findings.map((f) => technicalName(f.ruleId)))].slice(0, 50),
    engines: report.engines.map((e) => ({
      name: technicalName(e.name),
      version: technicalName(e.version),
      status: e.status,
    })),
    report: refData(body),
    ...stayedData(consulted),
  };
}

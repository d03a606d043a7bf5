import { PURPOSES } from '../core/lane.ts';
import type { Purpose } from '../core/lane.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { Moment } from '../core/moment.ts';
import { isFinal } from '../core/task.ts';
import type { State } from '../core/task.ts';
import { numberIn, recordIn, textIn } from './data.ts';
import type { Data } from './data.ts';
import type { Entry } from './read.ts';
import { isOver, takeMinutes } from './sum-minutes.ts';
import { decisionIn, disclosureIn, gateIn, isRehearsed, sharesIn } from './sum-evidence.ts';
import type { Tally } from './sum-tally.ts';

type Take = (task: Tally, entry: Entry) => void;

/** Takes the next entry of the task; `from` is where the range begins. */
export function takeInto(task: Tally, entry: Entry, from: Moment): void {
  if (entry.to !== null) {
    task.state = entry.to;
    task.ended = isFinal(entry.to as State) ? entry.at : null;
    task.over = isOver(entry.to) ? (task.over ?? entry.at) : null;
  }
  takeMinutes(task.minutes.now, entry);
  if (entry.at < from) takeMinutes(task.minutes.before, entry);
  if (entry.at > task.last) task.last = entry.at;
  if (isRehearsed(entry.origin)) task.rehearsal = true;
  for (const body of bodiesIn(entry)) task.bodies.add(body);
  TAKES.get(entry.type)?.(task, entry);
  countCosts(task);
}

/** What a task has cost counts when it ends or expires, and from then on when it is booked. */
function countCosts({ over, costs, counted }: Tally): void {
  if (over === null) return;
  for (const { at } of costs.slice(counted.length)) counted.push(at > over ? at : over);
}

const TAKES: ReadonlyMap<EntryType, Take> = new Map<EntryType, Take>([
  ['task.routed', routed],
  ['task.changed', routed],
  ['task.reopened', routed],
  ['person.answered', answered],
  ['task.rerouted', rerouted],
  ['task.escalated', escalated],
  ['task.resumed', resumed],
  ['task.started', placed],
  ['task.claimed', placed],
  ['attempt.started', started],
  ['attempt.ended', endedCall],
  ['draft.made', drafted],
  ['draft.edited', drafted],
  ['gate.reviewed', reviewed],
  ['task.sent_back', (task) => void (task.sentBack.byPeople += 1)],
  ['draft.approved', decided],
  ['draft.rejected', decided],
  ['approval.voided', (task) => void (task.decision = null)],
  ['approval.taken_back', (task) => void (task.decision = null)],
  ['draft.attributed', attributed],
  ['disclosure.issued', (task, entry) => void (task.disclosure = disclosureIn(entry))],
  ['draft.delivered', drafted],
]);

function routed(task: Tally, entry: Entry): void {
  const { data, at, actor } = entry;
  task.ordinal ??= numberIn(data, 'ordinal');
  facts(task, data);
  const from = textIn(data, 'overrode_lane');
  placed(task, entry);
  if (from !== null && from !== task.lane) task.rerouted = { by: actor.id, at, from };
  task.rule = entry.rule ?? task.rule;
}

/** An answer may hold the route that follows from it. */
function answered(task: Tally, entry: Entry): void {
  const route = recordIn(entry.data, 'route');
  if (route === null) return;
  facts(task, route);
  placed(task, entry);
  task.rule = entry.rule ?? task.rule;
}

/** A rule took it to another lane: from now on that rule is behind its work. */
function escalated(task: Tally, entry: Entry): void {
  placed(task, entry);
  task.rule = entry.rule ?? task.rule;
}

/** Work that goes on may have been decided anew: then it says by which rule. */
function resumed(task: Tally, entry: Entry): void {
  facts(task, entry.data);
  placed(task, entry);
  task.rule = textIn(entry.data, 'rule') ?? task.rule;
}

function facts(task: Tally, route: Data): void {
  task.kind = textIn(route, 'kind') ?? task.kind;
  const sensitivity = textIn(recordIn(route, 'facts') ?? {}, 'sensitivity');
  task.isConfidential = sensitivity === null ? task.isConfidential : sensitivity === 'confidential';
}

function placed(task: Tally, { lane, persona }: Entry): void {
  task.lane = lane ?? task.lane;
  task.persona = persona ?? task.persona;
}

function rerouted(task: Tally, entry: Entry): void {
  const { actor, at, data } = entry;
  task.rerouted = { by: actor.id, at, from: textIn(data, 'from_lane') ?? task.lane };
  placed(task, entry);
}

function started(task: Tally, { attempt, data, lane, persona, rule }: Entry): void {
  const purpose = purposeIn(textIn(data, 'purpose'));
  task.calls[purpose] += 1;
  task.running.add(attempt ?? '');
  if (lane !== null) task.lanes.set(attempt ?? '', lane);
  // Who checks, estimates or proposes does not do the work.
  if (purpose !== 'work' && purpose !== 'repair') return;
  task.lane = lane ?? task.lane;
  task.persona = persona ?? task.persona;
  task.rule = rule ?? task.rule;
}

function endedCall(task: Tally, entry: Entry): void {
  const { attempt, data, id, at, lane, model, costNano } = entry;
  task.running.delete(attempt ?? '');
  if (model !== null && lane !== 'tool') task.models.add(model);
  const nano = BigInt(costNano ?? 0);
  const allocated = allocatedIn(data, nano);
  if (data['rehearsal'] === true) task.rehearsal = true;
  task.costs.push({
    entry: id,
    corrects: null,
    at,
    lane,
    purpose: purposeIn(textIn(data, 'purpose')),
    cash: nano - allocated,
    allocated,
    adjusted: 0n,
    unpriced: costNano === null ? 1 : 0,
  });
}

/** The share of what is paid anyway; entries of before it was said apart hold one sort of money alone. */
function allocatedIn(data: Data, nano: bigint): bigint {
  const said = numberIn(data, 'allocated');
  if (said !== null) return BigInt(said);
  return textIn(data, 'basis') === 'allocated' ? nano : 0n;
}

function drafted(task: Tally, { draft }: Entry): void {
  if (draft !== null) task.draft = draft;
}

function reviewed(task: Tally, entry: Entry): void {
  task.gate = gateIn(entry);
  if (task.gate.outcome === 'send_back') task.sentBack.byGate += 1;
}

function decided(task: Tally, entry: Entry): void {
  task.decision = decisionIn(entry);
}

function attributed(task: Tally, entry: Entry): void {
  task.shares.set(entry.draft ?? '', sharesIn(entry, task.lanes));
}

/** The words of purposes are a closed list; what another version may add counts as work. */
function purposeIn(word: string | null): Purpose {
  return PURPOSES.find((one) => one === word) ?? 'work';
}

/** Every body an entry names: records of id, hash and length. */
export function bodiesIn({ data }: Entry): readonly string[] {
  return Object.values(data).flatMap((value) => {
    const body = recordIn({ value }, 'value');
    const id = body === null || !('hmac_sha256' in body) ? null : textIn(body, 'id');
    return id === null ? [] : [id];
  });
}

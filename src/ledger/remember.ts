import type { EntryValue } from '../core/entry.ts';
import type { EntryType } from '../core/entry-type.ts';
import { isFinal, STATES } from '../core/task.ts';
import type { State } from '../core/task.ts';
import type { Now } from './invariant.ts';
import type { AttemptPast, Backing, Past, TaskPast } from './past.ts';
import type { Entry } from './read.ts';
import type { Taken } from './step-of.ts';
import { textIn } from './data.ts';
import { said } from './said.ts';

/** Adds an entry to the past, sound or not: what follows is judged by what it said. */
export function remember({ entry, past, task: known, step }: Now, index: number): void {
  if (past.client === undefined) past.client = entry.client;
  if (entry.task === null) past.add(entry, 0);
  else {
    const task = known ?? beginTask(past, entry);
    if (entry.to !== null) stepped(task, entry, step);
    past.add(entry, task.number);
    rememberTask(task, entry, index);
  }
  BESIDE.get(entry.type)?.(past, entry);
}

type Remember = (past: Past, entry: Entry) => void;

/** What is remembered of entries beside their task. */
const BESIDE: ReadonlyMap<EntryType, Remember> = new Map<EntryType, Remember>([
  ['request.received', begun],
  ['request.placed', begun],
  ['role.set', appointed],
  ['content.erased', erased],
  ['practice.founded', ruled],
  ['rules.accepted', ruled],
]);

/** Which rules are in force from now on. */
function ruled({ ruleSets }: Past, { type, data }: Entry): void {
  const hash = textIn(data, 'rules_sha256');
  if (hash === null) return;
  ruleSets.inForce = hash;
  ruleSets.accepted.add(hash);
  if (type !== 'rules.accepted') return;
  ruleSets.acceptances += 1;
  if (textIn(data, 'by') !== null) ruleSets.kept.add(hash);
}

function erased(past: Past, { data }: Entry): void {
  const { bodies } = data;
  if (Array.isArray(bodies))
    for (const id of bodies as readonly EntryValue[]) past.erased.add(said(id));
}

function begun(past: Past, { request }: Entry): void {
  if (request !== null) past.requests.add(request);
}

/** Who decides for the client from now on, or no longer. */
function appointed(past: Past, { at, data }: Entry): void {
  const { person, role, in_force: inForce } = data;
  if (role !== 'approver' || typeof person !== 'string') return;
  const spell = past.approvers.get(person);
  if (inForce !== false) past.approvers.set(person, { since: at, until: null });
  else if (spell !== undefined) spell.until = at;
}

function beginTask(past: Past, { task, request }: Entry): TaskPast {
  const fresh: TaskPast = {
    number: past.tasks.size + 1,
    request,
    standing: { state: 'proposed', returnTo: null },
    steps: 0,
    last: '',
    draft: null,
    drafts: NONE,
    attempts: NONE,
    backing: NONE,
  };
  past.tasks.set(task ?? '', fresh);
  return fresh;
}

const NONE: readonly never[] = [];

const BACKING: ReadonlySet<EntryType> = new Set([
  'draft.approved',
  'gate.reviewed',
  'disclosure.issued',
]);

function rememberTask(task: TaskPast, entry: Entry, index: number): void {
  const { type } = entry;
  if (type === 'draft.made' || type === 'draft.edited') drafted(task, entry);
  if (type === 'attempt.started') task.attempts = [...task.attempts, attemptOf(entry, index)];
  if (type === 'attempt.ended') ended(task, entry);
  if (BACKING.has(type)) task.backing = [...task.backing, backingOf(entry)];
  if (type === 'approval.voided' || type === 'approval.taken_back') outOfForce(task);
  if (isFinal(task.standing.state)) forget(task);
}

const KNOWN_STATES: ReadonlySet<string> = new Set(STATES);

/** A step to what is no state at all, which its shape tells, leaves the task where it was. */
function stepped(task: TaskPast, { id, to }: Entry, step: Taken | undefined): void {
  if (step !== undefined) task.standing = step.next;
  else if (KNOWN_STATES.has(to ?? '')) task.standing = { state: to as State, returnTo: null };
  task.steps += 1;
  task.last = id;
}

function drafted(task: TaskPast, { draft, data }: Entry): void {
  if (draft === null) return;
  task.draft = { sha256: draft, version: Number(data['version']) };
  task.drafts = [...task.drafts, draft];
}

function attemptOf({ id, attempt, lane, data }: Entry, index: number): AttemptPast {
  const purpose = said(data['purpose']);
  return { id: attempt ?? '', lane, purpose, entry: id, index, isOpen: true };
}

function ended({ attempts }: TaskPast, { attempt }: Entry): void {
  const known = attempts.find(({ id }) => id === attempt);
  if (known !== undefined) known.isOpen = false;
}

function backingOf({ id, type, draft, data }: Entry): Backing {
  const outcome = type === 'gate.reviewed' ? said(data['outcome']) : null;
  return { id, type, draft, outcome, isInForce: true };
}

function outOfForce({ backing }: TaskPast): void {
  for (const one of backing) if (one.type === 'draft.approved') one.isInForce = false;
}

/** A task that is done keeps little: of a million entries most are about such tasks. */
function forget(task: TaskPast): void {
  task.backing = NONE;
  const open = task.attempts.filter(({ isOpen }) => isOpen);
  task.attempts = open.length === 0 ? NONE : open;
}

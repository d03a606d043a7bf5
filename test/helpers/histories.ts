import type { Actor } from '../../src/core/entry.ts';
import type { ClientId, RequestId, TaskId } from '../../src/core/id.ts';
import { LANES } from '../../src/core/lane.ts';
import { isFinal } from '../../src/core/task.ts';
import { throwDice } from './dice.ts';
import { aside, walk } from './history-task.ts';
import type { Client, Task } from './history-task.ts';
import { openPen, RULES } from './pen.ts';
import type { Pen, Written } from './pen.ts';

/** How much happens in a history. */
export type Size = {
  readonly clients?: number;
  readonly requests?: number;
  readonly steps?: number;
};

const MONDAY = Date.UTC(2026, 10, 23, 8, 0);

/**
 * A whole, sound record: people ask, and tasks walk the table of life in every direction, several at once and for
 * several clients. The same seed gives the same bytes. One log for each client, after that of the practice.
 */
export function soundHistory(seed: number, size: Size = {}): readonly Written[] {
  const { clients = 2, requests = 3, steps = 60 } = size;
  const pen = openPen(throwDice(seed), MONDAY);
  const founded = pen.note({ type: 'practice.founded' }, null);
  const people = [1, 2, 3, 4].map(() => met(pen, founded));
  const all = Array.from({ length: clients }, () => clientOf(pen, people));
  const tasks = Array.from({ length: requests }, () =>
    requested(pen, pen.dice.pick(all), pen.dice.pick(people)),
  ).flat();
  for (let n = 0; n < steps; n += 1) {
    if (pen.dice.hits(5)) appoint(pen, pen.dice.pick(all), people);
    const open = tasks.filter((task) => !isFinal(task.standing.state));
    if (open.length > 0) walk(pen, pen.dice.pick(open));
    const task = pen.dice.pick(tasks);
    aside(pen, task);
    if (pen.dice.hits(2)) erase(pen, task);
  }
  return [...pen.logs.values()];
}

function met(pen: Pen, cause: string): string {
  const person = pen.id();
  pen.note({ type: 'person.seen', data: { person, role: 'colleague' } }, cause);
  return person;
}

function clientOf(pen: Pen, people: readonly string[]): Client {
  const id = pen.id() as ClientId;
  const last = pen.note({ type: 'client.created', client: id }, null);
  const client: Client = { id, last, approvers: [] };
  name(pen, client, pen.dice.pick(people));
  return client;
}

function name(pen: Pen, client: Client, person: string): void {
  const data = { person, role: 'approver', in_force: true };
  pen.note({ type: 'role.set', client: client.id, data }, client.last);
  client.approvers = [...client.approvers, person];
}

/** One approver more, or one less while another is left. */
function appoint(pen: Pen, client: Client, people: readonly string[]): void {
  const other = people.find((person) => !client.approvers.includes(person));
  if (other !== undefined && pen.dice.hits(60)) return name(pen, client, other);
  const [first, ...left] = client.approvers;
  if (first === undefined || left.length === 0) return;
  const data = { person: first, role: 'approver', in_force: false };
  pen.note({ type: 'role.set', client: client.id, data }, client.last);
  client.approvers = left;
}

function erase(pen: Pen, task: Task): void {
  const bodies = task.bodies.splice(0, 2);
  if (bodies.length === 0) return;
  const data = { scope: 'body', ground: 'person', bodies };
  pen.note({ type: 'content.erased', client: task.client.id, data }, null);
}

/** A request comes in without a client, is placed with one, split, and routed. */
function requested(pen: Pen, client: Client, person: string): readonly Task[] {
  const request = pen.id() as RequestId;
  const actor: Actor = { kind: 'person', id: person };
  const data = { content: pen.body(), files: pen.dice.below(3) };
  const received = pen.note({ type: 'request.received', actor, request, data }, null);
  const of = { client: client.id, request };
  const more = { received, requester: person, number: 1 + pen.dice.below(999) };
  const placed = pen.note(
    {
      ...of,
      type: 'request.placed',
      actor: { kind: 'system', id: 'channel' },
      data: { ...data, ...more },
    },
    received,
  );
  const pieces = 1 + pen.dice.below(3);
  const rule = pen.dice.pick(RULES);
  const by = { ...of, actor: { kind: 'rule', id: rule }, rule } as const;
  const split = pen.note({ ...by, type: 'request.split', data: { pieces } }, placed);
  return Array.from({ length: pieces }, (_, i) => {
    const id = pen.id() as TaskId;
    const lane = pen.dice.pick(LANES);
    const route = { to: 'proposed', lane, persona: 'editor', minutes: 45 } as const;
    const last = pen.note(
      { ...by, ...route, type: 'task.routed', task: id, data: { ordinal: i + 1, limits: [rule] } },
      split,
    );
    return begun({ id, request, requester: person, client, lane, last });
  });
}

function begun(
  task: Pick<Task, 'id' | 'request' | 'requester' | 'client' | 'lane' | 'last'>,
): Task {
  return {
    ...task,
    standing: { state: 'proposed', returnTo: null },
    drafts: [],
    attempt: null,
    backed: { approval: '', gate: '', disclosure: '' },
    costs: [],
    bodies: [],
  };
}

import { Fault } from '../../core/fault.ts';
import type { RequestId } from '../../core/id.ts';
import type { Closing, Subject } from './erase.ts';
import type { Scope } from '../ports/eraser.ts';
import type { RequestFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

type Needs = Pick<World, 'store'>;

/**
 * What the entries of a scope are about. The only task of a request is erased with its request, whose words and files
 * are its material. Throws Fault `not_found`.
 */
export async function subjectOf(world: Needs, scope: Exclude<Scope, { is: 'client' }>) {
  if (scope.is === 'request') return ofRequest(await requestOf(world, scope.id));
  if (scope.is === 'task') return ofTask(world, scope);
  return ofBody(world, scope);
}

function ofRequest({ request, client }: RequestFile): Subject {
  const scope = { is: 'request', id: request.id } as const;
  return { scope, client: client?.id ?? null, request: request.id, task: null };
}

async function ofTask(world: Needs, scope: Extract<Scope, { is: 'task' }>): Promise<Subject> {
  const file = await world.store.taskFile(scope.id);
  if (file === null) throw gone('task');
  const { task } = file;
  const whole = await requestOf(world, task.requestId);
  if (whole.tasks.length === 1) return ofRequest(whole);
  return { scope, client: task.clientId, request: task.requestId, task: task.id };
}

async function ofBody(world: Needs, scope: Extract<Scope, { is: 'body' }>): Promise<Subject> {
  const body = await world.store.body(scope.id);
  if (body === null) throw gone('text');
  return { scope, client: body.clientId, request: body.requestId, task: body.taskId };
}

async function requestOf(world: Needs, id: RequestId): Promise<RequestFile> {
  const file = await world.store.requestFile(id);
  if (file === null) throw gone('request');
  return file;
}

function gone(what: string): Fault {
  return new Fault('not_found', `There is no such ${what}. Nothing was erased.`);
}

/** A request that still waits to hear for whom it is, or to be planned, ends when its words are erased. */
export async function endingOf(world: Needs, { scope }: Subject): Promise<Closing | null> {
  if (scope.is !== 'request') return null;
  const { request, tasks } = await requestOf(world, scope.id);
  if (tasks.length > 0 || request.step === 'empty' || request.step === 'planned') return null;
  return (act, lastEntry) =>
    act.change({
      update: 'request',
      set: { step: 'empty', lastEntry },
      where: { id: request.id, step: request.step },
    });
}

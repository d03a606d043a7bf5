import type { ClientId } from '../core/id.ts';
import type { RequestRow, TaskRow } from './ports/rows-work.ts';
import type { BodyAbout } from './ports/world.ts';

/** A body of a task: erased with it, with its request and with its client. */
export function ofTask(task: Pick<TaskRow, 'id' | 'requestId' | 'clientId'>): BodyAbout {
  return { client: task.clientId, request: task.requestId, task: task.id };
}

/** A body of a request as a whole; `client` where it is being placed just now. */
export function ofRequest(
  request: Pick<RequestRow, 'id' | 'clientId'>,
  client: ClientId | null = request.clientId,
): BodyAbout {
  return { client, request: request.id, task: null };
}

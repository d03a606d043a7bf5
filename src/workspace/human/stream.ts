import type { ServerResponse } from 'node:http';
import type { Notice } from '../notices.ts';
import type { StoredPerson } from '../records.ts';
import type { Wire } from '../wire/wire.ts';
import { sees } from './access.ts';
import type { StreamEvent } from './protocol.ts';
import { showChannel, showMessage, showView } from './show.ts';

const HEARTBEAT_MS = 20_000;

/** What one person gets to see of a notice; undefined when it is not for their eyes. */
export function streamEvent(
  wire: Wire,
  person: StoredPerson,
  notice: Notice,
): StreamEvent | undefined {
  switch (notice.is) {
    case 'message':
      return inSight(wire, person, notice.message.channel)
        ? { type: 'message', message: showMessage(wire, notice.message) }
        : undefined;
    case 'ephemeral':
      return notice.message.ephemeralTo === person.id
        ? { type: 'message', message: showMessage(wire, notice.message) }
        : undefined;
    case 'message_gone':
      return inSight(wire, person, notice.channel)
        ? { type: 'message_deleted', channel: notice.channel, ts: notice.ts }
        : undefined;
    case 'ephemeral_gone':
      return notice.person === person.id
        ? { type: 'message_deleted', channel: notice.channel, ts: notice.ts }
        : undefined;
    case 'channel':
      return sees(person, notice.channel)
        ? { type: 'channel', channel: showChannel(wire, person, notice.channel) }
        : undefined;
    case 'status':
      return inSight(wire, person, notice.channel)
        ? {
            type: 'status',
            channel: notice.channel,
            thread_ts: notice.thread_ts,
            text: notice.text,
          }
        : undefined;
    case 'prompts':
      return inSight(wire, person, notice.channel)
        ? { type: 'prompts', channel: notice.channel, prompts: notice.prompts }
        : undefined;
    default:
      return ownEvent(person, notice);
  }
}

function ownEvent(person: StoredPerson, notice: Notice): StreamEvent | undefined {
  if (notice.is === 'view' && notice.view.person === person.id)
    return { type: 'view', view: showView(notice.view) };
  if (notice.is === 'view_gone' && notice.person === person.id)
    return { type: 'view_closed', view_id: notice.id };
  if (notice.is === 'home' && notice.view.person === person.id)
    return { type: 'home', view: showView(notice.view) };
  if (notice.is === 'connected') return { type: 'connected', connected: notice.sockets };
  return undefined;
}

function inSight(wire: Wire, person: StoredPerson, id: string): boolean {
  const channel = wire.board.get('channel', id);
  return channel !== undefined && sees(person, channel);
}

/** Streams what a person sees until their browser leaves. */
export async function stream(
  wire: Wire,
  person: StoredPerson,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  });
  const send = (event: StreamEvent): void =>
    void response.write(`data: ${JSON.stringify(event)}\n\n`);
  send({ type: 'hello', connected: wire.sockets.count() });
  const stop = wire.bus.listen((notice) => {
    const event = streamEvent(wire, person, notice);
    if (event !== undefined) send(event);
  });
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS).unref();
  await new Promise<void>((resolve) => response.on('close', resolve));
  clearInterval(heartbeat);
  stop();
}

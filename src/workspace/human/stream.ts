import type { ServerResponse } from 'node:http';
import type { Notice } from '../notices.ts';
import type { StoredPerson } from '../records.ts';
import type { Wire } from '../wire/wire.ts';
import { sees } from './access.ts';
import type { StreamEvent } from './protocol.ts';
import { showChannel, showMessage, showView } from './show.ts';

const HEARTBEAT_MS = 20_000;

type Shown<K extends Notice['is']> = (
  wire: Wire,
  person: StoredPerson,
  notice: Extract<Notice, { is: K }>,
) => StreamEvent | undefined;

/** What the page is told of each kind of notice; kinds without a row are the wire's own business. */
const SHOWN: { readonly [K in Notice['is']]?: Shown<K> } = {
  message: (wire, person, { message }) =>
    inSight(wire, person, message.channel)
      ? { type: 'message', message: showMessage(wire, message) }
      : undefined,
  ephemeral: (wire, person, { message }) =>
    message.ephemeralTo === person.id
      ? { type: 'message', message: showMessage(wire, message) }
      : undefined,
  message_gone: (wire, person, { channel, ts }) =>
    inSight(wire, person, channel) ? { type: 'message_deleted', channel, ts } : undefined,
  ephemeral_gone: (_wire, person, { person: whose, channel, ts }) =>
    whose === person.id ? { type: 'message_deleted', channel, ts } : undefined,
  channel: (wire, person, { channel }) =>
    sees(person, channel)
      ? { type: 'channel', channel: showChannel(wire, person, channel) }
      : undefined,
  status: (wire, person, { channel, thread_ts, text }) =>
    inSight(wire, person, channel) ? { type: 'status', channel, thread_ts, text } : undefined,
  prompts: (wire, person, { channel, prompts }) =>
    inSight(wire, person, channel) ? { type: 'prompts', channel, prompts } : undefined,
  view: (_wire, person, { view }) =>
    view.person === person.id ? { type: 'view', view: showView(view) } : undefined,
  view_gone: (_wire, person, { person: whose, id }) =>
    whose === person.id ? { type: 'view_closed', view_id: id } : undefined,
  home: (_wire, person, { view }) =>
    view.person === person.id ? { type: 'home', view: showView(view) } : undefined,
  connected: (_wire, _person, { sockets }) => ({ type: 'connected', connected: sockets }),
};

/** What one person gets to see of a notice; undefined when it is not for their eyes. */
export function streamEvent(
  wire: Wire,
  person: StoredPerson,
  notice: Notice,
): StreamEvent | undefined {
  const show = SHOWN[notice.is] as Shown<Notice['is']> | undefined;
  return show?.(wire, person, notice);
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

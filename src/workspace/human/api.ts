import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { readBody, sendJson } from '../http/body.ts';
import { BODY_BYTES, UPLOAD_BYTES } from '../limits.ts';
import { pagePerson } from '../people.ts';
import type { StoredFile } from '../records.ts';
import { announce, receive } from '../wire/methods/files.ts';
import type { Wire } from '../wire/wire.ts';
import { channelOf, fileOf, personOf } from './access.ts';
import { click } from './click.ts';
import { shortcut, slash } from './command.ts';
import { close, submit } from './modal.ts';
import { LABEL } from './protocol.ts';
import { openDm, openHome, react, say } from './say.ts';
import { SHAPES } from './shapes.ts';
import { showChannel, showFile, showMessages, showState, showView } from './show.ts';
import { stream } from './stream.ts';

export type HumanCall = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly rehearsal: boolean;
  readonly sendFile: (wire: Wire, file: StoredFile, response: ServerResponse) => Promise<void>;
};

type Act = (wire: Wire, body: unknown) => Promise<unknown>;

/** Joins a shape and an act; what does not fit is told with the place of the fault. */
function act<T>(shape: z.ZodType<T>, run: (wire: Wire, asked: T) => Promise<unknown>): Act {
  return (wire, body) => {
    const read = shape.safeParse(body);
    if (read.success) return run(wire, read.data);
    const issue = read.error.issues[0];
    throw new Fault(
      'bad_input',
      `Expected what src/workspace/human/protocol.ts describes, got a fault at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'unknown'}.`,
    );
  };
}

/** POST /human/<name> */
const WRITES: Readonly<Record<string, Act>> = {
  say: act(SHAPES.say, say),
  click: act(SHAPES.click, click),
  submit: act(SHAPES.submit, submit),
  close: act(SHAPES.close, close),
  slash: act(SHAPES.slash, slash),
  shortcut: act(SHAPES.shortcut, shortcut),
  react: act(SHAPES.react, async (wire, asked) => {
    await react(wire, asked);
    return { acked: true };
  }),
  open_dm: act(SHAPES.openDm, async (wire, asked) => ({
    channel: showChannel(wire, personOf(wire, asked.as), await openDm(wire, asked)),
  })),
  home: act(SHAPES.home, async (wire, asked) => {
    await openHome(wire, asked);
    const home = wire.board.get('home', asked.as);
    return { home: home === undefined ? null : showView(home) };
  }),
};

/** GET /human/<name>; `who` needs no `as`. */
const READS: Readonly<
  Record<string, (wire: Wire, query: URLSearchParams, rehearsal: boolean) => unknown>
> = {
  who: (wire) => ({
    label: LABEL,
    people: wire.board
      .all('person')
      .filter(({ role }) => role !== 'bot')
      .map(pagePerson),
  }),
  state: (wire, query, rehearsal) => showState(wire, asOf(wire, query), rehearsal),
  messages: (wire, query) => {
    const person = asOf(wire, query);
    return {
      messages: showMessages(wire, person, channelOf(wire, person, query.get('channel') ?? '')),
    };
  },
};

function asOf(wire: Wire, query: URLSearchParams): ReturnType<typeof personOf> {
  return personOf(wire, query.get('as') ?? '');
}

/** Answers the page. Session and origin were checked before. */
export async function answerHuman(wire: Wire, call: HumanCall): Promise<void> {
  const { request, response } = call;
  const url = new URL(request.url ?? '/', wire.base());
  const name = url.pathname.split('/')[2] ?? '';
  if (request.method === 'POST') return answerWrite(wire, call, { name, query: url.searchParams });
  if (name === 'stream') return stream(wire, asOf(wire, url.searchParams), response);
  if (name === 'file') return call.sendFile(wire, downloadable(wire, url), response);
  const read = Object.hasOwn(READS, name) ? READS[name] : undefined;
  if (read === undefined) throw unknown(name, Object.keys(READS));
  sendJson(response, 200, read(wire, url.searchParams, call.rehearsal));
}

/** A plain link carries no `as`: whoever holds the page's cookie may switch between all people anyway. */
function downloadable(wire: Wire, url: URL): StoredFile {
  const id = url.pathname.split('/')[3] ?? '';
  if (url.searchParams.has('as')) return fileOf(wire, asOf(wire, url.searchParams), id);
  const file = wire.board.get('file', id);
  if (file?.uploaded === true) return file;
  throw new Fault(
    'not_found',
    `Expected a file of this workspace, got "${id}". Load the message again.`,
  );
}

async function answerWrite(
  wire: Wire,
  call: HumanCall,
  asked: { readonly name: string; readonly query: URLSearchParams },
): Promise<void> {
  const { name, query } = asked;
  if (name === 'upload') {
    const person = asOf(wire, query);
    const bytes = await readBody(call.request, UPLOAD_BYTES);
    return sendJson(call.response, 200, {
      file: showFile(await uploadAs(wire, person.id, { name: query.get('name') ?? '', bytes })),
    });
  }
  const write = Object.hasOwn(WRITES, name) ? WRITES[name] : undefined;
  if (write === undefined) throw unknown(name, [...Object.keys(WRITES), 'upload']);
  sendJson(
    call.response,
    200,
    await write(wire, readJson(await readBody(call.request, BODY_BYTES))),
  );
}

/** Stores a file a person chose. Throws Fault `bad_input` for an empty name or an empty file. */
export async function uploadAs(
  wire: Wire,
  user: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<StoredFile> {
  const name = file.name.split(/[\\/]/).at(-1)?.trim() ?? '';
  if (name === '' || file.bytes.byteLength === 0)
    throw new Fault(
      'bad_input',
      'Expected a file with a name and at least one byte, got less. Choose another file.',
    );
  const made = announce(wire, { name, size: file.bytes.byteLength, user: personOf(wire, user).id });
  return receive(wire, made, file.bytes);
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new Fault(
      'bad_input',
      'Expected JSON, got something else. Send content-type application/json.',
      { cause },
    );
  }
}

function unknown(name: string, known: readonly string[]): Fault {
  return new Fault(
    'not_found',
    `Expected one of ${known.join(', ')} after /human/, got "${name}".`,
  );
}

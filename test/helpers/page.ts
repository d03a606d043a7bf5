import { once } from 'node:events';
import type { Channel, Message, Uploaded } from '../../src/workspace/human/protocol.ts';
import { agree } from './presses.ts';
import { aios, portOf } from './program.ts';
import type { Program } from './program.ts';
import { until } from './until.ts';

const OWNER = 'U0OWNER';

/** A started `aios` with its workspace, used the way the owner's browser uses it. */
export type Page = {
  readonly program: Program;
  /** The owner's conversation with AIOS, oldest first. */
  messages(): Promise<readonly Message[]>;
  say(text: string, files?: Readonly<Record<string, Uint8Array>>): Promise<void>;
  /** Gives the answer, which the owner alone sees: a command is taken before it is carried out. */
  command(text: string): Promise<string>;
  /** Presses whatever waits to be agreed to. */
  agree(): Promise<void>;
  /** Ends the program at once, as the loss of a machine does. */
  kill(): Promise<void>;
};

/** Starts `aios` with this environment alone and enters through the printed address. */
export async function openPage(env: Readonly<Record<string, string>>): Promise<Page> {
  const program = aios(['start'], env);
  await portOf(program);
  const call = await enter(/http:\/\/127\.0\.0\.1:\S+/.exec(program.said())?.[0] ?? '');
  const { channel } = await call<{ channel: Channel }>('/human/open_dm', {
    as: OWNER,
    with: 'U0AIOS',
  });
  const messages = async () => {
    const at = `/human/messages?as=${OWNER}&channel=${channel.id}`;
    return (await call<{ messages: readonly Message[] }>(at)).messages;
  };
  return {
    program,
    messages,
    say: async (text, files = {}) => {
      const sent: string[] = [];
      for (const [name, bytes] of Object.entries(files)) {
        const at = `/human/upload?as=${OWNER}&name=${name}`;
        sent.push((await call<Uploaded>(at, new Uint8Array(bytes))).file.id);
      }
      await call('/human/say', { as: OWNER, channel: channel.id, text, files: sent });
    },
    command: async (text) => {
      const before = (await messages()).filter(isAnswer).length;
      const said = { as: OWNER, channel: channel.id, command: '/aios', text };
      await call('/human/slash', said);
      const answer = await until(
        `/aios ${text} is answered`,
        async () => (await messages()).filter(isAnswer)[before],
      );
      return answer.text;
    },
    agree: async () => {
      for (const message of await messages()) {
        const button = agree(message);
        if (button === undefined) continue;
        const at = { channel: channel.id, ts: message.ts };
        await call('/human/click', { as: OWNER, at, ...button }).catch(unlessGone);
      }
    },
    kill: async () => {
      program.child.kill('SIGKILL');
      if (program.child.exitCode === null && program.child.signalCode === null)
        await once(program.child, 'exit');
    },
  };
}

const isAnswer = (message: Message): boolean => message.ephemeral_to === OWNER;

/** Reads at an address of the page, or writes to it when there is a body. Throws for any other answer than a good one. */
type Call = <T>(at: string, body?: unknown) => Promise<T>;

async function enter(url: string): Promise<Call> {
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const headers = { origin, cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
  return async <T>(at: string, body?: unknown) => {
    const content = body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
    const sent = body === undefined ? {} : { method: 'POST', body: content };
    const response = await fetch(origin + at, { headers, ...sent });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}

/** A card may be redrawn between the look and the click. */
function unlessGone(thrown: Error): void {
  if (!thrown.message.startsWith('404 ')) throw thrown;
}

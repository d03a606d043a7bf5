import type { Message } from '../../src/workspace/human/protocol.ts';
import type { Running } from './aios.ts';

/** Whether a message offers a button of this verb, e.g. `approve`. */
export function offers(message: Message, verb: string): boolean {
  const wanted = [`"action_id":"${verb}"`, `"action_id":"${verb}:`];
  const blocks = JSON.stringify(message.blocks ?? []);
  return wanted.some((text) => blocks.includes(text));
}

/** All words of a message that a person reads, blocks and fallback. */
export function wordsIn(message: Message): string {
  return `${message.text}\n${JSON.stringify(message.blocks ?? [])}`;
}

/** A person at their desk in the local workspace: writes, waits for cards, presses. */
export function deskOf({ human }: Pick<Running, 'human'>, as: string) {
  const seen = (channel: string) => ({ channel, as });
  return {
    as,
    dm: (text: string, files: readonly { name: string; bytes: Uint8Array }[] = []) =>
      human.dm({ as, text, files }),
    say: (
      channel: string,
      text: string,
      files: readonly { name: string; bytes: Uint8Array }[] = [],
    ) => human.say({ as, channel, text, files }),
    reply: (
      at: { channel: string; ts: string },
      text: string,
      files: readonly { name: string; bytes: Uint8Array }[] = [],
    ) => human.say({ as, channel: at.channel, text, threadTs: at.ts, files }),
    /** The newest message here that offers this verb, now or when it comes. */
    card: (channel: string, verb: string, about = '') =>
      human.waitForMessage(seen(channel), (m) => offers(m, verb) && wordsIn(m).includes(about)),
    /** The newest message here that holds these words, now or when it comes. */
    words: (channel: string, text: string) =>
      human.waitForMessage(seen(channel), (m) => wordsIn(m).includes(text)),
    press: (message: { channel: string; ts: string }, action: string) =>
      human.click({ as, message, action }),
    messages: (channel: string) => human.messages(channel, { as }),
  };
}

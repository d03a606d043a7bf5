import type { Notice } from '../notices.ts';
import type { Wire } from '../wire/wire.ts';
import { personOf } from './access.ts';
import { seenBy } from './eyes.ts';
import type { Message, View } from './protocol.ts';
import { showMessage, showState } from './show.ts';
import { waitFor, type WaitOptions } from './wait.ts';
import { wordsOf } from './words.ts';

/** Waiting and listening. Faults: `timeout`, naming what was seen instead. */
export type Ears = {
  /** Waits for a condition, looked at after everything that happens. */
  waitFor<T>(look: () => T | undefined | false, options?: WaitOptions): Promise<T>;
  /** Waits for the last message that fits among those a person sees in a channel. */
  waitForMessage(
    where: { readonly channel: string; readonly as?: string },
    fits: (message: Message) => boolean,
    options?: WaitOptions,
  ): Promise<Message>;
  waitForView(as: string, fits?: (view: View) => boolean, options?: WaitOptions): Promise<View>;
  /** Hears everything from now on; returns how to stop. */
  listen(hear: (notice: Notice) => void): () => void;
  /** Hears every message of the bot as it is posted, edited or shown to one person: nothing reaches people otherwise. */
  onBotMessage(hear: (message: Message) => void): () => void;
};

/** Makes the ears of one workspace. */
export function makeEars(wire: Wire): Ears {
  return {
    waitFor: (look, options) => waitFor(wire.bus, look, options),
    waitForMessage: (where, fits, options) => {
      const seen = (): string =>
        seenBy(wire, where.as, where.channel)
          .map((one) => `${one.user}: ${wordsOf(one)}`)
          .join('\n');
      return waitFor(wire.bus, () => seenBy(wire, where.as, where.channel).findLast(fits), {
        what: `a message in ${where.channel}`,
        ...options,
        seen,
      });
    },
    waitForView: (as, fits = () => true, options) =>
      waitFor(wire.bus, () => showState(wire, personOf(wire, as), false).views.findLast(fits), {
        what: `a dialog for ${as}`,
        ...options,
      }),
    listen: (hear) => wire.bus.listen(hear),
    onBotMessage: (hear) =>
      wire.bus.listen((notice) => {
        if (notice.is !== 'message' && notice.is !== 'ephemeral') return;
        const message = showMessage(wire, notice.message);
        if (message.bot) hear(message);
      }),
  };
}

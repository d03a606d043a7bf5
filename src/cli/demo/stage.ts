import type { Aios } from '../../main.ts';
import type { HumanDriver } from '../../workspace/human/driver.ts';
import type { Message } from '../../workspace/human/protocol.ts';
import type { ScriptLine } from '../../rehearsal/script.ts';
import { Fault } from '../../core/fault.ts';
import { nameOf } from './cast.ts';
import type { Who } from './cast.ts';
import { makeDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { placeOf } from './places.ts';
import { changesIn, linesOf } from './readable.ts';
import { quiet } from './quiet.ts';
import type { Transcript } from './transcript.ts';

/** Where the scenes are played: AIOS, people at their desks, and everything AIOS posted so far. */
export type Stage = {
  readonly aios: Aios;
  readonly human: HumanDriver;
  readonly transcript: Transcript;
  readonly desks: Readonly<Record<Who, Desk>>;
  /** Every message of AIOS as it was posted or edited, oldest first. */
  readonly posted: readonly Message[];
  /** What the stand-ins answer next instead of plain good work. */
  readonly script: (...lines: readonly ScriptLine[]) => void;
  /** Waits until nothing moves any more but by a person. */
  readonly settled: () => Promise<void>;
  /** Stops listening. */
  readonly leave: () => void;
};

/** Sets the stage. Throws Fault `bad_config` where AIOS runs without its workspace or with real models. */
export function makeStage(aios: Aios, transcript: Transcript): Stage {
  const { workspace } = aios.front;
  const { rehearsal } = aios.base;
  if (workspace === null || rehearsal === null)
    throw new Fault(
      'bad_config',
      'The demo needs the local workspace and stand-ins for the models. Start it without Slack tokens and lane keys.',
    );
  const { human } = workspace;
  const posted: Message[] = [];
  const leave = human.onBotMessage((message) => {
    tell(message, posted, { human, transcript });
    posted.push(message);
  });
  const around = { human, transcript };
  const [Olive, Ada, Caleb, Gil] = (['Olive', 'Ada', 'Caleb', 'Gil'] as const).map((who) =>
    makeDesk(around, who),
  ) as [Desk, Desk, Desk, Desk];
  return {
    aios,
    human,
    transcript,
    desks: { Olive, Ada, Caleb, Gil },
    posted,
    script: (...lines) => rehearsal.script(...lines),
    settled: () => quiet(aios),
    leave,
  };
}

type Teller = { readonly human: HumanDriver; readonly transcript: Transcript };

/** A new message in full; of an edited one what changed; nothing where nothing did. */
function tell(message: Message, posted: readonly Message[], { human, transcript }: Teller): void {
  const places = (channel: string): string => placeOf(human, channel);
  const before = posted.findLast((one) => one.ts === message.ts && one.channel === message.channel);
  const now = linesOf(message, places);
  const lines = before === undefined ? now : changesIn(linesOf(before, places), now);
  if (lines.length === 0) return;
  const { ephemeral_to: alone } = message;
  const where = alone === undefined ? places(message.channel) : `only ${nameOf(alone)}`;
  transcript.row({ who: 'AIOS', where, lines });
}

import { join } from 'node:path';
import { makeSeatLane } from '../../lanes/seat.ts';
import type { Parts } from '../../main.ts';
import { cloudOnce, decide, run, sentBack, setUp, threePieces } from './scenes-morning.ts';
import { clarification, declined, held, humanOnly, lookBack } from './scenes-afternoon.ts';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';

/** The day, in order. */
const SCENES: readonly Scene[] = [
  setUp,
  threePieces,
  cloudOnce,
  run,
  decide,
  sentBack,
  clarification,
  held,
  declined,
  humanOnly,
  lookBack,
];

/** The seat is left out on every machine, so that the day shows what a lane that is not set up looks like. */
export function demoParts(folder: string): Parts {
  return {
    lanes: {
      seat: makeSeatLane({
        tokens: { own: new Map() },
        rehearsal: false,
        workFolder: join(folder, 'seat'),
      }),
    },
  };
}

/** Plays the whole day. Throws Fault `timeout` at the first thing that should have come and did not. */
export async function playDay(stage: Stage): Promise<void> {
  for (const [at, scene] of SCENES.entries()) {
    stage.transcript.title(`${at + 1}. ${scene.title}`);
    await scene.play(stage);
    await stage.settled();
  }
}

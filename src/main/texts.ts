import type { BodyId } from '../core/id.ts';
import type { Eraser } from '../flow/ports/eraser.ts';
import type { Store } from '../flow/ports/store.ts';
import type { Bodies } from '../flow/ports/world.ts';
import { makeBodies } from '../store/bodies.ts';
import type { Stamp } from '../store/commit.ts';
import { connectEraser, makeEraser } from '../store/erase.ts';
import { openKeys } from '../store/keys.ts';
import { throughTurns } from '../store/through-turns.ts';
import type { RotateDeps } from '../store/rotate-keys.ts';
import { CLOCK } from './clock.ts';

/** Texts, their keys, and the one role that may make them unreadable. */
export type Texts = {
  readonly bodies: Bodies;
  /** The store that is given, over which keys may be turned. */
  readonly store: Store;
  readonly eraser: Eraser;
  /** What turning a key needs. */
  readonly rotating: RotateDeps;
};

type Needs = {
  /** URL of the eraser. */
  readonly url: string;
  /** Where the keys lie. */
  readonly folder: string;
  readonly store: Store;
  readonly stamp: Stamp;
  readonly keep: (close: () => Promise<unknown>) => void;
};

/** Opens the keys and the eraser's connections; none is made before it is needed. */
export async function openTexts({ url, folder, store, stamp, keep }: Needs): Promise<Texts> {
  const keys = await openKeys(folder);
  const sql = connectEraser(url);
  keep(() => sql.end({ timeout: 5 }));
  const bodies = makeBodies({ store, keys, newId: () => CLOCK.newId<BodyId>() });
  return {
    bodies,
    store: throughTurns(store, bodies),
    eraser: makeEraser(sql, stamp, keys),
    rotating: { sql, keys, stamp, clock: CLOCK },
  };
}

import type { Board } from '../board.ts';
import type { Bus } from '../notices.ts';
import type { AppDefinition } from '../app.ts';
import type { Delivery } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { Keys } from './keys.ts';
import type { Sockets } from './sockets.ts';

/** Everything one workspace is made of; each part gets what it needs of it. */
export type Wire = {
  readonly board: Board;
  readonly bus: Bus;
  readonly app: AppDefinition;
  readonly sockets: Sockets;
  readonly delivery: Delivery;
  readonly keys: Keys;
  readonly faults: Faults;
  readonly tokens: { readonly bot: string; readonly app: string };
  /** `http://127.0.0.1:PORT`, known once it listens. */
  base(): string;
};

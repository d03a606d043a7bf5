import type { Config } from '../config.ts';
import type { Library } from '../flow/ports/world.ts';
import type { Server } from './look-server.ts';

/**
 * What a check found. `warn`: AIOS runs, but not as it could; `missing`: it does not run, or not safely, before this is
 * mended. Both name the next step of a person.
 */
export type Finding =
  | { readonly is: 'ok'; readonly says: string }
  | { readonly is: 'warn' | 'missing'; readonly says: string; readonly next: string };

/** What checks look at. Nothing is started for it, and what is asked for twice is looked at once. */
export type Look = {
  readonly config: Config;
  server(): Promise<Server>;
  library(): Promise<Library>;
};

/** One row of doctor's table. A Fault thrown by `test` counts as `missing`, its sentence says what to do. */
export type Check = {
  readonly id: string;
  readonly test: (look: Look) => Promise<Finding>;
};

export function ok(says: string): Finding {
  return { is: 'ok', says };
}

export function warn(says: string, next: string): Finding {
  return { is: 'warn', says, next };
}

export function missing(says: string, next: string): Finding {
  return { is: 'missing', says, next };
}

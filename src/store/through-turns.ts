import { Fault } from '../core/fault.ts';
import type { Store } from '../flow/ports/store.ts';
import type { WrappingBodies } from './bodies.ts';
import { keyRuleOf } from './connect.ts';

const TRIES = 4;

/**
 * A store over which keys may be turned at any moment: an act that comes too late for the key of one of its bodies is
 * written with the body wrapped anew. Else what a model was paid for could be lost to a turn of the key.
 */
export function throughTurns(store: Store, bodies: Pick<WrappingBodies, 'anew'>): Store {
  return {
    ...store,
    commit: async (act) => {
      for (let [tried, now] = [1, act]; ; tried += 1) {
        try {
          return await store.commit(now);
        } catch (thrown) {
          if (tried === TRIES || !cameTooLate(thrown)) throw thrown;
          now = await bodies.anew(now);
        }
      }
    },
  };
}

function cameTooLate(thrown: unknown): boolean {
  return thrown instanceof Fault && keyRuleOf(thrown.cause ?? {}) === 'retired';
}

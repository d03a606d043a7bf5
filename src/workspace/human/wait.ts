import { Fault } from '../../core/fault.ts';
import type { Bus } from '../notices.ts';

export type WaitOptions = {
  /** For the fault's sentence: what was waited for. */
  readonly what?: string;
  /** Default 30 000. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 30_000;

/**
 * Waits until `look` finds something: it looks at once, then after everything that happens in the workspace. No
 * polling. Throws Fault `timeout` naming what was expected and, from `seen`, what was there instead.
 */
export function waitFor<T>(
  bus: Bus,
  look: () => T | undefined | false,
  options: WaitOptions & { readonly seen?: () => string } = {},
): Promise<T> {
  const { what = 'something to happen', timeoutMs = TIMEOUT_MS, seen } = options;
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      stop();
      clearTimeout(timer);
      end();
    };
    const check = (): void => {
      try {
        const found = look();
        if (found !== undefined && found !== false) settle(() => resolve(found));
      } catch (thrown) {
        settle(() => reject(thrown as Error));
      }
    };
    const stop = bus.listen(check);
    const timer = setTimeout(() => {
      const got = seen?.() ?? '';
      settle(() =>
        reject(
          new Fault(
            'timeout',
            `Expected ${what} within ${timeoutMs} ms, got none.${got === '' ? '' : ` There was:\n${got}`}`,
            { retry: true },
          ),
        ),
      );
    }, timeoutMs);
    check();
  });
}

import { openBase } from '../main/base.ts';
import type { Base, BaseNeeds, Keep } from '../main/base.ts';
import type { Config } from '../config.ts';

const quiet = (): void => undefined;

/**
 * Opens what every program of AIOS needs, uses it and closes it again; AIOS may be running on it or not. A server that
 * was running before stays for whoever runs on it.
 */
export async function onBase<T>(
  config: Config,
  use: (base: Base, keep: Keep) => Promise<T>,
  more: Pick<BaseNeeds, 'library' | 'rules'> = {},
): Promise<T> {
  const closers: (() => Promise<unknown>)[] = [];
  const keep: Keep = (close) => void closers.push(close);
  let stays = true;
  try {
    const base = await openBase({ config, log: quiet, keep, wake: quiet, ...more });
    stays = !base.data.started;
    return await use(base, keep);
  } finally {
    // The first closer is the server's.
    for (const close of closers.slice(stays ? 1 : 0).reverse()) await close();
  }
}

import { proveEntry } from '../store/prove.ts';
import type { Config } from '../config.ts';
import { atDesk, readArgs } from './ledger-desk.ts';

/** `aios ledger prove ENTRY`: prints the proof and nothing else, so that it can go into a file. */
export async function prove(config: Config, args: readonly string[]): Promise<number> {
  const [id = ''] = readArgs(args, {}, 1).positionals;
  process.stdout.write(await atDesk(config, ({ keeper }) => proveEntry(keeper, id)));
  return 0;
}

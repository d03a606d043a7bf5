import { proveEntry } from '../store/prove.ts';
import type { Config } from '../config.ts';
import { atDesk, readArgs } from './ledger-desk.ts';

/** `aios ledger prove ENTRY`: the proof and nothing else, so that it can go into a file. */
export async function prove(config: Config, args: readonly string[]): Promise<string> {
  const [id = ''] = readArgs(args, {}, 1).positionals;
  return atDesk(config, ({ keeper }) => proveEntry(keeper, id));
}

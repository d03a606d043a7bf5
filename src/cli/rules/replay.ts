import { emptyTally, takeStep } from '../../core/replay-tally.ts';
import type { Tally } from '../../core/replay-tally.ts';
import { traceHash } from '../../flow/plan/route-data.ts';
import type { Library } from '../../flow/ports/world.ts';
import { loadLibrary } from '../../library/load.ts';
import { loadPrices } from '../../library/prices.ts';
import type { Base } from '../../main/base.ts';
import { decisionsIn } from '../../store/read-decisions.ts';
import { onBase } from '../on-base.ts';
import { write } from './write.ts';
import { whichPast } from './past.ts';
import type { Given } from './given.ts';
import { changeData, changeLine, totalData, totalLines } from './replay-words.ts';

/**
 * `aios rules replay`: decides past tasks again from what was recorded of them, with no model call, and says what would
 * come out otherwise. Returns 1 when a decision does not come out as recorded under the rule set it was taken under.
 * Changes nothing. Throws Fault `bad_input` or `bad_rules`.
 */
export async function replayRules(given: Given): Promise<number> {
  if (given.reread) return (await import('./reread.ts')).reread(given);
  return onBase(given.settings, async (base) => {
    const by = await rulesToTry(given, base);
    const which = await whichPast(given, base.parts);
    const tally = emptyTally();
    await write(linesOf());
    return tally.faults > 0 ? 1 : 0;

    async function* linesOf(): AsyncGenerator<string> {
      for await (const step of decisionsIn(base.sql, which)) {
        const changed = takeStep(tally, step, by);
        if (changed === null) continue;
        yield given.json ? `${JSON.stringify(changeData(changed))}\n` : `${changeLine(changed)}\n`;
      }
      yield* ending(given, tally, by.rules.hash);
    }
  });
}

function ending(given: Given, tally: Tally, hash: string): readonly string[] {
  const set = hash.slice(0, 16);
  if (given.json) return [`${JSON.stringify(totalData(tally, set))}\n`];
  return totalLines(tally, { set, tried: given.named }).map((line) => `${line}\n`);
}

/** The rules in force, or those of another folder, with the prices that stand beside them. */
async function rulesToTry({ named, config }: Given, { parts }: Base) {
  const { rules, prices } =
    named === undefined ? parts.library : await tried(named, config.personasFolder);
  return { rules, hashOf: traceHash, table: prices, seniorModel: config.senior.model };
}

async function tried(folder: string, personas: string): Promise<Pick<Library, 'rules' | 'prices'>> {
  const { rules } = await loadLibrary(folder, personas);
  return { rules, prices: await loadPrices(folder) };
}

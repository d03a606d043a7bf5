import { emptyConsultTally, noteRoute, takeStuck } from '../../core/replay/consult-tally.ts';
import type { ConsultTally } from '../../core/replay/consult-tally.ts';
import { emptyTally, takeStep } from '../../core/replay/replay-tally.ts';
import type { Tally } from '../../core/replay/replay-tally.ts';
import { traceHash } from '../../flow/plan/route-data.ts';
import type { Library } from '../../flow/ports/world.ts';
import { loadLibrary } from '../../library/load.ts';
import { loadPrices } from '../../library/prices.ts';
import type { Base } from '../../main/base.ts';
import { consultsIn } from '../../store/read-consults.ts';
import { decisionsIn } from '../../store/read-decisions.ts';
import { onBase } from '../on-base.ts';
import { write } from './write.ts';
import { whichPast } from './past.ts';
import type { Given } from './given.ts';
import { consultData, consultLines, stuckData, stuckLine } from './consult-words.ts';
import { changeData, changeLine, totalData, totalLines } from './replay-words.ts';

/**
 * `aios rules replay`: decides past tasks again from what was recorded of them, their routes and whether cascade rules take
 * them on, with no model call, and says what would come out otherwise. Returns 1 when a decision does not come out as recorded under the rule set it was taken under.
 * Changes nothing. Throws Fault `bad_input` or `bad_rules`.
 */
export async function replayRules(given: Given): Promise<number> {
  if (given.reread) return (await import('./reread.ts')).reread(given);
  return onBase(given.settings, async (base) => {
    const by = await rulesToTry(given, base);
    const which = await whichPast(given, base.parts);
    const sums = { routes: emptyTally(), consults: emptyConsultTally() };
    await write(linesOf());
    return sums.routes.faults + sums.consults.faults > 0 ? 1 : 0;

    async function* linesOf(): AsyncGenerator<string> {
      const { routes, consults } = sums;
      for await (const step of decisionsIn(base.sql, which)) {
        const changed = takeStep(routes, step, by);
        if (changed === null) continue;
        noteRoute(consults, changed);
        yield lineOf(given.json ? changeData(changed) : changeLine(changed));
      }
      for await (const stuck of consultsIn(base.sql, which)) {
        const changed = takeStuck(consults, stuck, by);
        if (changed !== null) yield lineOf(given.json ? stuckData(changed) : stuckLine(changed));
      }
      yield* ending(given, sums, by.rules.hash.slice(0, 16)).map(lineOf);
    }
  });
}

/** A line of words, or an object for a machine. */
function lineOf(said: string | object): string {
  return `${typeof said === 'string' ? said : JSON.stringify(said)}\n`;
}

type Sums = { readonly routes: Tally; readonly consults: ConsultTally };

function ending(given: Given, sums: Sums, set: string): readonly (string | object)[] {
  const { routes, consults } = sums;
  const cascades = consultData(consults);
  if (given.json) return [{ total: { ...totalData(routes, set), cascades } }];
  const routed = totalLines(routes, given.named);
  const stuck = consultLines(consults);
  const isNothing = routes.decided + routes.unreadable === 0 && stuck.length === 0;
  const last = isNothing ? [] : [`No model was asked. Rule set ${set}.`];
  return [...routed, ...stuck, ...last];
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

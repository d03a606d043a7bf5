import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { exactAmount, nanoUsd } from '../core/money.ts';
import { powerSays } from '../core/power.ts';
import type { PriceTable } from '../core/price.ts';
import { checkPrices } from '../flow/price-check.ts';
import { loadPrices } from '../library/prices.ts';
import type { Config } from '../config.ts';
import { visit } from './visit.ts';

const USAGE = 'aios prices | aios prices check';

/**
 * `aios prices`: the list prices there are. `aios prices check`: figures that nobody compared for long, and models that
 * answered without a price; not 0 where there is any. Throws Fault `bad_input` for anything else.
 */
export async function prices(config: Config, [verb, ...rest]: readonly string[]): Promise<number> {
  if (rest.length > 0 || (verb !== undefined && verb !== 'check'))
    throw new Fault('bad_input', `Expected \`check\` or nothing. ${USAGE}`);
  const table = await loadPrices(config.rulesFolder);
  if (verb === undefined) return tellTable(table);
  return visit(
    config,
    async ({ store, clock }) => {
      const warnings = checkPrices(table, await store.unpricedModels(), clock.now());
      for (const { about, says } of warnings) console.log(`${about}: ${says}`);
      console.log(
        warnings.length === 0
          ? `Nothing to say about ${join(config.rulesFolder, 'prices.yaml')} and seat.yaml.`
          : `${warnings.length} to look at.`,
      );
      return warnings.length === 0 ? 0 : 1;
    },
    { rules: 'any' },
  );
}

const perMillion = (pico: number): string => exactAmount(nanoUsd(pico * 1_000));

function tellTable({ rows, ratios, power, seat }: PriceTable): number {
  console.log('USD per million tokens: input, output, cache read, cache write');
  for (const { model, validFrom, promptOver, input, output, cacheRead, cacheWrite } of rows) {
    const from = new Date(validFrom).toISOString().slice(0, 10);
    const over = promptOver === 0 ? '' : `, prompts over ${promptOver.toLocaleString('en-US')}`;
    const each = [input, output, cacheRead, cacheWrite].map(perMillion).join(' ');
    console.log(`${`${model} from ${from}${over}`.padEnd(56)} ${each}`);
  }
  for (const { provider, of, is, times, by } of ratios)
    console.log(`${provider}, ${of} ${is}: times ${times} / ${by}`);
  console.log(
    `Own machine: ${power.watts} W at ${exactAmount(nanoUsd(power.nanoUsdPerKwh))} a kWh, ${powerSays(power)}`,
  );
  for (const { plan, fee } of seat) console.log(`${plan}: ${exactAmount(fee)} a month`);
  return 0;
}

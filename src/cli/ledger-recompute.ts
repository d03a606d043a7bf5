import { numberIn, textIn } from '../ledger/data.ts';
import type { Data } from '../ledger/data.ts';
import type { Entry } from '../ledger/read.ts';
import { recompute } from '../ledger/recompute.ts';
import { connect } from '../store/connect.ts';
import { keptPrices, moneyEntries } from '../store/read-money.ts';
import type { Config } from '../config.ts';
import { atDesk, readArgs } from './ledger-desk.ts';

type Found = { readonly text: string; readonly sound: boolean };
type Counts = { agrees: number; unpriced: number; older: number };
type Month = { readonly entry: Entry; divided: bigint };

const MOST_SHOWN = 20;

/** `aios ledger recompute`: every cost on record computed a second time, by code that shares only the prices with the first. */
export async function recomputeLedger(config: Config, args: readonly string[]): Promise<Found> {
  readArgs(args, {});
  return atDesk(config, async ({ adminUrl }) => {
    const sql = connect(adminUrl, 1);
    try {
      const texts = await keptPrices(sql);
      const prices = new Map([...texts].map(([hash, text]) => [hash, JSON.parse(text) as Data]));
      const counts: Counts = { agrees: 0, unpriced: 0, older: 0 };
      const wrong: string[] = [];
      const months = new Map<string, Month>();
      for await (const entry of moneyEntries(sql)) {
        if (entry.type !== 'attempt.ended') {
          divide(months, entry);
          continue;
        }
        const second = recompute(entry, (hash) => prices.get(hash));
        if (second.is === 'differs') wrong.push(`${entry.id}: ${second.says}`);
        else counts[second.is] += 1;
      }
      wrong.push(...[...months.values()].flatMap(undivided));
      return { text: told({ counts, months: months.size, wrong }), sound: wrong.length === 0 };
    } finally {
      await sql.end({ timeout: 5 });
    }
  });
}

/** Shares and bench of a closing add up to its invoice. */
function divide(months: Map<string, Month>, entry: Entry): void {
  const { type, id, data } = entry;
  if (type === 'seat.closed') {
    months.set(id, { entry, divided: BigInt(numberIn(data, 'bench') ?? 0) });
    return;
  }
  const month = months.get(textIn(data, 'closing') ?? '');
  if (month !== undefined) month.divided += BigInt(numberIn(data, 'share') ?? 0);
}

function undivided({ entry, divided }: Month): readonly string[] {
  const invoice = BigInt(numberIn(entry.data, 'invoice') ?? 0);
  return divided === invoice
    ? []
    : [`${entry.id}: expected shares that add up to ${invoice} nano-USD, got ${divided}`];
}

type Told = { readonly counts: Counts; readonly months: number; readonly wrong: readonly string[] };

function told({ counts, months, wrong }: Told): string {
  const { agrees, unpriced, older } = counts;
  return [
    `${agrees} ${agrees === 1 ? 'call' : 'calls'} computed again to the nano-USD.`,
    ...(unpriced === 0 ? [] : [`${unpriced} without a known price: in no sum.`]),
    ...(older === 0
      ? []
      : [`${older} booked before their parts were on record: not computed again.`]),
    ...(months === 0
      ? []
      : [`${months} ${months === 1 ? 'closing' : 'closings'} of the seat added up again.`]),
    ...wrong.slice(0, MOST_SHOWN),
    ...(wrong.length > MOST_SHOWN ? [`… and ${wrong.length - MOST_SHOWN} more.`] : []),
    wrong.length === 0 ? 'Nothing differs.' : `${wrong.length} differ.`,
    '',
  ].join('\n');
}

import { Fault } from '../core/fault.ts';
import { exactAmount, readUsd } from '../core/money.ts';
import { NANO_PER_CREDIT } from '../core/credits.ts';
import { monthOf, readMonth } from '../core/seat-month.ts';
import type { Month } from '../core/seat-month.ts';
import { closeSeat, seatMonth } from '../flow/seat.ts';
import type { SeatMonth } from '../flow/seat.ts';
import type { World } from '../flow/ports/world.ts';
import type { Config } from '../config.ts';
import { knownPerson } from './erase-target.ts';
import { TEXT, wordsAndFlagsOf } from './flags.ts';
import { visit } from './visit.ts';

const USAGE = 'aios seat month [2026-11] | aios seat close 2026-11 [--invoice 19.00]';

/**
 * `aios seat month [MONTH]`: credits used, and how the invoice divides as it stands. `aios seat close MONTH [--invoice USD]`:
 * puts the shares on record. Throws Fault `bad_input` for anything else, `conflict` for a month that is not over.
 */
export async function seat(config: Config, args: readonly string[]): Promise<number> {
  const { words, values } = wordsAndFlagsOf(args, { invoice: TEXT }, USAGE);
  const [verb, word, ...rest] = words;
  if (rest.length > 0 || (verb !== 'month' && verb !== 'close'))
    throw new Fault('bad_input', `Expected \`month\` or \`close\`. ${USAGE}`);
  const month = word === undefined ? undefined : monthIn(word);
  if (verb === 'month') {
    if (values.invoice !== undefined)
      throw new Fault('bad_input', `An invoice is entered when the month is closed. ${USAGE}`);
    return visit(config, (world) => tellMonth(world, month ?? monthOf(world.clock.now())), {
      rules: 'any',
    });
  }
  if (month === undefined) throw new Fault('bad_input', `Expected the month to close. ${USAGE}`);
  return visit(config, (world) => close(world, month, values.invoice));
}

function monthIn(word: string): Month {
  const month = readMonth(word);
  if (month !== undefined) return month;
  throw new Fault('bad_input', `Expected a month such as 2026-11, got "${word}". ${USAGE}`);
}

async function tellMonth(world: World, month: Month): Promise<number> {
  const found = await seatMonth(world, month);
  const names = await namesOf(world);
  for (const line of monthLines(found, names)) console.log(line);
  return 0;
}

async function close(world: World, month: Month, entered: string | undefined): Promise<number> {
  const invoice = entered === undefined ? undefined : readUsd(entered);
  if (entered !== undefined && (invoice === undefined || invoice % NANO_PER_CENT !== 0))
    throw new Fault(
      'bad_input',
      `Expected the invoice in USD with at most two decimals, got "${entered}". ${USAGE}`,
    );
  const { id } = await knownPerson(world, world.facility.ownerUser);
  const by = { kind: 'person', id } as const;
  const closed = await closeSeat(world, {
    month,
    by,
    ...(invoice === undefined ? {} : { invoice }),
  });
  const names = await namesOf(world);
  for (const line of monthLines(closed.month, names)) console.log(line);
  console.log(
    closed.is === 'same'
      ? `${month} was closed so before. Nothing was written.`
      : `${month} is closed: each share is on record, with what it differs from what was booked.`,
  );
  return 0;
}

const NANO_PER_CENT = 10_000_000;

type Names = ReadonlyMap<string, string>;

async function namesOf({ store }: World): Promise<Names> {
  return new Map((await store.clients()).map(({ id, slug }) => [id as string, slug]));
}

/** The month in lines: what was used, what it costs, who has which share, and what nobody used. */
export function monthLines(found: SeatMonth, names: Names): readonly string[] {
  const { month, terms, used, over, invoice, expected, parties, bench, closed, isOver } = found;
  const included = terms.flat ? 'flat' : `${credits(terms.included)} included`;
  const share = terms.flat || terms.included === 0 ? '' : ` (${percent(used, terms.included)})`;
  return [
    `${month}, ${terms.plan}: ${standing(found)}`,
    `Used: ${credits(used)}${share}, ${included}${over === 0 ? '' : `, ${credits(over)} past them`}`,
    `Invoice: ${exactAmount(invoice)}${invoice === expected ? ' by the terms' : `, entered; the terms let expect ${exactAmount(expected)}`}`,
    ...parties.map(
      ({ party, credits: used_, share: part, booked }) =>
        `  ${nameOf(party, names).padEnd(24)} ${credits(used_).padStart(16)}  ${exactAmount(part).padStart(9)}  (booked so far ${exactAmount(booked)})`,
    ),
    `  ${'bench: nobody used it'.padEnd(24)} ${''.padStart(16)}  ${exactAmount(bench).padStart(9)}`,
    ...(closed === null && !isOver
      ? ['Provisional: these are the shares if the month ended now.']
      : []),
  ];
}

function standing({ closed, isOver }: SeatMonth): string {
  if (closed !== null) return 'closed';
  return isOver ? 'over, not closed yet' : 'running';
}

function nameOf(party: string | null, names: Names): string {
  return party === null ? 'the practice itself' : (names.get(party) ?? 'a client of before');
}

function credits(nano: number): string {
  const whole = nano / NANO_PER_CREDIT;
  return `${whole.toLocaleString('en-US', { maximumFractionDigits: 3 })} credits`;
}

function percent(part: number, all: number): string {
  return `${Math.round((part / all) * 100)} %`;
}

import { sha256 } from '../core/draft.ts';
import type { Actor } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import type { EntryId } from '../core/id.ts';
import { addMoney, nanoUsd, NO_COST } from '../core/money.ts';
import type { NanoUsd } from '../core/money.ts';
import { termsAt } from '../core/seat.ts';
import { monthEdges, sharesOf } from '../core/seat-month.ts';
import type { Month, MonthShares, PartyShare } from '../core/seat-month.ts';
import { numberIn, textIn } from '../ledger/data.ts';
import type { Entry } from '../ledger/read.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import type { ClientId } from '../core/id.ts';
import type { World } from './ports/world.ts';
import { priceText } from './price-text.ts';

/** A share of the month, and what is on record for it so far. */
export type Standing = PartyShare & { readonly booked: NanoUsd };

export type SeatMonth = Omit<MonthShares, 'parties'> & {
  readonly parties: readonly Standing[];
  /** The last closing of it; null while it is open. */
  readonly closed: Entry | null;
  /** How often it was closed: with the figures, so that a closing made of old ones is lost. */
  readonly closings: number;
  /** Whether the month is over. */
  readonly isOver: boolean;
};

type Reads = Pick<World, 'store' | 'library' | 'clock'>;

/**
 * The month of the seat as it stands: how its invoice is divided by what was used so far. Throws Fault `bad_input` where no
 * terms of the seat hold for it.
 */
export async function seatMonth(world: Reads, month: Month, invoice?: NanoUsd): Promise<SeatMonth> {
  const { from, to } = monthEdges(month);
  const terms = termsAt(world.library.prices.seat, from);
  if (terms === undefined)
    throw new Fault(
      'bad_input',
      `Expected terms of the seat in rules/seat.yaml that hold in ${month}, got none that begin so early. Enter them and try again.`,
    );
  const [calls, entries] = await Promise.all([
    world.store.seatCalls(from, to),
    world.store.seatEntries(),
  ]);
  const ofMonth = entries.filter(({ data }) => textIn(data, 'month') === month);
  const closings = ofMonth.filter(({ type }) => type === 'seat.closed');
  const closed = closings.at(-1) ?? null;
  const entered = invoice ?? enteredIn(closed);
  const shares = sharesOf({
    month,
    terms,
    calls: calls.map(({ clientId: party, credits }) => ({ party, credits })),
    ...(entered === null ? {} : { invoice: entered }),
  });
  const bookedOf = (party: string | null): NanoUsd =>
    [
      ...calls.filter(({ clientId }) => clientId === party).map(({ costNano }) => costNano),
      ...ofMonth
        .filter(({ type, client }) => type === 'seat.allocated' && client === party)
        .map(({ costNano }) => nanoUsd(costNano ?? 0)),
    ].reduce(addMoney, NO_COST);
  const parties = shares.parties.map((one) => ({ ...one, booked: bookedOf(one.party) }));
  return { ...shares, parties, closed, closings: closings.length, isOver: world.clock.now() >= to };
}

/** An invoice that was entered at an earlier closing stays until another one is. */
function enteredIn(closed: Entry | null): NanoUsd | null {
  const invoice = closed?.data['entered'] === true ? numberIn(closed.data, 'invoice') : null;
  return invoice === null ? null : nanoUsd(invoice);
}

export type Close = { readonly month: Month; readonly invoice?: NanoUsd; readonly by: Actor };

/** What closing a month did; `same`: it was closed already and nothing changed. */
export type Closed = { readonly is: 'closed' | 'same'; readonly month: SeatMonth };

/**
 * Divides the invoice of a month that is over among those who used the seat, by an entry for each that corrects what was
 * booked until then. May be done again when the invoice differs. Throws Fault `conflict` for a month that is not over.
 */
export async function closeSeat(world: World, { month, invoice, by }: Close): Promise<Closed> {
  const found = await seatMonth(world, month, invoice);
  if (!found.isOver)
    throw new Fault(
      'conflict',
      `Expected a month that is over, got ${month}, which still runs (in UTC). Nothing was closed; \`aios seat month ${month}\` shows how it stands.`,
    );
  if (isSame(found)) return { is: 'same', month: found };
  const act = openAct(world.clock);
  // Can be written once: of two closings at once one is lost.
  act.change({ insert: 'inbox', row: { eventId: `seat:${month}:${found.closings}`, at: act.at } });
  const closing = note(act, found, { by, entered: invoice !== undefined });
  for (const party of found.parties) allocate(act, { party, month, closing, by });
  if ((await world.store.commit(act.close())) === 'lost')
    throw new Fault('conflict', `${month} was closed by somebody else at the same moment.`, {
      retry: true,
    });
  return { is: 'closed', month: found };
}

function isSame({ closed, invoice, parties }: SeatMonth): boolean {
  if (closed === null || numberIn(closed.data, 'invoice') !== invoice) return false;
  return parties.every(({ share, booked }) => share === booked);
}

type How = { readonly by: Actor; readonly entered: boolean };

function note(act: OpenAct, found: SeatMonth, { by, entered }: How): EntryId {
  const { month, terms, used, over, expected, invoice, bench, closed } = found;
  return act.note(
    {
      type: 'seat.closed',
      actor: by,
      lane: 'seat',
      data: {
        month,
        terms: terms.id,
        terms_sha256: sha256(priceText(terms)),
        credits: used,
        over,
        expected,
        invoice,
        entered: entered || closed?.data['entered'] === true,
        bench,
      },
    },
    null,
  );
}

type Allocating = {
  readonly party: Standing;
  readonly month: Month;
  readonly closing: EntryId;
  readonly by: Actor;
};

function allocate(act: OpenAct, { party, month, closing, by }: Allocating): void {
  const { credits, share, booked } = party;
  act.note(
    {
      type: 'seat.allocated',
      actor: by,
      ...(party.party === null ? {} : { client: party.party as ClientId }),
      lane: 'seat',
      costNano: nanoUsd(share - booked),
      data: { month, closing, credits, share, booked },
    },
    closing,
  );
}

import type { Decision, LostLane, PricedLane } from '../decision.ts';
import { isEntryData } from '../entry.ts';
import type { EntryData } from '../entry.ts';
import type { FactName, Origin, Sourced } from '../facts.ts';
import { FACT_NAMES } from '../facts.ts';
import { LANES } from '../lane.ts';
import type { LaneOffer } from '../trace.ts';

/** What an older record did not say of a decision is absent. */
export type RecordedDecision = Partial<Decision> &
  Pick<Decision, 'outcome' | 'kind' | 'gate' | 'rule_set' | 'limits' | 'lanes'>;

/** A decision of a route as the record holds it: enough to take it again, without a word of the request. */
export type Recorded = {
  readonly facts: Sourced;
  /** The lanes that could be had then; null where the record does not say. */
  readonly offers: readonly LaneOffer[] | null;
  readonly decision: RecordedDecision;
  /** SHA-256 hex of the trace without words; null where it was made of another form. */
  readonly traceSha256: string | null;
};

/**
 * Reads the decision of a route back from the data of its entry, which the table of fields let through when it was
 * sealed. Null where the entry holds none: it says less than it was decided on.
 */
export function readRecorded(data: EntryData): Recorded | null {
  const { facts, outcome, trace_sha256: hash } = data;
  if (!isEntryData(facts) || typeof outcome !== 'string') return null;
  const decision = decisionIn(data);
  const isWhole = decision.offers !== undefined;
  return {
    facts: factsOf(facts, data),
    offers: decision.offers === undefined ? rebuilt(decision) : decision.offers.map(offerOf),
    decision,
    traceSha256: isWhole && typeof hash === 'string' ? hash : null,
  };
}

/** A fact that nobody named is null there; before origins were recorded nobody knows them, and no rule asks. */
function factsOf(facts: EntryData, { origins: said, own_examples: examples }: EntryData): Sourced {
  const origins = isEntryData(said) ? said : {};
  const known = FACT_NAMES.filter((name) => facts[name] !== undefined && facts[name] !== null);
  const from = (name: FactName): Origin => (origins[name] ?? 'default') as Origin;
  const set = (name: FactName) =>
    name === 'kind' && typeof examples === 'string' ? { examples } : {};
  const pairs = known.map((name) => [name, { value: facts[name], from: from(name), ...set(name) }]);
  return Object.fromEntries(pairs) as unknown as Sourced;
}

const DECIDED = [
  'outcome',
  'rule',
  'asks',
  'kind',
  'lane',
  'persona',
  'gate',
  'judgement',
  'program',
  'start',
  'rule_set',
  'limits',
  'price_nano',
  'lanes',
  'offers',
] as const satisfies readonly (keyof Decision)[];

/** What the rules decided; a specialist who does not take the kind was chosen all the same. */
function decisionIn(data: EntryData): RecordedDecision {
  const said = DECIDED.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]);
  const decision = Object.fromEntries(said) as unknown as RecordedDecision;
  const { declined } = data;
  const by = isEntryData(declined) ? declined['by'] : undefined;
  const isWorked = decision.outcome === 'lane' || decision.outcome === 'hold';
  return {
    ...decision,
    ...(typeof by === 'string' ? { persona: by } : {}),
    ...(isWorked && decision.lane === undefined ? { lane: winnerAmong(decision.lanes) } : {}),
  };
}

/** Every lane but the winner is among those that lost. */
function winnerAmong(lost: readonly LostLane[]) {
  return LANES.find((lane) => lost.every((one) => one.lane !== lane)) ?? null;
}

function offerOf({ lane, price_nano: price }: PricedLane): LaneOffer {
  return { lane, price };
}

/** From the lanes that lost, and the winner unless it could not be had. A question and an answer named none. */
function rebuilt({ outcome, lane, lanes, price_nano: price }: RecordedDecision) {
  if (outcome !== 'lane' && outcome !== 'hold') return null;
  const lost = lanes
    .filter((one) => one.why !== 'not_offered')
    .filter((one) => one.why === 'another_rule' || one.price_nano !== null)
    .map(offerOf);
  return outcome === 'lane' && lane != null ? [...lost, { lane, price: price ?? null }] : lost;
}

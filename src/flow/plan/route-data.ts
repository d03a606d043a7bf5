import { FACT_NAMES, UNCLEAR } from '../../core/facts.ts';
import type { Facts } from '../../core/facts.ts';
import { plainTypes } from '../../core/file-type.ts';
import { HUMAN } from '../../core/persona.ts';
import type { EntryValue } from '../../core/entry.ts';
import { sha256 } from '../../core/draft.ts';
import type { Trace } from '../../core/trace.ts';
import { canonical } from '../../ledger/canonical.ts';
import type { Decided } from './piece.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';

/** Where a decided piece stands in its row; a piece that is still asked about belongs to nobody yet. */
export function placement(
  decided: Decided,
): Pick<TaskRow, 'kind' | 'persona' | 'lane' | 'gate' | 'rule' | 'facts' | 'trace'> {
  const { route, facts } = decided;
  const common = { facts, trace: route.trace, rule: route.rule };
  if (route.is === 'lane' || route.is === 'hold')
    return {
      ...common,
      kind: route.kind,
      persona: route.persona,
      lane: route.lane,
      gate: route.gate,
    };
  return {
    ...common,
    kind: facts.kind === '' ? UNCLEAR : facts.kind,
    persona: HUMAN,
    lane: 'tool',
    gate: 'none',
  };
}

/** The facts and the reasons of a route as an entry may hold them: closed words, numbers and references. */
export function routeData(
  { library }: Pick<World, 'library'>,
  decided: Decided,
): { readonly [key: string]: EntryValue } {
  const { route, facts, declined } = decided;
  const { kind, gate, persona } = placement(decided);
  const worked = route.is === 'lane' || route.is === 'hold' ? route : null;
  return {
    outcome: route.is,
    kind,
    gate,
    judgement: worked?.judgement ?? null,
    declined,
    facts: factsData(facts),
    origins: originsOf(route.trace),
    persona_sha256: library.personas.byId.get(persona)?.hash ?? null,
    own_examples: route.trace.facts.kind.examples ?? null,
    rule_set: route.trace.ruleSet,
    limits: route.trace.limits.map((l) => l.rule),
    price_nano: worked?.price ?? null,
    lanes: route.trace.lanes.map(losing),
    trace_sha256: traceHash(route.trace),
  };
}

function factsData(facts: Facts): { readonly [fact: string]: EntryValue } {
  const { persona = null, lane = null, fileTypes } = facts;
  return { ...facts, persona, lane, fileTypes: plainTypes(fileTypes) };
}

/** A lane that was not chosen, at what price, and why. */
function losing({ lane, price, why }: Trace['lanes'][number]) {
  const said = typeof why === 'string';
  return {
    lane,
    price_nano: price,
    why: said ? why : 'forbidden',
    rule: said ? null : why.forbiddenBy,
  };
}

/** Where each fact came from; the words behind it stay in the trace. A fact that nobody named has no origin. */
function originsOf({ facts }: Trace): { readonly [fact: string]: EntryValue } {
  return Object.fromEntries(FACT_NAMES.map((name) => [name, facts[name]?.from ?? null]));
}

/** The trace is kept as JSON, whose keys a database may order anew: its hash is that of the canonical form. */
export function traceHash(trace: Trace): string {
  return sha256(canonical(trace as unknown as EntryValue));
}

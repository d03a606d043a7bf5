import { FACT_NAMES, UNCLEAR } from '../../core/facts.ts';
import type { Facts } from '../../core/facts.ts';
import { HUMAN } from '../../core/persona.ts';
import { decisionOf } from '../../core/decision.ts';
import type { EntryData, EntryValue } from '../../core/entry.ts';
import { sha256 } from '../../core/draft.ts';
import { bareTrace } from '../../core/trace.ts';
import type { Trace } from '../../core/trace.ts';
import { canonical } from '../../ledger/canonical.ts';
import type { Decided } from './piece.ts';
import type { OpenAct } from '../act.ts';
import { refData } from '../act.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { BodyAbout, Library, World } from '../ports/world.ts';

/** Where a decided piece stands in its row; a piece that is still asked about belongs to nobody yet. */
export function placement(
  decided: Decided,
): Pick<TaskRow, 'kind' | 'persona' | 'lane' | 'gate' | 'rule' | 'facts' | 'trace'> {
  const { route, facts } = decided;
  const common = { facts, trace: bareTrace(route.trace), rule: route.rule };
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

type Routed = { readonly decided: Decided; readonly about: BodyAbout };

/**
 * What the entry of a route holds. The whole trace, with the words that caused the facts, becomes a body of the task (or
 * request) it is about and is erased with it.
 */
export async function routeData(
  { library, bodies }: Pick<World, 'library' | 'bodies'>,
  act: OpenAct,
  { decided, about }: Routed,
): Promise<EntryData> {
  const { ref, row } = await bodies.put('trace', about, JSON.stringify(decided.route.trace));
  act.change({ insert: 'body', row });
  return { ...recordOf(library, decided), trace: refData(ref) };
}

/** The facts and the reasons of a route as an entry may hold them: closed words, numbers and references. */
export function recordOf({ personas }: Pick<Library, 'personas'>, decided: Decided): EntryData {
  const { route, facts, declined } = decided;
  const decision = decisionOf(route);
  return {
    ...decision,
    declined,
    facts: factsData(facts),
    origins: originsOf(route.trace),
    own_examples: route.trace.facts.kind.examples ?? null,
    persona_sha256: personas.byId.get(decision.persona ?? HUMAN)?.hash ?? null,
    trace_sha256: traceHash(route.trace),
  };
}

function factsData(facts: Facts): EntryData {
  const { persona = null, lane = null } = facts;
  return { ...facts, persona, lane };
}

/** Where each fact came from; the words behind it stay in the trace. A fact that nobody named has no origin. */
function originsOf({ facts }: Trace): EntryData {
  return Object.fromEntries(FACT_NAMES.map((name) => [name, facts[name]?.from ?? null]));
}

/**
 * The hash by which an entry knows its trace: of the canonical form, for a database may order keys anew, and without the
 * words behind the facts, for a plain hash of them would let somebody try out words after they were erased.
 */
export function traceHash(trace: Trace): string {
  return sha256(canonical(bareTrace(trace) as unknown as EntryValue));
}

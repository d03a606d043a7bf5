import { UNCLEAR } from '../../core/facts.ts';
import { plainTypes } from '../../core/file-type.ts';
import { HUMAN } from '../../core/persona.ts';
import type { EntryValue } from '../../core/entry.ts';
import { sha256 } from '../../core/draft.ts';
import type { Trace } from '../../core/trace.ts';
import { canonical } from '../../ledger/canonical.ts';
import type { Decided } from './piece.ts';
import type { TaskRow } from '../ports/rows-work.ts';

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
export function routeData(decided: Decided): { readonly [key: string]: EntryValue } {
  const { route, facts, declined } = decided;
  const { kind, gate } = placement(decided);
  const worked = route.is === 'lane' || route.is === 'hold' ? route : null;
  return {
    outcome: route.is,
    kind,
    gate,
    judgement: worked?.judgement ?? null,
    declined,
    facts: {
      ...facts,
      fileTypes: plainTypes(facts.fileTypes),
      persona: facts.persona ?? null,
      lane: facts.lane ?? null,
    },
    rule_set: route.trace.ruleSet,
    limits: route.trace.limits.map((l) => l.rule),
    price_nano: worked?.price ?? null,
    lanes: route.trace.lanes.map(({ lane, price, why }) => ({
      lane,
      price_nano: price,
      why: typeof why === 'string' ? why : 'forbidden',
      rule: typeof why === 'string' ? null : why.forbiddenBy,
    })),
    trace_sha256: traceHash(route.trace),
  };
}

/** The trace is kept as JSON, whose keys a database may order anew: its hash is that of the canonical form. */
export function traceHash(trace: Trace): string {
  return sha256(canonical(trace as unknown as EntryValue));
}

import { Fault } from '../../src/core/fault.ts';
import type { FaultCode } from '../../src/core/fault.ts';
import { LANES } from '../../src/core/lane.ts';
import type { Lane } from '../../src/core/lane.ts';
import type { RuleSet } from '../../src/core/rule-set.ts';
import type { CheckReport } from '../../src/core/verdict.ts';
import type { LaneResult } from '../../src/flow/ports/lanes.ts';
import { NO_USAGE } from '../../src/flow/ports/lanes.ts';
import type { World } from '../../src/flow/ports/world.ts';
import type { Shop } from './turns.ts';
import { answerOf } from './worked.ts';

/** What happens at the next call or check, or what somebody does before it. */
export type Event =
  | { readonly is: 'call'; readonly ends: 'ok' | 'rubbish' | FaultCode }
  | { readonly is: 'check'; readonly errors: number }
  | { readonly is: 'cloud'; readonly to: 'allowed' | 'redacted' | 'never' }
  | { readonly is: 'health'; readonly lane: Lane; readonly now: 'well' | 'unknown' | 'down' };

/** What happens, in order, and the lanes a person sends it to whenever it waits for one. */
export type Script = { readonly events: readonly Event[]; readonly clicks: readonly Lane[] };

export const SENIOR = 'claude-opus-5-5';
/** The model of each lane, at a price that is known. */
export const PRICED: Readonly<Record<Lane, string>> = {
  tool: '',
  local: 'rehearsal-local',
  seat: 'gpt-5.4',
  senior: SENIOR,
};

/** Events still to come, taken by their kind. */
function queueOf(events: readonly Event[]) {
  const left = [...events];
  const next = <K extends Event['is']>(is: K) => {
    const at = left.findIndex((event) => event.is === is);
    return at < 0 ? undefined : (left.splice(at, 1)[0] as Extract<Event, { is: K }>);
  };
  return { left, next };
}

/** The world of a shop under these rules with a script: its calls and checks take the next event of their kind. */
export function scripted(shop: Shop, rules: RuleSet, events: readonly Event[]) {
  const { left, next } = queueOf(events);
  const ill = new Map<Lane, 'unknown' | 'down'>();
  const { world } = shop;
  let made = 0;
  const check = async (): Promise<CheckReport> => {
    const errors = next('check')?.errors ?? 0;
    return reportOf(Array.from({ length: errors }, () => `${(made += 1)}`));
  };
  const lane = (id: Lane): World['lanes'][Lane] => ({
    ...world.lanes[id],
    run: async () => answered(id, next('call')?.ends ?? 'ok'),
    health: async () =>
      ill.get(id) === 'down'
        ? { is: 'down', why: 'Away.', next: 'Wait.' }
        : { is: 'ready', model: ill.has(id) ? 'unknown' : PRICED[id], rehearsal: false },
  });
  const live: World = {
    ...world,
    lanes: Object.fromEntries(LANES.map((id) => [id, lane(id)])) as unknown as World['lanes'],
    exact: { ...world.exact, check },
    library: { ...world.library, rules },
  };
  /** What people and services do before the next step. */
  const happen = async (): Promise<void> => {
    for (let event = left[0]; event !== undefined; event = left[0]) {
      if (event.is === 'cloud') await shop.say('U0OWNER', `client set acme cloud ${event.to}`);
      else if (event.is !== 'health') return;
      else if (event.now === 'well') ill.delete(event.lane);
      else ill.set(event.lane, event.now);
      left.shift();
    }
  };
  return { live, happen };
}

/** Errors of these fingerprints. */
function reportOf(fingerprints: readonly string[]): CheckReport {
  const findings = fingerprints.map((fingerprint) => ({
    ruleId: 'house/no-utilise',
    level: 'error' as const,
    why: 'a word we do not use',
    source: 'house style 3',
    where: { file: 'post.md', line: 1 },
    fingerprint,
  }));
  return { findings, engines: [], notChecked: [] };
}

function answered(lane: Lane, ends: Extract<Event, { is: 'call' }>['ends']): LaneResult {
  if (ends !== 'ok' && ends !== 'rubbish') throw new Fault(ends, 'Expected an answer, got none.');
  return {
    provider: 'test',
    modelRequested: `model-${lane}`,
    modelServed: `model-${lane}`,
    requestId: null,
    text: ends === 'ok' ? answerOf() : 'Gerne!',
    files: [],
    stop: 'end',
    usage: { ...NO_USAGE, input: 1_000, output: 500 },
    latencyMs: 1,
    rehearsal: false,
  };
}

import type { Waits } from '../core/backoff.ts';
import type { BreakerNumbers } from '../core/breaker.ts';
import { nanoUsd } from '../core/money.ts';
import type { NanoUsd } from '../core/money.ts';
import type { RuleSet } from '../core/rule-set.ts';
import type { Written } from './rule-files.ts';

const NANO_PER_CENT = 10_000_000;

/** The numbers the rules set, in the units that core counts in. */
export function settingsOf({
  asking,
  cascade,
  gates,
  leaving,
  life,
  start,
}: Written): RuleSet['settings'] {
  return {
    offered: asking.settings.offered,
    remindAfterHours: asking.settings.remind_after_hours,
    expireAfterDays: asking.settings.expire_after_days,
    quietHours: asking.settings.quiet_hours ?? null,
    propose: asking.settings.propose,
    secrets: leaving.settings.secrets,
    rounds: gates.settings.rounds,
    handOffs: life.settings.hand_offs,
    attempts: life.settings.attempts,
    sameFailures: life.settings.same_failures,
    waits: waitsOf(life.settings.waits),
    breaker: breakerOf(life.settings.breaker),
    unaskedUpTo: nanoOf(cascade.settings.unasked_up_to_usd),
    requesterCap: nanoOf(start.settings.requester_cap_usd),
    unaskedFrom: start.settings.unasked_from,
  };
}

/** Dollars in whole cents. */
function nanoOf(usd: number): NanoUsd {
  return nanoUsd(Math.round(usd * 100) * NANO_PER_CENT);
}

type Numbers = Written['life']['settings'];

function waitsOf({ first_seconds: first, longest_seconds: longest }: Numbers['waits']): Waits {
  return { firstMs: first * 1_000, longestMs: longest * 1_000 };
}

function breakerOf(numbers: Numbers['breaker']): BreakerNumbers {
  return {
    faults: numbers.faults,
    firstPauseMs: numbers.first_pause_seconds * 1_000,
    longestPauseMs: numbers.longest_pause_minutes * 60_000,
  };
}

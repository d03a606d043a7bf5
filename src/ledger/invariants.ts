import { actor } from './check-actor.ts';
import { approval } from './check-approval.ts';
import { attempt } from './check-attempt.ts';
import { cause } from './check-cause.ts';
import { client } from './check-client.ts';
import { clock } from './check-clock.ts';
import { correction } from './check-correction.ts';
import { delivery } from './check-delivery.ts';
import { draft } from './check-draft.ts';
import { erased } from './check-erased.ts';
import { life } from './check-life.ts';
import { request } from './check-request.ts';
import { review } from './check-review.ts';
import { rule } from './check-rule.ts';
import { ruleSet } from './check-rule-set.ts';
import { rules } from './check-rules.ts';
import { shape } from './check-shape.ts';
import { unique } from './check-unique.ts';
import type { Invariant } from './invariant.ts';

/** Everything that holds in every log, one idea a file: verification, the client's verifier and the docs read this. */
export const INVARIANTS: readonly Invariant[] = [
  shape,
  unique,
  client,
  cause,
  clock,
  request,
  life,
  actor,
  rule,
  rules,
  ruleSet,
  draft,
  approval,
  delivery,
  attempt,
  correction,
  review,
  erased,
];

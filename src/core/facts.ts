import type { Judgement } from './judgement.ts';
import { JUDGEMENTS } from './judgement.ts';
import type { Lane } from './lane.ts';
import { LANES } from './lane.ts';

/** Facts are what rules decide on. The vocabulary is closed: a rule can ask about nothing else. */

export const SENSITIVITIES = ['ordinary', 'confidential'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** `low` internal or reversible, `medium` a client sees it, `high` money, production, security, law, public claims. */
export const CONSEQUENCES = ['low', 'medium', 'high'] as const;
export type Consequence = (typeof CONSEQUENCES)[number];

/** What the owner said about cloud lanes for this client; `unset` until the question was answered once. */
export const CLOUD_ANSWERS = ['unset', 'never', 'redacted', 'allowed'] as const;
export type CloudAnswer = (typeof CLOUD_ANSWERS)[number];

/** The kind of a task nobody could name yet: no cue word was found. Its confidence is 0, so the rules ask. */
export const UNCLEAR = 'unclear';

export type Facts = {
  /** Id of the kind of work, or `UNCLEAR`. */
  readonly kind: string;
  /** How much judgement that kind takes; absent for what makes no task. */
  readonly judgement?: Judgement;
  readonly sensitivity: Sensitivity;
  readonly consequence: Consequence;
  /** Words of the piece and of its text files, as far as counted. */
  readonly words: number;
  readonly files: number;
  /** Lower-case extensions without a dot, sorted, each once. */
  readonly fileTypes: readonly string[];
  /** How sure the reading of the kind is, a whole number 0 to 100. 100 when a person named it. */
  readonly confidence: number;
  /** A lane a person named. */
  readonly lane?: Lane;
  /** Id of a persona a person named. */
  readonly persona?: string;
  /** How often this task was sent back so far. */
  readonly rounds: number;
  readonly cloud: CloudAnswer;
};

export type FactName = keyof Facts;

/**
 * Where a fact came from, strongest first: a person said so, a setting, cue words in the request, likeness to the practice's
 * examples of requests, or nothing did.
 */
export const ORIGINS = ['person', 'setting', 'cue', 'examples', 'default'] as const;
export type Origin = (typeof ORIGINS)[number];

/** One fact with its origin. `because` holds the cue words or the setting that caused it. */
export type Fact<T> = { readonly value: T; readonly from: Origin; readonly because?: string };

/** All facts of a task, each with its origin. Plain JSON: stored with the decision, read again by replay. */
export type Sourced = { readonly [Name in keyof Facts]: Fact<NonNullable<Facts[Name]>> };

/** How a fact may be compared: a `choice` among names, an `order` of names, a whole `number`, a `list` of names. */
export type FactSort =
  | { readonly is: 'choice'; readonly of?: readonly string[] }
  | { readonly is: 'order'; readonly of: readonly string[] }
  | { readonly is: 'number'; readonly least: number; readonly most: number }
  | { readonly is: 'list' };

/** The closed vocabulary as a table: the reader, the matcher and the words of `why` all derive from it. */
export const VOCABULARY: Readonly<Record<FactName, FactSort>> = {
  kind: { is: 'choice' },
  judgement: { is: 'order', of: JUDGEMENTS },
  sensitivity: { is: 'order', of: SENSITIVITIES },
  consequence: { is: 'order', of: CONSEQUENCES },
  words: { is: 'number', least: 0, most: 10_000_000 },
  files: { is: 'number', least: 0, most: 10_000 },
  fileTypes: { is: 'list' },
  confidence: { is: 'number', least: 0, most: 100 },
  lane: { is: 'choice', of: LANES },
  persona: { is: 'choice' },
  rounds: { is: 'number', least: 0, most: 100 },
  cloud: { is: 'choice', of: CLOUD_ANSWERS },
};

export const FACT_NAMES = Object.keys(VOCABULARY) as readonly FactName[];

/** The bare values, for rules to decide on. */
export function plainFacts(sourced: Sourced): Facts {
  const plain: Partial<Record<FactName, unknown>> = {};
  for (const name of FACT_NAMES) if (sourced[name] !== undefined) plain[name] = sourced[name].value;
  return plain as Facts;
}

/** The higher of two in an ordered list; cues and settings may only raise, so this is the one way to combine them. */
export function higher<T extends string>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

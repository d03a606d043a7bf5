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

export const FOLLOWS = ['piece'] as const;
export type Follows = (typeof FOLLOWS)[number];

export const ASKERS = ['colleague', 'approver'] as const;
export type Asker = (typeof ASKERS)[number];

/** What a person was asked about and answered in words, so that it is not asked again. */
const WAIVED = 'waived';

export const PROMISED = ['files', WAIVED] as const;
export type Promised = (typeof PROMISED)[number];

export const OPPOSED = ['demands', WAIVED] as const;
export type Opposed = (typeof OPPOSED)[number];

/** The kind of a task nobody could name yet: no cue word was found. Its confidence is 0, so the rules ask. */
export const UNCLEAR = 'unclear';

export type Facts = {
  /** Id of the kind of work, or `UNCLEAR`. */
  readonly kind: string;
  /** How much judgement that kind takes; absent for what makes no task. */
  readonly judgement?: Judgement;
  readonly sensitivity: Sensitivity;
  readonly consequence: Consequence;
  /** What there is a hint of and nobody has said yet: asked about before anything leaves the machine. */
  readonly suspected?: Sensitivity;
  /** Words of the piece and of its text files, as far as counted. */
  readonly words: number;
  /** Words that were brought along in the request itself: quoted, fenced, or below a colon. */
  readonly pasted?: number;
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
  /** `piece`: it works on what another piece of the request brings, and waits for it. */
  readonly follows?: Follows;
  /** `files`: the words speak of something that is not there. `waived`: a person said to go on without it. */
  readonly promised?: Promised;
  /** `demands`: two things that are asked for exclude each other. `waived`: a person said how that is meant. */
  readonly opposed?: Opposed;
  /** Whose words these are: some may ask for more than others. `colleague` when absent. */
  readonly asker?: Asker;
};

export type FactName = keyof Facts;

/**
 * Where a fact came from, strongest first: a person said so, a setting, cue words in the request, likeness to the practice's
 * examples of requests, or nothing did.
 */
export const ORIGINS = ['person', 'setting', 'cue', 'examples', 'default'] as const;
export type Origin = (typeof ORIGINS)[number];

/** One fact with its origin. `because` holds the cue words or the setting that caused it. */
export type Fact<T> = {
  readonly value: T;
  readonly from: Origin;
  readonly because?: string;
  /** Which of the client's own examples were read with: the first 16 hex of a hash over them; absent where it has none. */
  readonly examples?: string;
};

/** All facts of a task, each with its origin. Plain JSON: stored with the decision, read again by replay. */
export type Sourced = { readonly [Name in keyof Facts]: Fact<NonNullable<Facts[Name]>> };

/** How a fact may be compared: a `choice` among names, an `order` of names, a whole `number`, a `list` of names. */
export type FactSort =
  | { readonly is: 'choice'; readonly of?: readonly string[] }
  | { readonly is: 'order'; readonly of: readonly string[] }
  | { readonly is: 'number'; readonly least: number; readonly most: number }
  | { readonly is: 'list' };

/** `absent`: a task may be without it, which no value stands for. */
type Entry<Name extends FactName> = FactSort & {
  readonly absent: object extends Pick<Facts, Name> ? true : false;
};

/** The closed vocabulary as a table: the reader, the matcher, the lint and the words of `why` all derive from it. */
export const VOCABULARY: { readonly [Name in FactName]: Entry<Name> } = {
  kind: { is: 'choice', absent: false },
  judgement: { is: 'order', of: JUDGEMENTS, absent: true },
  sensitivity: { is: 'order', of: SENSITIVITIES, absent: false },
  consequence: { is: 'order', of: CONSEQUENCES, absent: false },
  suspected: { is: 'order', of: SENSITIVITIES, absent: true },
  words: { is: 'number', least: 0, most: 10_000_000, absent: false },
  pasted: { is: 'number', least: 0, most: 10_000_000, absent: true },
  files: { is: 'number', least: 0, most: 10_000, absent: false },
  fileTypes: { is: 'list', absent: false },
  confidence: { is: 'number', least: 0, most: 100, absent: false },
  lane: { is: 'choice', of: LANES, absent: true },
  persona: { is: 'choice', absent: true },
  rounds: { is: 'number', least: 0, most: 100, absent: false },
  cloud: { is: 'choice', of: CLOUD_ANSWERS, absent: false },
  follows: { is: 'choice', of: FOLLOWS, absent: true },
  promised: { is: 'choice', of: PROMISED, absent: true },
  opposed: { is: 'choice', of: OPPOSED, absent: true },
  asker: { is: 'choice', of: ASKERS, absent: true },
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

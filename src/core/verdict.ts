/** Findings of the gate and the verdict over them. Pure: the engines live elsewhere. */

export const GATES = ['editorial', 'accessibility', 'readability', 'none'] as const;
export type Gate = (typeof GATES)[number];

export const LEVELS = ['error', 'warn', 'note', 'undecided'] as const;
export type Level = (typeof LEVELS)[number];

export type Place = {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The words of the draft the finding points at; belongs in a body, never in an entry. */
  readonly quote?: string;
};

/** One thing an exact check or a reviewer saw. `ruleId` is stable, e.g. `alfa/sia-r2`, `house/no-utilise`, `wp/escape-output`. */
export type Finding = {
  readonly ruleId: string;
  readonly level: Level;
  readonly why: string;
  /** Where the rule comes from: `WCAG 1.1.1`, `house style 3`, an engine's own page. */
  readonly source: string;
  readonly where: Place;
  readonly fix?: string;
  /** SHA-256 hex of rule, normalised quote and count: the same fault in two drafts has one fingerprint. */
  readonly fingerprint: string;
};

export type EngineRun = {
  readonly name: string;
  readonly version: string;
  readonly ms: number;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly says?: string;
};

export type CheckReport = {
  readonly findings: readonly Finding[];
  readonly engines: readonly EngineRun[];
  /** What no machine looked at, in words for the card. */
  readonly notChecked: readonly string[];
};

export type Verdict = {
  readonly outcome: 'pass' | 'send_back' | 'ask' | 'hold';
  /** `file#id` of the gate rule that decided. */
  readonly reason: string;
  readonly errors: number;
  readonly warnings: number;
};

export type Rounds = { readonly done: number; readonly most: number };

/**
 * The verdict over one report. Fails closed: an engine that did not run ok can never end in `pass`.
 * Errors and warnings go back to the author while rounds are left, unless the last round fixed nothing.
 */
export function verdictOf(report: CheckReport, rounds: Rounds, before: readonly string[]): Verdict {
  const errors = report.findings.filter((f) => f.level === 'error').length;
  const warnings = report.findings.filter((f) => f.level === 'warn').length;
  const say = (outcome: Verdict['outcome'], reason: string): Verdict => ({
    outcome,
    reason: `gates.yaml#${reason}`,
    errors,
    warnings,
  });
  if (report.engines.some((e) => e.status !== 'ok')) return say('hold', 'GATE-ENGINE');
  if (errors === 0) return say('pass', 'GATE-PASS');
  if (rounds.done >= rounds.most) return say('ask', 'GATE-ROUNDS');
  if (before.length > 0 && !improved(report, before)) return say('ask', 'GATE-STUCK');
  return say('send_back', 'GATE-BACK');
}

function improved(report: CheckReport, before: readonly string[]): boolean {
  const now = new Set(report.findings.filter((f) => f.level === 'error').map((f) => f.fingerprint));
  return now.size < before.length;
}

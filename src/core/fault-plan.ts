import type { FaultCode } from './fault.ts';
import type { Lane } from './lane.ts';

/**
 * What a fault leads to. `retry`: a new attempt later. `hold`: the task waits for its lane. `repair`: asked once more at
 * once. `ask`: a person. `stop`: the attempt ends, and nothing follows. `job`: no fault of the work; the queue runs the job again.
 */
export const FAULT_STEPS = ['retry', 'hold', 'repair', 'ask', 'stop', 'job'] as const;
export type FaultStep = (typeof FAULT_STEPS)[number];

/**
 * What a fault says about its lane. `out`: it can work for nobody before a person mends it. `shaky`: it may pass, and
 * several in a row say that the lane is down. `well`: it answered. `nothing`: it was not the lane.
 */
export type LaneNews = 'out' | 'shaky' | 'well' | 'nothing';

/**
 * What a call that ended so may have cost. `nothing`: it was turned away before any work, by a server or by us, and no
 * provider charges for that. `unknown`: work may have been done before it ended.
 */
export type FaultCosts = 'nothing' | 'unknown';

export type FaultPlan = {
  readonly step: FaultStep;
  readonly lane: LaneNews;
  readonly costs: FaultCosts;
  /** What it is, for the docs. */
  readonly means: string;
};

/** The one table of what happens when something fails. Queue, flow, breaker, cascade rules and the docs derive from it. */
export const FAULT_PLANS: Readonly<Record<FaultCode, FaultPlan>> = {
  rate_limit: {
    step: 'retry',
    lane: 'shaky',
    costs: 'nothing',
    means: 'The service says: too many calls.',
  },
  overloaded: {
    step: 'retry',
    lane: 'shaky',
    costs: 'nothing',
    means: 'The service says that it is overloaded.',
  },
  unavailable: {
    step: 'retry',
    lane: 'shaky',
    costs: 'unknown',
    means: 'Nobody listens, the connection broke, or the service has an error of its own.',
  },
  timeout: {
    step: 'retry',
    lane: 'shaky',
    costs: 'unknown',
    means: 'No whole answer before the deadline.',
  },
  cancelled: {
    step: 'retry',
    lane: 'nothing',
    costs: 'unknown',
    means: 'AIOS ended the call, e.g. to stop.',
  },
  auth: { step: 'hold', lane: 'out', costs: 'nothing', means: 'The key or token is refused.' },
  quota: { step: 'hold', lane: 'out', costs: 'nothing', means: 'The account has no credit left.' },
  model_missing: {
    step: 'hold',
    lane: 'out',
    costs: 'nothing',
    means: 'The service does not have the model.',
  },
  lane_off: { step: 'hold', lane: 'out', costs: 'nothing', means: 'The lane is not set up.' },
  truncated: {
    step: 'repair',
    lane: 'well',
    costs: 'unknown',
    means: 'The answer was cut off before its end.',
  },
  invalid_output: {
    step: 'repair',
    lane: 'well',
    costs: 'unknown',
    means: 'The answer has the wrong shape.',
  },
  placeholders_broken: {
    step: 'repair',
    lane: 'well',
    costs: 'unknown',
    means: 'Placeholders in the answer stand for nothing.',
  },
  refused: { step: 'ask', lane: 'well', costs: 'unknown', means: 'The model refused the work.' },
  bad_input: {
    step: 'ask',
    lane: 'nothing',
    costs: 'nothing',
    means: 'The service refuses this request.',
  },
  too_large: {
    step: 'ask',
    lane: 'nothing',
    costs: 'unknown',
    means: 'The material does not fit.',
  },
  erased: { step: 'ask', lane: 'nothing', costs: 'unknown', means: 'Words it needs were erased.' },
  not_found: {
    step: 'ask',
    lane: 'nothing',
    costs: 'unknown',
    means: 'Something it needs is not there.',
  },
  not_allowed: { step: 'ask', lane: 'nothing', costs: 'unknown', means: 'It is not allowed.' },
  bad_rules: {
    step: 'ask',
    lane: 'nothing',
    costs: 'unknown',
    means: 'The rules in force no longer know it.',
  },
  bad_config: {
    step: 'ask',
    lane: 'nothing',
    costs: 'unknown',
    means: 'A setting cannot be used.',
  },
  data_version: {
    step: 'ask',
    lane: 'nothing',
    costs: 'unknown',
    means: 'The data are of another version.',
  },
  port_in_use: { step: 'ask', lane: 'nothing', costs: 'unknown', means: 'A port is taken.' },
  gate_broken: {
    step: 'hold',
    lane: 'nothing',
    costs: 'unknown',
    means: 'The check of a draft cannot run.',
  },
  conflict: {
    step: 'stop',
    lane: 'nothing',
    costs: 'unknown',
    means: 'The task was changed meanwhile.',
  },
  database_gone: {
    step: 'job',
    lane: 'nothing',
    costs: 'unknown',
    means: 'Postgres does not answer.',
  },
  queue_gone: {
    step: 'job',
    lane: 'nothing',
    costs: 'unknown',
    means: 'The queue does not answer.',
  },
  slack_gone: { step: 'job', lane: 'nothing', costs: 'unknown', means: 'Slack does not answer.' },
};

/** The plan behind the outcome of an attempt; undefined for what is no fault: `ok`, `discarded`, `interrupted`. */
export function planOf(outcome: string): FaultPlan | undefined {
  return Object.hasOwn(FAULT_PLANS, outcome) ? FAULT_PLANS[outcome as FaultCode] : undefined;
}

const MEND: Readonly<Record<Lane, Partial<Record<FaultCode, string>>>> = {
  tool: {},
  local: {
    auth: 'Check the credentials in OLLAMA_HOST or at the proxy in front of it.',
    model_missing: 'Run: ollama pull <AIOS_LOCAL_MODEL> on that server.',
    unavailable: 'Look whether the server runs: ollama serve.',
  },
  seat: {
    auth: 'Set COPILOT_GITHUB_TOKEN to a valid token of a person with a seat.',
    quota: 'The seat has no credits left: wait for the new month or raise its budget.',
    model_missing: 'Choose a model this seat offers.',
  },
  senior: {
    auth: 'Set ANTHROPIC_API_KEY to a valid key.',
    quota: 'Add credit to the Anthropic account.',
    model_missing: 'Set AIOS_SENIOR_MODEL to a model this key may use.',
  },
};

/** The exact next step of a person for a lane that is out; a lane that is only shaky needs none. */
export function mendStep(code: FaultCode, lane: Lane): string {
  const found = MEND[lane][code];
  if (found !== undefined) return found;
  if (FAULT_PLANS[code].lane === 'out') return 'Run: aios doctor';
  return 'Nothing is to be done unless it lasts.';
}

import { emptyConsultTally, takeStuck } from '../core/replay/consult-tally.ts';
import type { ConsultTally } from '../core/replay/consult-tally.ts';
import { emptyTally, takeStep } from '../core/replay/replay-tally.ts';
import type { Tally } from '../core/replay/replay-tally.ts';
import { traceHash } from '../flow/plan/route-data.ts';
import { connect } from '../store/connect.ts';
import type { Sql } from '../store/connect.ts';
import { consultsIn } from '../store/read-consults.ts';
import { decisionsIn } from '../store/read-decisions.ts';
import { missing, ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

/** Whether the rules in force still decide what they decided. */
export const REPLAY: readonly Check[] = [{ id: 'replay', test: newestAgain }];

/** So many decisions are taken again here, and as many calls and checks looked at: a few seconds' work. `aios rules replay` takes all. */
const NEWEST = 2_000;
/** How many findings are told here. */
const TOLD = 3;

async function newestAgain(look: Look): Promise<Finding> {
  const found = await look.server();
  if (found.is !== 'up')
    return warn('Not looked at, for the database is not running.', 'See database.');
  const sql = connect(found.url, 1);
  try {
    const [there] = await sql<
      { is: boolean }[]
    >`select to_regclass('public.entry') is not null as is`;
    return there?.is === true ? await again(look, sql) : ok('Nothing is decided yet.');
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function again(look: Look, sql: Sql): Promise<Finding> {
  const { rules, prices: table } = await look.library();
  const by = { rules, hashOf: traceHash, table, seniorModel: look.config.senior.model };
  const routes = emptyTally();
  const consults = emptyConsultTally();
  const faults: string[] = [];
  const which = { since: null, until: null, client: null, newest: NEWEST };
  for await (const step of decisionsIn(sql, which))
    if (takeStep(routes, step, by)?.replayed.sameRules === true) faults.push(step.number);
  for await (const stuck of consultsIn(sql, which)) {
    const before = consults.faults;
    takeStuck(consults, stuck, by);
    if (consults.faults > before) faults.push(stuck.number);
  }
  return found({ routes, consults, faults });
}

type Again = {
  readonly routes: Tally;
  readonly consults: ConsultTally;
  /** The tasks of decisions that come out otherwise than recorded. */
  readonly faults: readonly string[];
};

function found({ routes, consults, faults }: Again): Finding {
  const decided = routes.decided + consults.consulted;
  const under = decided - routes.otherRules - consults.otherRules;
  if (faults.length > 0)
    return missing(
      `${faults.length} of the newest ${decided} decisions come out otherwise than recorded: ${faults.slice(0, TOLD).join(', ')}${faults.length > TOLD ? ' and others' : ''}.`,
      'The program, a rule or the record is not what it was. aios rules replay --since <day> names each, aios ledger verify reads the record.',
    );
  if (decided === 0) return ok('Nothing is decided yet.');
  if (under === 0)
    return ok(
      'The rules were changed since the last decision, so there is nothing to compare yet. `aios rules replay` says what would change.',
    );
  return ok(
    `The newest ${under} decisions come out as recorded, to the last reason.${stuckWords(consults)}${otherWords(decided - under)}`,
  );
}

/** How many of them were no routes. */
function stuckWords({ consulted, otherRules, unreadable }: ConsultTally): string {
  const under = consulted - otherRules;
  const read = under === 0 ? '' : ` ${under} of them are of cascade rules.`;
  return unreadable === 0
    ? read
    : `${read} ${unreadable} of cascade rules are not readable: their entries do not hold all they were decided on.`;
}

function otherWords(others: number): string {
  return others === 0 ? '' : ` ${others} before them were decided under other rules.`;
}

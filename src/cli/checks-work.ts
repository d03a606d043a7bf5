import { breakerOf } from '../core/breaker.ts';
import type { BreakerNumbers } from '../core/breaker.ts';
import { LANES } from '../core/lane.ts';
import type { Lane } from '../core/lane.ts';
import { makeExact } from '../exact/open.ts';
import { outOf } from '../flow/lane-state.ts';
import { CLOCK } from '../main/clock.ts';
import { openLanes, rehearses } from '../main/lanes.ts';
import { redisHealth } from '../queue/health.ts';
import { slackHealth } from '../slack/health.ts';
import { connect } from '../store/connect.ts';
import type { Sql } from '../store/connect.ts';
import { laneRecord } from '../store/read-attempts.ts';
import { missing, ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

/** What AIOS needs to do its work. */
export const WORK: readonly Check[] = [
  { id: 'queue', test: queue },
  { id: 'front', test: front },
  { id: 'lane-faults', test: laneFaults },
  ...LANES.map((lane): Check => ({ id: `lane-${lane}`, test: (look) => laneOf(look, lane) })),
];

async function queue({ config }: Look): Promise<Finding> {
  if (config.redisUrl === undefined) return ok('The queue lives in Postgres.');
  const bad = (await redisHealth(config.redisUrl)).filter((finding) => !finding.ok);
  if (bad.length === 0) return ok('The queue lives in Redis, which keeps what it is given.');
  return missing(bad.map(({ says }) => says).join(' '), bad.map(({ next }) => next).join(' '));
}

async function front({ config }: Look): Promise<Finding> {
  if (config.slack === undefined)
    return ok(`The local workspace, on port ${config.port}; Slack once its two tokens are set.`);
  const { bot, app, apiUrl } = config.slack;
  const tokens = { botToken: bot, appToken: app };
  return ok(await slackHealth(apiUrl === undefined ? tokens : { ...tokens, apiUrl }));
}

/** Lanes that are left alone for a while, by the record of this installation. */
async function laneFaults(look: Look): Promise<Finding> {
  const found = await look.server();
  if (found.is !== 'up')
    return warn('Not looked at, for the database is not running.', 'See database.');
  const { settings } = (await look.library()).rules;
  const sql = connect(found.url, 1);
  try {
    const out = await lanesOut(sql, settings.breaker, look.config.zone);
    if (out.length === 0) return ok('No lane is left alone for failing.');
    return warn(
      out.map(({ lane, why }) => `${lane}: ${why}`).join(' '),
      [...new Set(out.map(({ next }) => next))].join(' '),
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function lanesOut(sql: Sql, numbers: BreakerNumbers, zone: string) {
  const [there] = await sql<{ is: boolean }[]>`
    select exists (select from information_schema.columns
      where table_name = 'attempt' and column_name = 'not_before') as is`;
  if (there?.is !== true) return [];
  const states = LANES.map(async (lane) => {
    const { ended } = await laneRecord(sql, lane);
    const breaker = breakerOf(ended, numbers, CLOCK.now());
    return breaker.is === 'closed' ? [] : [{ lane, ...outOf(lane, breaker, zone) }];
  });
  return (await Promise.all(states)).flat();
}

async function laneOf({ config }: Look, id: Lane): Promise<Finding> {
  const exact = makeExact();
  const lanes = openLanes(config, exact, null);
  try {
    const health = await lanes[id].health();
    if (health.is === 'ready') return ok(`Ready (${health.model}).`);
    if (health.is === 'down') return missing(health.why, health.next);
    const meanwhile = rehearses(config) ? ' A stand-in answers in the local workspace.' : '';
    return warn(`${health.why.replace(/[.]?$/, '.')}${meanwhile}`, health.next);
  } finally {
    await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    await exact.close();
  }
}

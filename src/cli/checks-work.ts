import { LANES } from '../core/lane.ts';
import type { Lane } from '../core/lane.ts';
import { makeExact } from '../exact/open.ts';
import { openLanes, rehearses } from '../main/lanes.ts';
import { redisHealth } from '../queue/health.ts';
import { slackHealth } from '../slack/health.ts';
import { missing, ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

/** What AIOS needs to do its work. */
export const WORK: readonly Check[] = [
  { id: 'queue', test: queue },
  { id: 'front', test: front },
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

import { defaultRepeatStrategy } from 'bullmq';
import { Fault } from '../core/fault.ts';
import {
  QUEUES,
  type Job,
  type Queue,
  type QueueHandle,
  type QueueName,
} from '../flow/ports/queue.ts';
import type { Backend, Producer, Scheduled } from './backend.ts';
import { quietly, START_PATIENCE, within } from './patience.ts';
import { postgresBackend, PRODUCER_CONNECTIONS, WORKER_CONNECTIONS } from './postgres.ts';
import { redisBackend } from './redis.ts';
import { startWorker } from './worker.ts';

/** Where the queue lives: `url` of a Postgres (the program's own role, after `migrateQueue`) or of a Redis. */
export type QueuePlace =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string };

export type QueueOptions = {
  /** One sentence for each trouble; a repeated one comes at most every ten seconds. */
  readonly log?: (sentence: string) => void;
  /** How long a job of a killed worker stays with it. */
  readonly lockDurationMs?: number;
  /** How often a job is tried, and the first pause; each next pause is twice as long. */
  readonly retries?: { readonly attempts: number; readonly backoffMs: number };
  /** After this long a producer gives up; what only the start asks may take five times as long. */
  readonly timeoutMs?: number;
  /** How long running jobs may take to end when a worker is closed, before their signal aborts. */
  readonly closeMs?: number;
};

type Settings = Required<QueueOptions>;

const DEFAULTS: Settings = {
  log: () => {},
  lockDurationMs: 30_000,
  retries: { attempts: 5, backoffMs: 1_000 },
  timeoutMs: 2_000,
  closeMs: 10_000,
};

/** Postgres connections of one process that adds to and works all queues (measured in test/queue); for doctor. */
export const CONNECTIONS_NEEDED = QUEUES.length * (PRODUCER_CONNECTIONS + WORKER_CONNECTIONS);

/**
 * Opens the queue on either backend.
 *
 * What `add` means: a jobId that is waiting, delayed or active is a no-op; a done one is forgotten at once and a failed
 * one when `known` is asked for it, so both run again. All tables may be emptied at any moment: what is added again runs, and `schedule`
 * must be called again.
 *
 * Throws Fault `queue_gone` when the backend does not answer or (Postgres) has not been migrated.
 */
export async function openQueue(place: QueuePlace, options: QueueOptions = {}): Promise<Queue> {
  const settings = { ...DEFAULTS, ...options, log: quietly(options.log ?? DEFAULTS.log) };
  const open = place.kind === 'postgres' ? postgresBackend : redisBackend;
  const patience = { ms: settings.timeoutMs * START_PATIENCE, what: `opened on ${place.kind}` };
  const backend = await within(patience, () => open(place.url, settings));
  const producers = mapQueues((name) => backend.producer(name));
  const queue = portOf({ backend, producers, settings });
  try {
    await within(patience, () => countAll(producers));
    return queue;
  } catch (thrown) {
    await queue.close();
    throw thrown;
  }
}

type Inside = {
  readonly backend: Backend;
  readonly producers: Readonly<Record<QueueName, Producer>>;
  readonly settings: Settings;
};

function portOf({ backend, producers, settings }: Inside): Queue {
  const handles = new Set<QueueHandle>();
  const ask = <T>(what: string, act: () => Promise<T>, patience = 1): Promise<T> =>
    within({ ms: settings.timeoutMs * patience, what }, act);
  return {
    add: (jobs) => {
      checkIds(jobs);
      return ask('given jobs', () => eachQueue(jobs, (name, its) => addTo(producers[name], its)));
    },
    known: (jobs) =>
      ask('asked for jobs', async () => {
        const known = new Set<string>();
        await eachQueue(jobs, (name, its) => findKnown(producers[name], its, known));
        return known;
      }),
    process: async (name, concurrency, handler) => {
      const handle = await startWorker(backend, { name, concurrency, handler, ...settings });
      handles.add(handle);
      return handle;
    },
    schedule: (job, when) => {
      checkIds([job]);
      const repeat =
        'cron' in when ? { pattern: when.cron, tz: when.zone } : { every: when.everyMs };
      if ('cron' in when) checkCron(when.cron, when.zone);
      const put = () => putSchedule(producers[job.queue], job, repeat);
      return ask('given a schedule', put, START_PATIENCE);
    },
    counts: () => ask('asked for its length', () => countAll(producers)),
    close: async () => {
      await Promise.all([...handles].map((handle) => handle.close()));
      await Promise.all(QUEUES.map((name) => producers[name].close()));
      await backend.close();
    },
  };
}

async function putSchedule(producer: Producer, job: Job, repeat: Repeat): Promise<void> {
  if (stands(await producer.getJobScheduler(job.jobId), repeat)) return;
  const template = { name: job.name, data: { id: job.id } };
  await producer.upsertJobScheduler(job.jobId, repeat, template);
}

/** BullMQ takes ':' for its own and a bare integer for a number of its own; said here before half of the jobs are in. */
function checkIds(jobs: readonly Job[]): void {
  const wrong = jobs.find(
    ({ jobId }) => jobId === '' || jobId.includes(':') || /^[0-9]+$/.test(jobId),
  );
  if (wrong === undefined) return;
  throw new Fault(
    'bad_input',
    `Expected a jobId without ':' that is not a bare integer, got ${JSON.stringify(wrong.jobId)}: put a word before it.`,
  );
}

/** Said before the queue is asked, because there it would look like a queue that is gone. */
function checkCron(pattern: string, tz: string): void {
  try {
    if (defaultRepeatStrategy(Date.now(), { pattern, tz }) !== undefined) return;
  } catch {
    // Falls through to the same sentence as a pattern that never comes due.
  }
  throw new Fault(
    'bad_input',
    `Expected a cron pattern (minute hour day month weekday) and an IANA time zone, got "${pattern}" and "${tz}".`,
  );
}

/** A schedule whose next time passed this long ago has lost its job. */
const OVERDUE_MS = 60_000;

/** When a schedule comes round, in BullMQ's words. */
type Repeat = { readonly pattern: string; readonly tz: string } | { readonly every: number };

/** Whether a schedule is as wanted: telling BullMQ again would put its next time off. */
function stands(found: Scheduled | null | undefined, wanted: Repeat): boolean {
  if (found === null || found === undefined) return false;
  const same =
    'every' in wanted
      ? Number(found.every) === wanted.every
      : found.pattern === wanted.pattern && found.tz === wanted.tz;
  return same && (found.next ?? 0) > Date.now() - OVERDUE_MS;
}

async function eachQueue(
  jobs: readonly Job[],
  act: (name: QueueName, jobs: readonly Job[]) => Promise<void>,
): Promise<void> {
  const grouped = QUEUES.map((name) => [name, jobs.filter(({ queue }) => queue === name)] as const);
  await Promise.all(
    grouped.filter(([, its]) => its.length > 0).map(([name, its]) => act(name, its)),
  );
}

/** Up to this many jobs, one by one is faster than BullMQ's batch (on Postgres the batch makes two tables first). */
const FEW = 8;

async function addTo(producer: Producer, jobs: readonly Job[]): Promise<void> {
  const rows = jobs.map(({ name, id, jobId }) => ({ name, data: { id }, opts: { jobId } }));
  if (rows.length > FEW) await producer.addBulk(rows);
  else await Promise.all(rows.map(({ name, data, opts }) => producer.add(name, data, opts)));
}

async function findKnown(
  producer: Producer,
  jobs: readonly Job[],
  known: Set<string>,
): Promise<void> {
  const look = async ({ jobId }: Job): Promise<void> => {
    const state = await producer.getJobState(jobId);
    // A kept failed job would swallow its own second coming.
    if (state === 'failed') await producer.remove(jobId);
    else if (!['unknown', 'completed'].includes(state)) known.add(jobId);
  };
  await Promise.all(jobs.map(look));
}

async function countAll(
  producers: Inside['producers'],
): Promise<Record<QueueName, { waiting: number; active: number }>> {
  const rows = QUEUES.map(async (name) => {
    const found = await producers[name].getJobCounts('waiting', 'prioritized', 'active');
    const waiting = (found['waiting'] ?? 0) + (found['prioritized'] ?? 0);
    return [name, { waiting, active: found['active'] ?? 0 }] as const;
  });
  const counted = new Map(await Promise.all(rows));
  return mapQueues((name) => counted.get(name) ?? { waiting: 0, active: 0 });
}

function mapQueues<T>(make: (name: QueueName) => T): Record<QueueName, T> {
  return Object.fromEntries(QUEUES.map((name) => [name, make(name)])) as Record<QueueName, T>;
}

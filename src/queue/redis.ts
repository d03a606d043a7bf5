import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import {
  jobOptions,
  listen,
  workerOptions,
  type Backend,
  type BackendOptions,
  type Consumer,
} from './backend.ts';

/** How soon a caller hears that the queue is gone is decided by patience.ts; a busy machine may take this long. */
const CONNECT_MS = 10_000;
const RECONNECT_MS = 500;
/** A connection that is already gone would otherwise hold the process for ioredis's default of 2 s. */
const DISCONNECT_MS = 100;

/** In braces, so that one queue's keys share a slot of a Redis Cluster. */
const PREFIX = '{aios}';

/** BullMQ on Redis. */
export async function redisBackend(
  url: string,
  { retries, log }: BackendOptions,
): Promise<Backend> {
  const impatient = await connect(url, log);
  const opened = new Set<Redis>([impatient]);
  return {
    producer: (name) => {
      const options = {
        connection: impatient,
        prefix: PREFIX,
        defaultJobOptions: jobOptions(retries),
      };
      return listen(new Queue(name, options), `queue ${name}`, log);
    },
    consumer: (name, options) => {
      const pair = patientPair(impatient);
      for (const redis of [pair.first, pair.second]) {
        opened.add(listen(redis, `worker ${name}`, log));
      }
      const worker = new Worker(name, options.work, {
        connection: pair.first,
        prefix: PREFIX,
        ...workerOptions(options),
      });
      return workerOver(listen(worker, `worker ${name}`, log), pair);
    },
    close: async () => {
      for (const redis of opened) redis.disconnect();
    },
  };
}

type Pair = { readonly first: Redis; readonly second: Redis };

/**
 * A worker waits for Redis as long as it takes, on two connections: one to say things, one to wait for jobs. BullMQ
 * makes the second as a duplicate of the first; here it gets one we know, so that we can tell whether it is alive.
 */
function patientPair(like: Redis): Pair {
  const patient = { maxRetriesPerRequest: null, enableOfflineQueue: true, lazyConnect: false };
  const [first, second] = [like.duplicate(patient), like.duplicate(patient)];
  first.duplicate = () => second;
  return { first, second };
}

/**
 * Closing gently waits for the blocking connection to end, which one that is being made anew never does
 * (https://github.com/taskforcesh/bullmq/issues/4585): then it is closed by force.
 */
function workerOver(worker: Worker, { first, second }: Pair): Consumer {
  return {
    waitUntilReady: () => worker.waitUntilReady(),
    isAlive: () => first.status === 'ready' && second.status === 'ready',
    close: (force) => worker.close(force),
  };
}

/** A producer gives up at once when Redis is gone: the outbox row waits, and the relay tries again. */
async function connect(url: string, log: (sentence: string) => void): Promise<Redis> {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: CONNECT_MS,
    disconnectTimeout: DISCONNECT_MS,
    retryStrategy: () => RECONNECT_MS,
    lazyConnect: true,
  });
  listen(redis, 'queue connection', log);
  try {
    const ready = once(redis, 'ready', { signal: AbortSignal.timeout(CONNECT_MS) });
    await Promise.all([ready, redis.connect()]);
    return redis;
  } catch (thrown) {
    redis.disconnect();
    throw thrown;
  }
}

import { once } from 'node:events';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { jobOptions, listen, workerOptions, type Backend, type BackendOptions } from './backend.ts';

const CONNECT_MS = 2_000;
const RECONNECT_MS = 500;

/** In braces, so that one queue's keys share a slot of a Redis Cluster. */
const PREFIX = '{aios}';

/** BullMQ on Redis. */
export async function redisBackend(
  url: string,
  { retries, log }: BackendOptions,
): Promise<Backend> {
  const impatient = await connect(url, log);
  // Workers wait as long as it takes; the blocking connection of each is a copy of this one.
  const patient = listen(
    impatient.duplicate({ maxRetriesPerRequest: null, enableOfflineQueue: true }),
    'queue connection',
    log,
  );
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
      const worker = new Worker(name, options.work, {
        connection: patient,
        prefix: PREFIX,
        ...workerOptions(options),
      });
      return listen(worker, `worker ${name}`, log);
    },
    close: async () => {
      for (const redis of [impatient, patient]) redis.disconnect();
    },
  };
}

/** A producer gives up at once when Redis is gone: the outbox row waits, and the relay tries again. */
async function connect(url: string, log: (sentence: string) => void): Promise<Redis> {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: CONNECT_MS,
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

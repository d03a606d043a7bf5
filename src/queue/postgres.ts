import { createPostgresBackend, withBackend } from 'bullmq';
import { jobOptions, listen, workerOptions, type Backend, type BackendOptions } from './backend.ts';
import { SCHEMA } from './migrate.ts';

const { Queue, Worker } = withBackend(createPostgresBackend);

/** Each producer has one. */
export const PRODUCER_CONNECTIONS = 1;
/** Each worker has two for its jobs and one for LISTEN. */
export const WORKER_CONNECTIONS = 2 + 1;

/** How soon a caller hears that the queue is gone is decided by patience.ts; a busy machine may take this long. */
const CONNECT_MS = 10_000;

/** BullMQ on Postgres, in the schema that `migrateQueue` made. Each producer and worker owns its connections. */
export async function postgresBackend(
  url: string,
  { retries, log }: BackendOptions,
): Promise<Backend> {
  const connection = (max: number) => ({
    connectionString: url,
    schema: SCHEMA,
    max,
    application_name: 'aios queue',
    // The queue is transport: what a crash of Postgres takes back of it (under a second) is put right from the outbox,
    // so it need not wait for the disk at every step.
    options: '-c synchronous_commit=off',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  return {
    producer: (name) => {
      const options = {
        connection: connection(PRODUCER_CONNECTIONS),
        defaultJobOptions: jobOptions(retries),
      };
      return listen(new Queue(name, options), `queue ${name}`, log);
    },
    consumer: (name, options) => {
      const worker = new Worker(name, options.work, {
        connection: connection(WORKER_CONNECTIONS - 1),
        ...workerOptions(options),
      });
      listen(worker, `worker ${name}`, log);
      return {
        waitUntilReady: () => worker.waitUntilReady(),
        // Ends by itself when its connections are gone.
        isAlive: () => true,
        close: (force) => worker.close(force),
      };
    },
    close: async () => {},
  };
}

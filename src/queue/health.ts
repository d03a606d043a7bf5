import { Redis } from 'ioredis';
import { within } from './patience.ts';

/** One thing looked at, for doctor: what it says, and the next step of a person when it is not well. */
export type QueueFinding = {
  readonly id: 'redis-eviction' | 'redis-append';
  readonly ok: boolean;
  readonly says: string;
  readonly next: string;
};

const CONNECT_MS = 2_000;
const DISCONNECT_MS = 100;

/**
 * Whether a Redis keeps what it is given. INFO is asked and not CONFIG, which hosted ones forbid.
 * Throws Fault `queue_gone`.
 */
export async function redisHealth(url: string): Promise<readonly QueueFinding[]> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    disconnectTimeout: DISCONNECT_MS,
    retryStrategy: () => null,
  });
  redis.on('error', () => {});
  try {
    return await within({ ms: CONNECT_MS, what: 'asked for its health' }, async () => {
      await redis.connect();
      return judge(`${await redis.info('memory')}\n${await redis.info('persistence')}`);
    });
  } finally {
    redis.disconnect();
  }
}

/** Reads the text of INFO (https://redis.io/docs/latest/commands/info/). */
export function judge(info: string): readonly QueueFinding[] {
  const value = (key: string): string =>
    new RegExp(`^${key}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
  const policy = value('maxmemory_policy');
  const append = value('aof_enabled');
  return [
    {
      id: 'redis-eviction',
      ok: policy === 'noeviction',
      says: `Redis has maxmemory-policy ${policy}; a full Redis must refuse jobs, not drop them.`,
      next: 'Set maxmemory-policy noeviction in its configuration.',
    },
    {
      id: 'redis-append',
      ok: append === '1',
      says: `Redis ${append === '1' ? 'writes' : 'does not write'} each job to disk (aof_enabled ${append}).`,
      next: 'Set appendonly yes; without it a restart empties the queue, and each task waits for the reconciler.',
    },
  ];
}

import { describe, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { hasRedis, ownRedis } from '../helpers/redis.ts';
import { queueContract, type Site } from './contract.ts';

async function makeSite(): Promise<Site> {
  const server = await ownRedis();
  return {
    place: { kind: 'redis', url: server.url },
    empty: async () => {
      // It says so at once where nobody answers: a client that tries for ever would keep the run from ending.
      const redis = new Redis(server.url, { maxRetriesPerRequest: 0, retryStrategy: () => null });
      try {
        await redis.flushall();
      } finally {
        redis.disconnect();
      }
    },
    end: () => server.kill(),
    revive: () => server.start(),
    remove: () => server.remove(),
  };
}

if (hasRedis()) queueContract('Redis', makeSite);
else describe.skip('the queue on Redis', () => test('needs a redis-server', () => {}));

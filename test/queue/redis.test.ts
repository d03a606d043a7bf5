import { describe, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { hasRedis, ownRedis } from '../helpers/redis.ts';
import { queueContract, type Site } from './contract.ts';

async function makeSite(): Promise<Site> {
  const server = await ownRedis();
  return {
    place: { kind: 'redis', url: server.url },
    empty: async () => {
      const redis = new Redis(server.url);
      await redis.flushall();
      redis.disconnect();
    },
    end: () => server.kill(),
    revive: () => server.start(),
    remove: () => server.remove(),
  };
}

if (hasRedis()) queueContract('Redis', makeSite);
else describe.skip('the queue on Redis', () => test('needs a redis-server', () => {}));

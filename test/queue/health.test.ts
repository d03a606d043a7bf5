import { afterAll, describe, expect, test } from '@jest/globals';
import { judge, redisHealth } from '../../src/queue/health.ts';
import { hasRedis, ownRedis, type OwnRedis } from '../helpers/redis.ts';

const GOOD = 'used_memory:1\r\nmaxmemory_policy:noeviction\r\n\naof_enabled:1\r\n';
const well = (found: Awaited<ReturnType<typeof redisHealth>>) =>
  found.map(({ id, ok }) => [id, ok]);

describe('the health of a Redis', () => {
  test('is read from INFO', () => {
    expect(well(judge(GOOD))).toEqual([
      ['redis-eviction', true],
      ['redis-append', true],
    ]);
    expect(well(judge(GOOD.replace('noeviction', 'allkeys-lru')))).toContainEqual([
      'redis-eviction',
      false,
    ]);
    expect(well(judge(GOOD.replace('enabled:1', 'enabled:0')))).toContainEqual([
      'redis-append',
      false,
    ]);
    expect(judge('')[0]).toMatchObject({ ok: false, says: expect.stringContaining('unknown') });
  });

  test('of one that is not there is a fault', async () => {
    await expect(redisHealth('redis://127.0.0.1:1')).rejects.toMatchObject({ code: 'queue_gone' });
  });
});

const withRedis = hasRedis() ? describe : describe.skip;
withRedis('a real Redis', () => {
  const started: OwnRedis[] = [];
  afterAll(() => Promise.all(started.map((redis) => redis.remove())));

  test('says what it is set to', async () => {
    const good = await ownRedis();
    const bad = await ownRedis(['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'no']);
    started.push(good, bad);
    expect(well(await redisHealth(good.url))).toEqual([
      ['redis-eviction', true],
      ['redis-append', true],
    ]);
    expect(well(await redisHealth(bad.url))).toEqual([
      ['redis-eviction', false],
      ['redis-append', false],
    ]);
  });
});

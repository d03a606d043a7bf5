import { describe, expect, test } from '@jest/globals';
import { retryAfterMs, statusFault } from '../../src/lanes/server-fault.ts';

const words = {
  name: 'the server',
  fixAuth: 'Set the key.',
  fixModel: 'Pull it.',
  fixQuota: 'Pay.',
};

describe('retry-after', () => {
  const now = Date.parse('2026-11-23T10:00:00Z');
  test.each([
    ['2', 2000],
    ['0', 0],
    ['-5', 0],
    ['Mon, 23 Nov 2026 10:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%s', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms));
});

describe('the fault of a status', () => {
  test.each([
    [400, 'bad_input', false],
    [401, 'auth', false],
    [402, 'quota', false],
    [403, 'auth', false],
    [404, 'model_missing', false],
    [408, 'timeout', true],
    [413, 'bad_input', false],
    [429, 'rate_limit', true],
    [500, 'unavailable', true],
    [502, 'unavailable', true],
    [503, 'overloaded', true],
    [529, 'overloaded', true],
  ])('%i is %s', (status, code, retry) => {
    expect(statusFault(words, { status })).toMatchObject({ code, retry });
  });

  test('an empty account is no fault of the request', () => {
    expect(
      statusFault(words, { status: 400, says: 'Your credit balance is too low' }),
    ).toMatchObject({ code: 'quota' });
  });

  test('carries one short line of what the server said', () => {
    const { message } = statusFault(words, { status: 500, says: `${'x'.repeat(500)}\nsecret` });
    expect(message.length).toBeLessThan(260);
    expect(message).not.toContain('secret');
  });
});

import { describe, expect, test } from '@jest/globals';
import { clientOptions, readApiUrl } from '../../src/slack/client.ts';

describe('where tokens may go', () => {
  test.each([
    [undefined, 'https://slack.com/api/'],
    ['https://slack-gov.com/api', 'https://slack-gov.com/api/'],
    ['http://127.0.0.1:3000/api/', 'http://127.0.0.1:3000/api/'],
    ['http://localhost:1/api', 'http://localhost:1/api/'],
    ['http://[::1]:1/api', 'http://[::1]:1/api/'],
  ])('%s', (text, url) => {
    expect(readApiUrl(text).href).toBe(url);
  });

  test.each([
    'http://slack.com/api/',
    'https://slack.com.evil.example/api/',
    'https://evilslack.com/api/',
    'https://user:pass@slack.com/api/',
    'https://slack.com:8443/api/',
    'http://127.0.0.1.evil.example/',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('never to %s', (text) => {
    expect(() => readApiUrl(text)).toThrow(expect.objectContaining({ code: 'bad_config' }));
  });

  test('each client gets options of its own, since the libraries write into them', () => {
    const make = () => clientOptions(readApiUrl(), () => {}, 2);
    expect(make()).not.toBe(make());
    expect(make().retryConfig).not.toBe(make().retryConfig);
  });
});

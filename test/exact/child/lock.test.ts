import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { built } from '../../helpers/built.ts';

const TRIES = `
const { lockDown } = await import(process.argv[1]);
lockDown();
const { connect, createServer } = await import('node:net');
const { get } = await import('node:http');
const { createSocket } = await import('node:dgram');
const outcome = (act) => { try { act(); return 'done'; } catch (error) { return error.message; } };
const tried = [
  outcome(() => connect(9, '127.0.0.1')),
  outcome(() => get('http://127.0.0.1:9/')),
  outcome(() => createServer().listen(0)),
  outcome(() => createSocket('udp4').send('x', 9, '127.0.0.1')),
  typeof fetch,
  typeof WebSocket,
];
console.log('never an answer');
process.stdout.write(JSON.stringify(tried), () => process.exit(0));
`;

test('the second fence: no socket opens, fetch is gone, and what a library prints is no answer', async () => {
  const lock = new URL('exact/child/lock.js', await built()).href;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', TRIES, lock]);
  const refused = 'the exact programs have no network';
  expect(JSON.parse(stdout)).toEqual([
    refused,
    refused,
    refused,
    refused,
    'undefined',
    'undefined',
  ]);
});

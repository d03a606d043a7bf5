import { existsSync } from 'node:fs';
import { test } from '@jest/globals';
import { absent } from './absent.ts';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the Chromium to drive: CHROMIUM_PATH, else a usual place; undefined when the machine has none. */
export const chromiumPath: string | undefined = [
  process.env['CHROMIUM_PATH'] ?? '',
  ...PLACES,
].find((path) => path !== '' && existsSync(path));

/** No sandbox because tests also run as root; nothing that phones home. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `test` where Chromium is installed; elsewhere `test.skip`, said aloud, and an error under AIOS_CI=1. */
export function browserTest(): typeof test | typeof test.skip {
  if (chromiumPath !== undefined) return test;
  absent('chromium', 'the tests in a browser');
  return test.skip;
}

import { existsSync } from 'node:fs';
import { test } from '@jest/globals';

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

/**
 * `test` where Chromium is installed. Where it is not: `test.skip`, said aloud; but under AIOS_CI=1, where nothing
 * may be skipped, loading the file fails and says how to install it.
 */
export function browserTest(): typeof test | typeof test.skip {
  if (chromiumPath !== undefined) return test;
  if (process.env['AIOS_CI'] === '1') {
    throw new Error(
      'AIOS_CI=1 allows no skipped tests, and no Chromium was found. Install it (apt-get install chromium) or set CHROMIUM_PATH.',
    );
  }
  process.stderr.write(
    'skipped: no Chromium (set CHROMIUM_PATH or install the package "chromium")\n',
  );
  return test.skip;
}

import { appendFileSync } from 'node:fs';

/** Parts a bare machine lacks, each with how to add it. */
const PARTS = {
  redis: { name: 'redis-server', add: 'apt-get install redis-server' },
  chromium: { name: 'Chromium', add: 'apt-get install chromium, or set CHROMIUM_PATH' },
  seat: { name: 'the seat SDK', add: 'npm install --no-save @github/copilot-sdk@1.0.14' },
  root: { name: 'root on Linux', add: 'run the tests as root' },
  go: {
    name: 'Go with golang.org/x/mod',
    add: 'apt-get install golang-go golang-golang-x-mod-dev',
  },
} as const;

/** Parts that cannot be had everywhere, and whose tests only have other programs say what our own tests say too. */
const SPARED: readonly string[] = ['go'] satisfies readonly (keyof typeof PARTS)[];

/**
 * Says aloud that tests are skipped because this machine lacks a part; `npm test` says so again at its end. Under
 * AIOS_CI=1 nothing may be skipped but what is spared and the parts that AIOS_CI_LATER names, because a later step of
 * .ci/run brings them: there it throws.
 */
export function absent(part: keyof typeof PARTS, what: string): void {
  const { name, add } = PARTS[part];
  const line = `skipped: ${what}, for lack of ${name} (to run: ${add})\n`;
  const later = (process.env['AIOS_CI_LATER'] ?? '').split(',');
  if (process.env['AIOS_CI'] === '1' && ![...SPARED, ...later].includes(part))
    throw new Error(`AIOS_CI=1 allows no skipped tests, but ${line}`);
  process.stderr.write(line);
  const list = process.env['AIOS_TEST_ABSENT'];
  if (list !== undefined) appendFileSync(list, line);
}

/**
 * `npm test [-- jest arguments]`: builds dist/, runs jest on our TypeScript, and says at the end what this machine
 * could not run and what it lacks for that.
 *
 * The flags are arguments and not NODE_OPTIONS, so that programs which tests start run as they will elsewhere. jest's
 * own workers inherit them.
 */
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const TOP = join(dirname(fileURLToPath(import.meta.url)), '..');
const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const WORKERS = 2;
/** Global teardown stops Postgres in a few seconds; what takes this long will not end. */
const ENDS_WITHIN_MS = 90_000;

/** Runs jest; resolves to its exit code. Ctrl-C reaches jest by itself, and it still has to stop its Postgres. */
async function jest(args, { list, results }) {
  const bin = createRequire(import.meta.url).resolve('jest/bin/jest');
  const own = [`--maxWorkers=${WORKERS}`, '--json', `--outputFile=${results}`];
  const child = spawn(process.execPath, [...FLAGS, bin, ...own, ...args], {
    cwd: TOP,
    env: { ...process.env, AIOS_TEST_ABSENT: list },
    // --json makes jest print its results on stdout as well; the readable report is on stderr.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const watch = endsHanging(child, results);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(watch));
}

/** A run that has written its results and does not end has left something open: said, ended, and failed. */
function endsHanging(child, results) {
  return setInterval(() => {
    const written = statSync(results, { throwIfNoEntry: false })?.mtimeMs;
    if (written === undefined || Date.now() - written < ENDS_WITHIN_MS) return;
    console.error(
      `The tests are done and jest has not ended within ${ENDS_WITHIN_MS / 1000} s: one of them left something open.`,
    );
    child.kill('SIGKILL');
  }, 1000);
}

/** The tests that were skipped, as one line per file. */
function skippedIn(results) {
  return results.testResults.flatMap((file) => {
    const skipped = file.assertionResults.filter(({ status }) => status === 'pending').length;
    return skipped === 0 ? [] : [`  ${relative(TOP, file.name)}: ${skipped} tests`];
  });
}

async function readOr(file, otherwise) {
  return readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return otherwise;
    throw error;
  });
}

/** Says what was not run; gives the exit code, for a run that may skip nothing. */
async function sayWhatWasSkipped({ list, results }) {
  const lines = skippedIn(JSON.parse(await readOr(results, '{"testResults":[]}')));
  if (lines.length === 0) return;
  const reasons = [...new Set((await readOr(list, '')).split('\n').filter((line) => line !== ''))];
  console.log(['', 'NOT RUN on this machine:', ...lines, ...reasons].join('\n'));
}

const folder = await mkdtemp(join(tmpdir(), 'aios-results-'));
const files = { list: join(folder, 'absent.txt'), results: join(folder, 'results.json') };
try {
  await build();
  process.exitCode = await jest(process.argv.slice(2), files);
  await sayWhatWasSkipped(files);
  const keep = process.env.AIOS_TEST_RESULTS;
  if (keep !== undefined) await copyFile(files.results, keep);
} finally {
  await rm(folder, { recursive: true, force: true });
}

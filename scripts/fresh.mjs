/**
 * The path of a newcomer, walked and measured on what is committed: clone, `npm install`, `npm start`, Ctrl-C, start
 * again, kill -9, start again; with an empty HOME and nothing in the environment. Started by root it is walked as a
 * plain user made for it, and the starts once more as root. No package's install script is run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const TOP = join(dirname(fileURLToPath(import.meta.url)), '..');
const LIMITS = { installS: 90, installMb: 600, firstS: 10, laterS: 4 };
/** What else the machine does can only add to a time: a start over its limit is walked again, and the shortest counts. */
const TRIES = 3;
/** However slow the machine is, after this long it hangs. */
const PATIENCE_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'aios-fresh-'));
const clone = join(folder, 'aios');
const home = join(folder, 'home');
/** Process groups that were started here and may still run. */
const groups = new Set();
const failures = [];

function check(isRight, sentence) {
  console.log(`${isRight ? 'ok    ' : 'FAILED'}  ${sentence}`);
  if (!isRight) failures.push(sentence);
}

function measure(what, value, { most, unit }) {
  check(value < most, `${what}: ${value.toFixed(unit === 's' ? 1 : 0)} ${unit} (under ${most})`);
}

const secondsSince = (began) => (performance.now() - began) / 1000;

/** Environment and account of the one who walks. */
function options(ids) {
  const env = { PATH: process.env.PATH, HOME: home, AIOS_PORT: '0', npm_config_audit: 'false' };
  return { cwd: clone, env, ...ids };
}

function run(ids, command, ...args) {
  const done = spawnSync(command, args, {
    ...options(ids),
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  });
  if (done.status !== 0) console.log(`${done.stdout}\n${done.stderr}`);
  return done;
}

/** `npm start`, until it has printed its address. The process leads a group, as it does in a terminal. */
async function start(ids) {
  const began = performance.now();
  const child = spawn('npm', ['start'], { ...options(ids), detached: true, stdio: 'pipe' });
  groups.add(child.pid);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  while (!/http:\/\/\S+/.test(said)) {
    if (isOver() || secondsSince(began) * 1000 > PATIENCE_MS)
      throw new Error(`npm start printed no address:\n${said}`);
    await pause(20);
  }
  const seconds = secondsSince(began);
  const addresses = said.match(/http:\/\/\S+/g);
  return { seconds, addresses, end: (signal) => end({ pid: child.pid, signal, ended }) };
}

/** Sends a signal to the whole group, as a terminal does, and waits until all of it is gone. */
async function end({ pid, signal, ended }) {
  process.kill(-pid, signal);
  await ended;
  for (let waited = 0; isThere(-pid) && waited < PATIENCE_MS; waited += 20) await pause(20);
  groups.delete(pid);
}

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

const pidFile = () => join(clone, '.aios', 'pg', 'postmaster.pid');

function postgresPid() {
  return existsSync(pidFile()) ? Number(readFileSync(pidFile(), 'utf8').split('\n')[0]) : undefined;
}

/** A start under the limit of later ones; one that took longer is ended by `signal`, and the next is walked. */
async function startedWithin(ids, what, signal) {
  let started = await start(ids);
  for (let tries = 1; started.seconds >= LIMITS.laterS && tries < TRIES; tries += 1) {
    console.log(`        ${what}: ${started.seconds.toFixed(1)} s, once more`);
    await started.end(signal);
    started = await start(ids);
  }
  measure(what, started.seconds, { most: LIMITS.laterS, unit: 's' });
  return started;
}

async function starts(ids, who) {
  const first = await start(ids);
  measure(`first start as ${who}`, first.seconds, { most: LIMITS.firstS, unit: 's' });
  check(first.addresses.length === 1, `npm start prints one address: ${first.addresses.join(' ')}`);
  // Its answer is a cookie and the way to the page.
  const { status } = await fetch(first.addresses[0], { redirect: 'manual' });
  check(status < 400, `the address answers ${status}`);
  check(postgresPid() !== undefined, 'Postgres runs');
  await first.end('SIGINT');
  check(postgresPid() === undefined, `Ctrl-C ends it, Postgres included, as ${who}`);

  const second = await startedWithin(ids, `second start as ${who}`, 'SIGINT');
  check(run(ids, 'npx', '--no-install', 'aios', 'help').status === 0, 'npx --no-install aios help');
  check(
    run(ids, 'npx', '--no-install', 'aios', 'doctor').status === 0,
    'aios doctor finds all well',
  );
  await second.end('SIGKILL');

  const third = await startedWithin(ids, `start after kill -9 as ${who}`, 'SIGKILL');
  await third.end('SIGINT');
  check(postgresPid() === undefined, `Ctrl-C ends what was killed and started again, as ${who}`);
}

function install(ids) {
  const began = performance.now();
  const done = run(ids, 'npm', 'install', '--ignore-scripts', '--no-fund');
  check(done.status === 0, 'npm install --ignore-scripts');
  measure('npm install', secondsSince(began), { most: LIMITS.installS, unit: 's' });
  const size = spawnSync('du', ['-sm', 'node_modules'], { cwd: clone, encoding: 'utf8' });
  measure('node_modules', Number.parseInt(size.stdout, 10), { most: LIMITS.installMb, unit: 'MB' });
}

/** A plain account for the walk; undefined where we are one ourselves. */
function makeUser() {
  if (process.getuid() !== 0) return undefined;
  const name = `aios-fresh-${process.pid}`;
  const made = spawnSync('useradd', ['--no-create-home', '--home-dir', home, name], {
    stdio: 'inherit',
  });
  if (made.status !== 0) throw new Error(`useradd could not make the account ${name}`);
  const id = (flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  return { name, ids: { uid: id('-u'), gid: id('-g') } };
}

function give({ uid, gid }) {
  spawnSync('chown', ['-R', `${uid}:${gid}`, clone, home]);
}

function forgetState() {
  for (const name of ['.aios', '.aios-keys'])
    rmSync(join(clone, name), { recursive: true, force: true });
}

function cleanUp(user) {
  for (const pid of groups) if (isThere(-pid)) process.kill(-pid, 'SIGKILL');
  const postgres = postgresPid();
  if (postgres !== undefined && isThere(postgres)) process.kill(postgres, 'SIGQUIT');
  if (user !== undefined) spawnSync('userdel', [user.name]);
  rmSync(folder, { recursive: true, force: true });
}

const user = makeUser();
try {
  chmodSync(folder, 0o755);
  mkdirSync(home);
  spawnSync('git', ['clone', '--quiet', TOP, clone], { stdio: 'inherit' });
  if (user !== undefined) give(user.ids);
  install(user?.ids);
  await starts(user?.ids, 'a plain user');
  if (user !== undefined) {
    forgetState();
    give({ uid: 0, gid: 0 });
    await starts(undefined, 'root');
  }
} catch (error) {
  check(false, error.message);
} finally {
  cleanUp(user);
}
process.exitCode = failures.length === 0 ? 0 : 1;

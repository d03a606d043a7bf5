/**
 * `npm run eval:personas`: how well kinds are read and work is accepted, declined and handed on. Without more it asks no
 * model: requests go through the classifier of the day (the code half). With `-- --model LANE` it asks the model of a lane
 * as each specialist, beside specialists who are nothing but a description (the model half). `--limit=N` takes the first
 * N requests, `--seed=N` other strangers, `--out=FILE` writes the figures and every answer's outcome as JSON.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.mjs';

const LANES = ['local', 'seat', 'senior'];
const REQUESTS = fileURLToPath(new URL('../../fixtures/personas/requests.yaml', import.meta.url));

const { flags, wrong } = readFlags(process.argv.slice(2));
if (wrong !== undefined) fail(wrong);
const lane = flags['model'];
if (lane !== undefined && !LANES.includes(lane))
  fail(`Expected --model with one of ${LANES.join(', ')}, got "${lane}".`);
await build();
const half = await import(lane === undefined ? './code.mjs' : './model.mjs').catch((thrown) => {
  if (thrown?.code !== 'ERR_MODULE_NOT_FOUND' || lane !== undefined) throw thrown;
  fail('The half without a model is not part of this checkout. Use --model LANE.');
});
const result = await half.evaluate({
  requests: REQUESTS,
  lane,
  limit: whole('limit'),
  seed: whole('seed'),
  say: (sentence) => console.error(sentence),
});
console.log(result.lines.join('\n'));
if (flags['out'] !== undefined) {
  await writeFile(flags['out'], `${JSON.stringify(result.raw, null, 2)}\n`);
  console.log(`\nWritten to ${flags['out']}`);
}

/** `--name=value` or `--name value`. */
function readFlags(words) {
  const found = {};
  const left = [...words];
  while (left.length > 0) {
    const [, name, joined] = /^--(model|limit|seed|out)(?:=(.+))?$/.exec(left.shift()) ?? [];
    const value = joined ?? (name === undefined ? undefined : left.shift());
    if (value === undefined)
      return { flags: found, wrong: 'Expected --model LANE, --limit N, --seed N, --out FILE.' };
    found[name] = value;
  }
  return { flags: found };
}

function whole(name) {
  const value = flags[name];
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) fail(`Expected --${name} with a whole number, got "${value}".`);
  return Number(value);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

/**
 * `npm run bench -- <name> [--quick] [--rounds=n]`: builds dist/, runs the named bench, prints its table and keeps it in
 * bench/results/. `--quick` does little work, to see that it runs, and keeps nothing. `blame` takes folders, too, which
 * are not kept in the results: `--mirrors=<folder>`, and `--history=<git dir>:<path>` as often as wanted.
 */
import { build } from '../scripts/build.mjs';
import { keep, table } from './lib/results.mjs';

const BENCHES = {
  orchestration: './orchestration.mjs',
  ack: './ack.mjs',
  blame: './blame.mjs',
  lanes: './lanes.mjs',
  lint: './lint.mjs',
  ledger: './ledger.mjs',
  router: './router.mjs',
};
const FOLDERS = /^(--(?:mirrors|history))=(.+)$/;

const [name, ...flags] = process.argv.slice(2);
if (!Object.hasOwn(BENCHES, name ?? '')) {
  console.error(`Expected a bench (${Object.keys(BENCHES).join(', ')}), got ${name ?? 'none'}.`);
  process.exit(2);
}
const quick = flags.includes('--quick');
await build();
const { bench } = await import(BENCHES[name]);
const named = (name) =>
  flags.filter((flag) => flag.startsWith(`--${name}=`)).map((flag) => flag.slice(name.length + 3));
const rounds = Number(named('rounds')[0]);
const result = await bench({
  quick,
  ...(rounds > 0 ? { rounds } : {}),
  mirrors: named('mirrors')[0],
  histories: named('history'),
  say: (sentence) => console.error(sentence),
});
console.log(`\n${table(result)}`);
const shown = [name, ...flags.map((flag) => flag.replace(FOLDERS, '$1=<folder>'))];
if (!quick) console.log(`\nKept in ${await keep(shown, result)}`);

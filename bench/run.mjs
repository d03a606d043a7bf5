/**
 * `npm run bench -- <name> [--quick] [--rounds=n]`: builds dist/, runs the named bench, prints its table and keeps it in
 * bench/results/. `--quick` does little work, to see that it runs, and keeps nothing.
 */
import { build } from '../scripts/build.mjs';
import { keep, table } from './lib/results.mjs';

const BENCHES = { orchestration: './orchestration.mjs', ack: './ack.mjs' };

const [name, ...flags] = process.argv.slice(2);
if (!Object.hasOwn(BENCHES, name ?? '')) {
  console.error(`Expected a bench (${Object.keys(BENCHES).join(', ')}), got ${name ?? 'none'}.`);
  process.exit(2);
}
const quick = flags.includes('--quick');
await build();
const { bench } = await import(BENCHES[name]);
const rounds = Number(
  flags.find((flag) => flag.startsWith('--rounds='))?.slice('--rounds='.length),
);
const result = await bench({
  quick,
  ...(rounds > 0 ? { rounds } : {}),
  say: (sentence) => console.error(sentence),
});
console.log(`\n${table(result)}`);
if (!quick) console.log(`\nKept in ${await keep(process.argv.slice(2), result)}`);

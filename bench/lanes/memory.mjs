/**
 * Streams at once, in a fresh process: how far its resident memory rises above what it was after one call alone. Run
 * with --expose-gc and `<side> <lane> <streams> <urls as JSON>`; sends {growth, peak, before} in bytes to its parent.
 */
import { asked, LONG, WANTS_LONG } from './asked.mjs';
import { bareCalls, shippedLanes } from './calls.mjs';

const [side, lane, streams, said] = process.argv.slice(2);
const urls = JSON.parse(said);
const lanes = side === 'ours' ? shippedLanes(urls) : null;
const bare = side === 'ours' ? null : bareCalls(urls);
const call = (request) => (lanes === null ? bare[lane](request) : lanes[lane].run(request));
const long = () => asked({ material: `${asked().material} ${WANTS_LONG}` });

await call(asked());
await call(long());
globalThis.gc();
const before = process.memoryUsage.rss();
let peak = before;
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
const timer = setInterval(look, 2);
const answers = await Promise.all(
  Array.from({ length: Number(streams) }, async () => {
    const { text } = await call(long());
    look();
    return text.length;
  }),
);
clearInterval(timer);
if (answers.some((length) => length !== LONG.length)) throw new Error('an answer is not whole');
process.send({ before, peak, growth: peak - before }, () => process.exit(0));

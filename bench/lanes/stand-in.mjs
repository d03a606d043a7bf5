/**
 * The rehearsal's stand-ins in a process of their own, so that what they take is not counted on either side. Sends its
 * urls to the process that forked it and ends with it. `AIOS_BENCH_PORT` asks for a port.
 */
import { openRehearsal } from '../../dist/rehearsal/open.js';
import { LONG, SHORT, WANTS_LONG } from './asked.mjs';

const always = { times: Number.MAX_SAFE_INTEGER };
const script = ['local', 'senior'].flatMap((lane) => [
  { lane, match: WANTS_LONG, answer: { as: 'text', text: LONG }, ...always },
  { lane, answer: { as: 'text', text: SHORT }, ...always },
]);
const stage = await openRehearsal({ script, port: Number(process.env.AIOS_BENCH_PORT ?? 0) });
const { ollamaUrl, anthropicUrl, openaiUrl, copilotUrl } = stage;
process.send({ ollamaUrl, anthropicUrl, openaiUrl, copilotUrl });
process.once('disconnect', () => process.exit(0));

/** The child: one job a line in, answers a line out, nothing of a job kept for the next. */
import { createInterface } from 'node:readline';
import { Fault, sentenceOf } from '../../core/fault.ts';
import type { Job, Line, WireResult } from '../wire.ts';
import { makeEngines, type Engines } from './engine.ts';
import { CHECK_OF, PROGRAM_OF } from './job.ts';
import type { Bench, Made } from './bench.ts';
import { readDocument } from './document/read.ts';
import { lockDown } from './lock.ts';
import { openSources } from './source.ts';

const say = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

lockDown();
for await (const text of createInterface({ input: process.stdin })) {
  const job = JSON.parse(text) as Job;
  say(await answer(job));
}

async function answer(job: Job): Promise<Line> {
  const { id, work } = job;
  const engines = makeEngines((name, on) => say({ id, is: 'engine', name, on }));
  const bench: Bench = { sources: openSources(job.files), engines, style: job.style, now: job.now };
  try {
    if (work.is === 'read')
      return { id, is: 'read', read: await readDocument(job.files[0], engines) };
    if (work.is === 'secrets') {
      const { findSecrets } = await import('./secrets.ts');
      return { id, is: 'secrets', found: await findSecrets(job.files, engines) };
    }
    if (work.is === 'run') {
      const run = await PROGRAM_OF[work.program]();
      return { id, is: 'result', result: packed(await run(bench), engines) };
    }
    if (work.gate === 'none') throw new Fault('bad_input', 'The gate none has nothing to check.');
    const check = await CHECK_OF[work.gate]();
    return { id, is: 'report', report: await check(bench) };
  } catch (thrown) {
    const code = thrown instanceof Fault ? thrown.code : 'gate_broken';
    return { id, is: 'fault', code, says: `An engine broke: ${sentenceOf(thrown)}` };
  }
}

function packed(made: Made, engines: Engines): WireResult {
  if (made.is === 'not_possible') return made;
  return {
    ...made,
    files: made.files.map((file) => ({
      name: file.name,
      base64: Buffer.from(file.text, 'utf8').toString('base64'),
    })),
    engines: engines.rows().map(({ name, version }) => ({ name, version })),
  };
}

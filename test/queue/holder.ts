/** A worker that takes jobs and never ends them, until it is killed. */
import { openQueue } from '../../src/queue/open.ts';

const queue = await openQueue(JSON.parse(process.argv[2] ?? '{}'), { lockDurationMs: 1_000 });
await queue.process('lane-tool', 3, () => new Promise(() => {}));
process.stdout.write('ready\n');

/** A worker that takes jobs and never ends them, until it is killed, or told to close (which must let the process end). */
import { openQueue } from '../../src/queue/open.ts';

const queue = await openQueue(JSON.parse(process.argv[2] ?? '{}'), {
  lockDurationMs: 1_000,
  closeMs: 100,
});
await queue.process('lane-tool', 3, () => new Promise(() => {}));
process.once('SIGTERM', () => void queue.close());
process.stdout.write('ready\n');

// A child that does what the name of the first file says, so that its parent can be tested. Speaks the room's lines.
import { createInterface } from 'node:readline';

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const report = (says) => ({
  findings: [],
  engines: [{ name: 'test', version: String(process.pid), ms: 0, status: 'ok', says }],
  notChecked: [],
});

const acts = {
  'spin.txt': (id) => {
    say({ id, is: 'engine', name: 'spinner', on: true });
    for (;;);
  },
  'spin-quietly.txt': () => {
    for (;;);
  },
  'eat.txt': () => {
    const eaten = [];
    for (;;) eaten.push(Buffer.alloc(20_000_000, 1));
  },
  'babble.txt': () => process.stdout.write('hello\n'),
  'leave.txt': () => process.exit(3),
  'wait.txt': () => undefined,
  'fail.txt': (id) =>
    say({
      id,
      is: 'report',
      report: { ...report(''), engines: [{ name: 'x', version: '1', ms: 0, status: 'failed' }] },
    }),
  'work.txt': (id) => say({ id, is: 'report', report: report('worked') }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  acts[job.files[0].name](job.id);
}

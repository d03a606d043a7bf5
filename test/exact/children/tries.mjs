// A child that tries to get out of its fence and says what came of it.
import { execSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const outcome = (act) => {
  try {
    act();
    return 'done';
  } catch (error) {
    return error.code ?? error.message;
  }
};

const reach = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve('done'));
    socket.once('error', (error) => resolve(error.code));
  });

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  const { port, file } = JSON.parse(Buffer.from(job.files[0].base64, 'base64').toString());
  const tried = {
    read: outcome(() => readFileSync('/etc/passwd')),
    write: outcome(() => writeFileSync(file, 'x')),
    run: outcome(() => execSync('id')),
    environment: Object.keys(process.env).join(' '),
    network: await reach(port),
  };
  const engines = [
    { name: 'tries', version: '1', ms: 0, status: 'ok', says: JSON.stringify(tried) },
  ];
  process.stdout.write(
    `${JSON.stringify({ id: job.id, is: 'report', report: { findings: [], engines, notChecked: [] } })}\n`,
  );
}

import { startAios } from '../main.ts';
import type { Aios } from '../main.ts';
import type { Config } from '../config.ts';
import { openHealth } from '../telemetry/health.ts';
import type { HealthOptions, HealthServer } from '../telemetry/health.ts';
import { makeLog } from '../telemetry/log.ts';
import { forgetRun, noteRun } from './run-file.ts';

/** How long closing may take before the process ends all the same: what is unfinished is taken up again by the next start. */
const CLOSE_MS = 20_000;

/** Runs AIOS until it is told to stop. Prints one address to open. */
export async function start(config: Config): Promise<number> {
  const log = makeLog({ format: config.logFormat });
  process.on('unhandledRejection', (thrown) => {
    log(
      `Stopping after an error nobody handled: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
    );
    process.exit(1);
  });
  const told = stopSignal();
  const aios = await startAios(config, log);
  const health = await healthOf(config, aios);
  await noteRun(config, aios);
  announce(aios);
  await told;
  console.log('Stopping: running work ends or is taken up by the next start.');
  const overdue = setTimeout(() => process.exit(1), CLOSE_MS);
  await forgetRun(config);
  await health?.close();
  await aios.close();
  clearTimeout(overdue);
  return 0;
}

/** The health endpoint, where one is wanted. */
async function healthOf({ healthPort: port }: Config, aios: Aios): Promise<HealthServer | null> {
  if (port === undefined) return null;
  return openHealth({ port, parts: healthParts(aios) }).catch(async (thrown: unknown) => {
    await aios.close();
    throw thrown;
  });
}

/** What the health endpoint looks at. A ledger that refuses is not well, though work goes on without it. */
export function healthParts({ base, front, outbox, world }: Aios): HealthOptions['parts'] {
  return {
    database: async () => ({ ok: (await world.store.foundedAt()) !== null, says: 'answers' }),
    ledger: async () => {
      const { waiting, trouble } = await base.ledger.state();
      return { ok: trouble === null, says: trouble ?? `${waiting} entries wait for their log` };
    },
    slack: async () => ({ ok: front.room.healthy(), says: 'at least one socket' }),
    queue: async () => {
      const { unsent, open } = await outbox.backlog();
      return { ok: true, says: `${unsent} to send, ${open} open` };
    },
  };
}

function announce({ front, base }: Aios): void {
  const lines =
    front.workspace === null
      ? ['AIOS is connected to Slack. Mention it in a channel, or type /aios help.']
      : ['AIOS is ready. Open this address in a browser:', '', `  ${front.workspace.url}`, ''];
  const mark = base.isRehearsal
    ? [
        'REHEARSAL: no model is configured, so stand-ins answer for the model lanes. The exact tools are real.',
      ]
    : [];
  console.log([...lines, ...mark, 'Stop with Ctrl-C.'].join('\n'));
}

/** Resolves on the first Ctrl-C or polite kill. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../core/fault.ts';
import type { Aios } from '../../main.ts';

const LOOK_MS = 40;
const PATIENCE_MS = 90_000;

/** Waits until no job is open and every card shows today's content. Throws Fault `timeout`. */
export async function quiet({ outbox, base }: Aios): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const { unsent, open } = await outbox.backlog();
    const [cards] = await base.sql<{ stale: number }[]>`
      select count(*)::int as stale from card where wanted > shown`;
    if (unsent + open === 0 && cards?.stale === 0) return;
    if (Date.now() > until)
      throw new Fault(
        'timeout',
        `Expected AIOS to come to rest within ${PATIENCE_MS / 1000} s, got ${unsent + open} open jobs and ${cards?.stale ?? 0} cards not shown. Run the demo on a less busy machine.`,
        { retry: true },
      );
    await pause(LOOK_MS);
  }
}

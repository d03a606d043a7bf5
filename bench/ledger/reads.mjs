import { connect } from '../../dist/store/connect.js';
import { vkeysOf } from '../../dist/store/log-keys.js';
import { lookAtLogs } from '../../dist/store/look-logs.js';
import { logReads } from '../../dist/store/read-log.js';
import { verifyLedger } from '../../dist/store/verify.js';

/** The first ones open the connections and prepare the statements: they do not count. */
const WARM = 12;

/** The trail of one task after the other, as `log #142.2` reads it, places and numbers with it; the time of each in ms. */
export async function trails(ground, { count }) {
  const sql = connect(ground.url, 4);
  try {
    const tasks = await sql`select id from task tablesample system_rows(${count + WARM})`.catch(
      () => sql`select id from task order by md5(id::text) limit ${count + WARM}`,
    );
    const store = logReads(sql);
    const times = [];
    let entries = 0;
    for (const { id: task } of tasks) {
      const start = performance.now();
      const page = await store.log(
        { reach: 'all', task },
        { towards: 'newer', cursor: null, limit: 500 },
      );
      times.push(performance.now() - start);
      entries += page.rows.length;
    }
    return { times: times.slice(WARM), entries: entries / tasks.length };
  } finally {
    await sql.end();
  }
}

/** The whole record in pages of 1,000, as `aios log --json` reads it: entries a second. */
export async function stream(ground) {
  const sql = connect(ground.url, 4);
  try {
    const store = logReads(sql);
    const start = performance.now();
    let [entries, bytes, cursor] = [0, 0, null];
    do {
      const page = await store.log(
        { reach: 'all' },
        { towards: 'newer', cursor, limit: 1_000, bare: true },
      );
      entries += page.rows.length;
      for (const row of page.rows) bytes += row.bytes.length + 1;
      cursor = page.next;
    } while (cursor !== null);
    return { entries, bytes, perSecond: entries / ((performance.now() - start) / 1000) };
  } finally {
    await sql.end();
  }
}

/** Verifies everything, or one client, as `aios ledger verify` does. */
export async function verified(ground, { folder, client, rounds }) {
  const [signing, owner] = [connect(ground.urls.sequencer, 1), connect(ground.owner, 1)];
  try {
    const { keys, signed } = await lookAtLogs(signing, folder);
    const vkeys = (origin) => vkeysOf(keys, origin);
    const trust = { vkeys, signed: [...signed.values()], given: [], kept: [] };
    const whose = client === undefined ? 'all' : { client };
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now();
      const { entries, findings } = await verifyLedger(owner, { trust, whose });
      const ms = performance.now() - start;
      const faults = findings.filter(({ level }) => level === 'fault');
      runs.push({ entries, ms, perSecond: entries / (ms / 1000), faults: faults.length });
      if (faults.length > 0)
        throw new Error(`the record of the bench is not sound: ${faults[0].says}`);
    }
    return runs;
  } finally {
    await Promise.all([signing.end(), owner.end()]);
  }
}

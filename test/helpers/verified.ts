import { keysFolder } from '../../src/main/base.ts';
import { logFolder } from '../../src/main/ledger.ts';
import { connect } from '../../src/store/connect.ts';
import { vkeysOf } from '../../src/store/log-keys.ts';
import { lookAtLogs } from '../../src/store/look-logs.ts';
import { verifyLedger } from '../../src/store/verify.ts';
import type { Running } from './aios.ts';

/** What verification says of everything that was recorded until now. */
export async function verified({ aios, adminUrl }: Running) {
  await aios.base.ledger.round();
  const sql = connect(adminUrl, 1);
  try {
    const logs = await lookAtLogs(sql, logFolder(keysFolder(aios.base.config, true)));
    if (logs === null) throw new Error('the practice is founded');
    const vkeys = (origin: string) => vkeysOf(logs.keys, origin);
    const trust = { vkeys, signed: [...logs.signed.values()], given: [], kept: [] };
    return await verifyLedger(sql, { trust, whose: 'all' });
  } finally {
    await sql.end();
  }
}

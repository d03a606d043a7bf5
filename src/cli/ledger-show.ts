import { Fault } from '../core/fault.ts';
import type { ClientId } from '../core/id.ts';
import { shortCheckpoint } from '../ledger/checkpoint.ts';
import { signersOf, vkeysOf } from '../store/log-keys.ts';
import type { LogRow, Logs } from '../store/look-logs.ts';
import type { Signed } from '../store/signed.ts';
import type { Config } from '../config.ts';
import { atDesk, clientNamed, nameOf, readArgs } from './ledger-desk.ts';

/** The last signed state of each open log that has one. */
function signedLogs({ rows, signed }: Logs): readonly { row: LogRow; signed: Signed }[] {
  return rows.flatMap((row) => {
    const file = signed.get(row.id);
    return row.closed || file?.is !== 'sound' ? [] : [{ row, signed: file.signed }];
  });
}

/**
 * `aios ledger checkpoint`: one line for each log: whose, where it stands, its name. With one named, its signed
 * checkpoint and nothing else, so that it can go into a file.
 */
export async function showCheckpoints(config: Config, args: readonly string[]): Promise<string> {
  const { values } = readArgs(args, {
    client: { type: 'string' },
    practice: { type: 'boolean' },
  });
  return atDesk(config, async (desk) => {
    const logs = signedLogs(await desk.logs());
    if (values.client !== undefined) return noteOf(logs, clientNamed(desk, values.client));
    if (values.practice === true) return noteOf(logs, null);
    const lines = logs.map(({ row, signed: { frontier, root } }) => {
      const mark = shortCheckpoint({ size: frontier.size, root });
      return `${nameOf(desk, row.clientId)}  ${mark}  ${row.origin}\n`;
    });
    return lines.join('');
  });
}

function noteOf(logs: ReturnType<typeof signedLogs>, client: ClientId | null): string {
  const found = logs.find(({ row }) => row.clientId === client);
  if (found !== undefined) return found.signed.note;
  throw new Fault('not_found', 'Nothing of that log is signed yet. Sign it: aios ledger sequence');
}

/**
 * `aios ledger keys`: for each log that is or was, the verifier keys of those that ever signed it, the first one first,
 * one a line: log, `signs` or `retired`, key.
 */
export async function showKeys(config: Config, args: readonly string[]): Promise<string> {
  readArgs(args, {});
  return atDesk(config, async (desk) => {
    const logs = await desk.logs();
    const lines = logs.rows.flatMap((row) => {
      const now = row.closed ? [] : signersOf(logs.keys, row.origin).map(({ vkey }) => vkey);
      return keysThatSigned(logs, row).map((vkey) => {
        const state = now.includes(vkey) ? 'signs' : 'retired';
        return `${nameOf(desk, row.clientId)}  ${state}  ${vkey}\n`;
      });
    });
    return lines.join('');
  });
}

function keysThatSigned({ keys, signed }: Logs, { id, origin }: LogRow): readonly string[] {
  const file = signed.get(id);
  return file?.is === 'sound' ? file.signed.vkeys : vkeysOf(keys, origin);
}

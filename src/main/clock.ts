import { randomBytes } from 'node:crypto';
import { moment } from '../core/moment.ts';
import type { Clock } from '../flow/ports/world.ts';

/** The machine's own time, and UUID v7 (RFC 9562) made from it: ids of one process sort in the order they were made. */
export const CLOCK: Clock = {
  now: () => moment(Date.now()),
  newId: <T extends string>() => uuid7(nextTick()) as T,
};

/** RFC 9562, 6.2, method 1: the 12 bits behind the milliseconds count, so that one act's entries read back in order. */
type Tick = { readonly ms: number; readonly count: number };

const COUNTS = 4096;
let last: Tick = { ms: 0, count: 0 };

function nextTick(): Tick {
  const ms = Date.now();
  const { count } = last;
  if (ms > last.ms) last = { ms, count: 0 };
  else if (count + 1 < COUNTS) last = { ms: last.ms, count: count + 1 };
  else last = { ms: last.ms + 1, count: 0 };
  return last;
}

function uuid7({ ms, count }: Tick): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | count, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

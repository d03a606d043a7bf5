import { randomBytes } from 'node:crypto';
import { moment } from '../core/moment.ts';
import type { Clock } from '../flow/ports/world.ts';

/** The machine's own time, and UUID v7 (RFC 9562) made from it. */
export const CLOCK: Clock = {
  now: () => moment(Date.now()),
  newId: <T extends string>() => uuid7(Date.now()) as T,
};

function uuid7(ms: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
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

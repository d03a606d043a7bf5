/** A process that turns the key of a client again and again until it is killed; says so before it begins. */
import type { ClientId } from '../../src/core/id.ts';
import { CLOCK } from '../../src/main/clock.ts';
import { connectEraser } from '../../src/store/erase.ts';
import { openKeys } from '../../src/store/keys.ts';
import { rotateKeys } from '../../src/store/rotate-keys.ts';

const env = (name: string): string => process.env[name] ?? '';

const deps = {
  sql: connectEraser(env('ERASER')),
  keys: await openKeys(env('KEYS')),
  stamp: { build: 'test', origin: 'test', policy: () => 'ab'.repeat(32) },
  clock: CLOCK,
};
await deps.sql`select 1`;
process.stdout.write('turning\n');
const client = env('CLIENT') as ClientId;
for (;;) await rotateKeys(deps, { client, actor: { kind: 'system', id: 'test' } });

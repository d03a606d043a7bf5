import type { Actor, EntryDraft, EntryValue } from '../core/entry.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { Moment } from '../core/moment.ts';
import { canonical } from './canonical.ts';

/** An entry as it is read back from its own bytes. */
export type Entry = {
  readonly id: string;
  readonly nonce: string;
  readonly type: EntryType;
  readonly at: Moment;
  readonly cause: string | null;
  readonly build: string;
  readonly origin: string;
  readonly policy: string;
  readonly actor: Actor;
  readonly rule: string | null;
  readonly client: string | null;
  readonly request: string | null;
  readonly task: string | null;
  readonly attempt: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly lane: string | null;
  readonly model: string | null;
  readonly persona: string | null;
  readonly draft: string | null;
  readonly costNano: number | null;
  readonly minutes: number | null;
  readonly data: { readonly [key: string]: EntryValue };
};

type Wire = { readonly [key: string]: EntryValue };

/** Every key an entry of version 1 may have, by where it stands: what nobody reads could be changed unseen. */
const KEYS = {
  entry:
    'v id nonce type at cause build env actor rule client request task attempt from to lane model persona cost_nano minutes draft data',
  env: 'origin policy_sha256',
  actor: 'kind id version',
} as const;

/**
 * Reads sealed bytes back. Throws Error when the bytes are not canonical: a record that can be written in two ways
 * could be swapped unseen.
 */
export function readEntry(bytes: Uint8Array): Entry {
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const wire = JSON.parse(json) as Wire;
  if (canonical(wire) !== json) throw new Error('the bytes of an entry are not canonical JSON');
  if (wire['v'] !== 1) throw new Error(`an entry has version 1, got ${JSON.stringify(wire['v'])}`);
  const env = wire['env'] as Wire;
  refuseUnknown('entry', wire);
  refuseUnknown('env', env);
  refuseUnknown('actor', wire['actor'] as Wire);
  return {
    id: text(wire, 'id'),
    nonce: text(wire, 'nonce'),
    type: text(wire, 'type').replace(/^aios\./, '') as EntryType,
    at: wire['at'] as Moment,
    cause: textOf(wire, 'cause'),
    build: text(wire, 'build'),
    origin: text(env, 'origin'),
    policy: text(env, 'policy_sha256'),
    actor: wire['actor'] as unknown as Actor,
    rule: textOf(wire, 'rule'),
    client: textOf(wire, 'client'),
    request: textOf(wire, 'request'),
    task: textOf(wire, 'task'),
    attempt: textOf(wire, 'attempt'),
    from: textOf(wire, 'from'),
    to: textOf(wire, 'to'),
    lane: textOf(wire, 'lane'),
    model: textOf(wire, 'model'),
    persona: textOf(wire, 'persona'),
    draft: textOf(wire, 'draft'),
    costNano: numberOf(wire, 'cost_nano'),
    minutes: numberOf(wire, 'minutes'),
    data: wire['data'] as Wire,
  };
}

const ABOUT = [
  'rule',
  'client',
  'request',
  'task',
  'attempt',
  'from',
  'to',
  'lane',
  'model',
  'persona',
  'draft',
  'costNano',
  'minutes',
] as const;

/** What was drafted before it was sealed, from what was read back: absent where the entry says nothing. */
export function draftOf(entry: Entry): EntryDraft {
  const said = ABOUT.filter((name) => entry[name] !== null).map((name) => [name, entry[name]]);
  const { type, actor, data } = entry;
  return { type, actor, data, ...Object.fromEntries(said) } as EntryDraft;
}

function refuseUnknown(part: keyof typeof KEYS, wire: Wire): void {
  const known = KEYS[part].split(' ');
  const unknown = Object.keys(wire).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Error(`the ${part} of an entry has no key ${unknown}`);
}

function text(wire: Wire, key: string): string {
  const value = wire[key];
  if (typeof value !== 'string') throw new Error(`an entry has a text ${key}, got none`);
  return value;
}

function textOf(wire: Wire, key: string): string | null {
  const value = wire[key];
  return typeof value === 'string' ? value : null;
}

function numberOf(wire: Wire, key: string): number | null {
  const value = wire[key];
  return typeof value === 'number' ? value : null;
}

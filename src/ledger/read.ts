import type { Actor, EntryDraft, EntryValue } from '../core/entry.ts';
import type { EntryType } from '../core/entry-type.ts';
import { moment } from '../core/moment.ts';
import type { Moment } from '../core/moment.ts';
import { isCanonical } from './canonical.ts';

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

const keys = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Every key an entry of version 1 may have, by where it stands: what nobody reads could be changed unseen. */
const KEYS = {
  entry: keys(
    'v id nonce type at cause build env actor rule client request task attempt from to lane model persona cost_nano minutes draft data',
  ),
  env: keys('origin policy_sha256'),
  actor: keys('kind id version'),
} as const;

const PREFIX = 'aios.';

/** Bytes that could be left out or spelled otherwise are refused, a byte order mark too. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads sealed bytes back. Throws Error when the bytes are not canonical, or not an entry of version 1: a record that
 * can be written in two ways, or holds what nobody reads, could be swapped unseen.
 */
export function readEntry(bytes: Uint8Array): Entry {
  const json = UTF8.decode(bytes);
  const value = JSON.parse(json) as EntryValue;
  if (!isCanonical(json, value)) throw new Error('the bytes of an entry are not canonical JSON');
  const wire = recordOf('entry', value);
  if (wire['v'] !== 1) throw new Error(`an entry has version 1, got ${JSON.stringify(wire['v'])}`);
  const env = recordOf('env', wire['env']);
  const actor = recordOf('actor', wire['actor']);
  return {
    id: text(wire, 'id'),
    nonce: text(wire, 'nonce'),
    type: typeOf(wire),
    at: moment(number(wire, 'at')),
    cause: wire['cause'] === null ? null : text(wire, 'cause'),
    build: text(wire, 'build'),
    origin: text(env, 'origin'),
    policy: text(env, 'policy_sha256'),
    actor: actorOf(actor),
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
    costNano: wire['cost_nano'] === undefined ? null : number(wire, 'cost_nano'),
    minutes: wire['minutes'] === undefined ? null : number(wire, 'minutes'),
    data: recordOf('data', wire['data']),
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

/** A record with none but known keys; what `data` may hold depends on the type and is looked at as a shape. */
function recordOf(part: keyof typeof KEYS | 'data', value: EntryValue | undefined): Wire {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`expected a record as the ${part} of an entry, got none`);
  const wire = value as Wire;
  if (part === 'data') return wire;
  for (const key in wire)
    if (!KEYS[part].has(key)) throw new Error(`the ${part} of an entry has no key ${key}`);
  return wire;
}

function typeOf(wire: Wire): EntryType {
  const type = text(wire, 'type');
  if (!type.startsWith(PREFIX)) throw new Error('the type of an entry begins with aios.');
  return type.slice(PREFIX.length) as EntryType;
}

function actorOf(wire: Wire): Actor {
  text(wire, 'kind');
  text(wire, 'id');
  textOf(wire, 'version');
  return wire as unknown as Actor;
}

function text(wire: Wire, key: string): string {
  const value = wire[key];
  if (typeof value !== 'string') throw new Error(`an entry has a text ${key}, got none`);
  return value;
}

/** Null for what is left out. What is there is a text: a number in its place would be read as nothing. */
function textOf(wire: Wire, key: string): string | null {
  return wire[key] === undefined ? null : text(wire, key);
}

function number(wire: Wire, key: string): number {
  const value = wire[key];
  if (typeof value !== 'number') throw new Error(`an entry has a number ${key}, got none`);
  return value;
}

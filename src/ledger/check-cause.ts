import type { EntryType } from '../core/entry-type.ts';
import type { Invariant } from './invariant.ts';

/** What a person, a schedule or an entry of another log may begin: nothing in this log needs to have led to it. */
const BEGINNINGS: ReadonlySet<EntryType> = new Set([
  'practice.founded',
  'person.seen',
  'client.created',
  'channel.bound',
  'rules.accepted',
  'rule.published',
  'persona.published',
  'persona.accepted',
  'price.published',
  'request.received',
  'request.placed',
  'estimate.recorded',
  'cost.adjusted',
  'seat.closed',
  'seat.allocated',
  'digest.posted',
  'content.erased',
  'keys.rotated',
  'key.rotated',
  'key.retired',
  'log.restored',
  'export.made',
]);

export const cause: Invariant = {
  name: 'cause',
  holds:
    'Every entry names the entry that led to it, and that came before it in the same log. A few types may begin something: a request, a client, a setting.',
  level: 'fault',
  of: 'all',
  broken: ({ entry, causeAt }) => {
    if (BEGINNINGS.has(entry.type)) return undefined;
    if (entry.cause === null) return 'expected the entry that led to it, got none';
    if (causeAt !== -1) return undefined;
    return `expected its cause ${entry.cause} before it in this log, got no such entry`;
  },
};

import { isTechnicalName } from '../core/technical-name.ts';
import { HASH, ID } from './field.ts';
import type { Invariant } from './invariant.ts';
import type { Entry } from './read.ts';
import { misshapenEntry } from './shape.ts';

const NONCE = /^[0-9a-f]{32}$/;

/** Every field is known and of its kind: no free text, nothing personal. */
export const shape: Invariant = {
  name: 'shape',
  holds:
    'Every field is one of the closed table and holds what that says: no free text, nothing personal.',
  level: 'fault',
  of: 'all',
  broken: ({ entry }) => wrongShape(entry),
};

/** What is wrong with an entry by itself, as a sentence; undefined for a sound one. */
export function wrongShape(entry: Entry): string | undefined {
  return envelope(entry) ?? misshapenEntry(entry);
}

function envelope(entry: Entry): string | undefined {
  if (!ID.fits(entry.id)) return 'expected an id that is a UUID, got another text';
  if (entry.cause !== null && !ID.fits(entry.cause))
    return 'expected a cause that is a UUID, got another text';
  if (!NONCE.test(entry.nonce)) return 'expected a nonce of 16 bytes in hex, got another text';
  if (!HASH.fits(entry.policy))
    return 'expected the rule set as a SHA-256 in hex, got another text';
  if (!isTechnicalName(entry.build))
    return 'expected the build as a technical name, got another text';
  if (!isTechnicalName(entry.origin))
    return 'expected the origin as a technical name, got another text';
  return undefined;
}

import type { EntryDraft, EntryValue } from '../core/entry.ts';
import type { EntryId } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import { canonical } from './canonical.ts';
import { misshapen } from './shape.ts';

/** The largest entry: a leaf of the log holds at most 65,535 bytes (C2SP tlog-tiles). */
export const MAX_ENTRY_BYTES = 65_535;

/** What the world adds to an entry: identity, time, and under which build and rules it was written. */
export type Envelope = {
  readonly id: EntryId;
  /** 16 random bytes as hex, so that no leaf can be guessed from its contents. */
  readonly nonce: string;
  readonly at: Moment;
  /** The entry that led to this one; null only where a person or a clock began it. */
  readonly cause: EntryId | null;
  /** Version and commit of the program that wrote it. */
  readonly build: string;
  /** SHA-256 hex of the rule set in force. */
  readonly policy: string;
  /** `practice` or `rehearsal/practice`: whether stand-ins may have answered. */
  readonly origin: string;
};

export type SealedEntry = {
  readonly draft: EntryDraft;
  readonly envelope: Envelope;
  readonly bytes: Uint8Array;
};

/**
 * The exact bytes of an entry: canonical JSON, UTF-8. The bytes are the record; every typed column beside them is
 * a projection that can be derived from them again. Throws RangeError over MAX_ENTRY_BYTES, and for anything that the
 * closed table of fields does not know: free text cannot be sealed.
 */
export function seal(draft: EntryDraft, envelope: Envelope): SealedEntry {
  const wrong = misshapen(draft);
  if (wrong !== undefined) throw new RangeError(`an entry cannot say this: ${wrong}`);
  const bytes = new TextEncoder().encode(canonical(wire(draft, envelope)));
  if (bytes.length > MAX_ENTRY_BYTES)
    throw new RangeError(`an entry has at most ${MAX_ENTRY_BYTES} bytes, got ${bytes.length}`);
  return { draft, envelope, bytes };
}

function wire(draft: EntryDraft, envelope: Envelope): EntryValue {
  const { type, actor, costNano, data, ...rest } = draft;
  return prune({
    v: 1,
    id: envelope.id,
    nonce: envelope.nonce,
    type: `aios.${type}`,
    at: envelope.at,
    cause: envelope.cause,
    build: envelope.build,
    env: { origin: envelope.origin, policy_sha256: envelope.policy },
    actor: prune(actor),
    ...rest,
    cost_nano: costNano,
    data: data ?? {},
  });
}

/** Leaves out what is undefined, so that an absent field and an undefined one have the same bytes. */
function prune(record: Record<string, EntryValue | undefined>): EntryValue {
  return Object.fromEntries(
    Object.entries(record).filter((pair): pair is [string, EntryValue] => pair[1] !== undefined),
  );
}

import type { Actor, EntryDraft } from '../../src/core/entry.ts';
import type { EntryType } from '../../src/core/entry-type.ts';
import type { EntryId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import type { Moment } from '../../src/core/moment.ts';
import { seal } from '../../src/ledger/seal.ts';
import type { SealedEntry } from '../../src/ledger/seal.ts';
import type { Dice } from './dice.ts';
import { sampleData } from './entries.ts';

/** The entries of one log, in order; null is the log of the practice. */
export type Written = { readonly client: string | null; readonly entries: SealedEntry[] };

/** Writes entries as the store seals them, each a little later than the one before, into the log of its client. */
export type Pen = {
  readonly dice: Dice;
  readonly logs: ReadonlyMap<string | null, Written>;
  now(): Moment;
  /** Data that is not given is the least the type must say. */
  note(draft: Partial<EntryDraft> & { readonly type: EntryType }, cause: string | null): EntryId;
  id(): string;
  hash(): string;
  body(): { id: string; hmac_sha256: string; bytes: number };
};

/** Every rule of these histories is one of a few, as in a practice whose rules change now and then. */
export const RULES = Array.from({ length: 12 }, (_, i) => {
  const hash = `${i}`.padStart(2, '0').repeat(8);
  return `life.yaml#RULE-${i}@${hash}`;
});

/** SHA-256 of the one price of these histories. */
export const PRICE = 'c3'.repeat(32);

export const SYSTEM: Actor = { kind: 'system', id: 'aios' };

/** Opens a pen; the first entry is written at `from`. */
export function openPen(dice: Dice, from: number): Pen {
  const logs = new Map<string | null, Written>();
  let at = from;
  const id = (): string => dice.uuid(at);
  return {
    dice,
    logs,
    now: () => moment(at),
    id,
    hash: () => dice.hex(64),
    body: () => ({ id: id(), hmac_sha256: dice.hex(64), bytes: dice.below(9_000) }),
    note: ({ type, actor = SYSTEM, data, ...rest }, cause) => {
      at += 1 + dice.below(90_000);
      const client = rest.client ?? null;
      const log = logs.get(client) ?? { client, entries: [] };
      logs.set(client, log);
      const full: EntryDraft = { type, actor, ...rest, data: { ...sampleData(type), ...data } };
      const sealed = seal(full, {
        id: id() as EntryId,
        nonce: dice.hex(32),
        at: moment(at),
        cause: cause as EntryId | null,
        build: '0.1.0+0123456789ab',
        policy: 'ab'.repeat(32),
        origin: 'practice',
      });
      log.entries.push(sealed);
      return sealed.envelope.id;
    },
  };
}

import { canonical } from '../../src/ledger/canonical.ts';
import { signedOf, strangers } from './bare-ledger.ts';
import type { BareLedger, Signed } from './bare-ledger.ts';
import { newSigner } from './bundle.ts';
import { throwDice } from './dice.ts';
import type { Dice } from './dice.ts';
import { cut, dropped, IN_BYTES, movedElsewhere, swapped, twice } from './tamper.ts';
import type { InOrder, Moved } from './tamper.ts';
import type { Signer } from '../../src/ledger/note.ts';

/**
 * A ledger that was tampered with, and the place a finding must name: the first entry that differs, the entries of which
 * it is one, or a checkpoint.
 */
export type LedgerMutation = {
  readonly what: string;
  readonly ledger: BareLedger;
  readonly place:
    { readonly entry: number } | { readonly among: number } | { readonly checkpoint: number };
};

type Make = (ledger: BareLedger, dice: Dice, own: Signer) => LedgerMutation | null;

/** One way after another to tamper with a ledger whose key is `own`; the same seed gives the same. */
export function mutateLedger(ledger: BareLedger, seed: number, own: Signer): LedgerMutation {
  const dice = throwDice(seed);
  for (;;) {
    const made = dice.pick(WAYS)(ledger, dice, own);
    if (made !== null) return made;
  }
}

type Entries = readonly Buffer[];
/** A change of the entries alone; null where nothing came of it. */
type Change = (entries: Entries, dice: Dice) => Moved<Buffer> | null;

const order =
  (way: InOrder): Change =>
  (entries, dice) =>
    way(entries, dice);

const inOneEntry = IN_BYTES.map(([what, change]): readonly [string, Change] => [
  `${what} in an entry`,
  (entries, dice) => {
    const at = dice.below(entries.length);
    const before = entries[at] ?? Buffer.alloc(0);
    const after = change(Buffer.from(before), dice);
    return after.equals(before) ? null : { entries: entries.with(at, after), at };
  },
]);

const others = strangers();

/** An entry that says something else in proper form. */
const reworded: Change = (entries, dice) => {
  const at = dice.below(entries.length);
  const said = JSON.parse(String(entries[at])) as Record<string, unknown>;
  const to = dice.pick([{ nonce: dice.hex(32) }, { build: '0.2.0+ba9876543210' }]);
  return { entries: entries.with(at, Buffer.from(canonical({ ...said, ...to }))), at };
};

const CHANGES: readonly (readonly [string, Change])[] = [
  ...inOneEntry,
  ['an entry less', order(dropped)],
  ['two entries exchanged', order(swapped)],
  ['an entry elsewhere', order(movedElsewhere)],
  ['an entry twice', order(twice)],
  ['a cut tail', order(cut)],
  ['an entry that says something else', reworded],
  [
    'several entries less',
    (entries, dice) => {
      const at = dice.below(entries.length - 1);
      return { entries: entries.toSpliced(at, 2 + dice.below(4)), at };
    },
  ],
  [
    'an entry of another log put in',
    (entries, dice) => {
      const at = dice.below(entries.length + 1);
      return { entries: entries.toSpliced(at, 0, dice.pick(others)), at };
    },
  ],
  [
    'an entry of another log in place of one',
    (entries, dice) => {
      const at = dice.below(entries.length);
      return { entries: entries.with(at, dice.pick(others)), at };
    },
  ],
];

/** Somebody changed the entries and signed nothing. */
const plainly = CHANGES.map(([what, change]): Make => {
  return (ledger, dice) => {
    const made = change(ledger.entries, dice);
    if (made === null) return null;
    return { what, ledger: { ...ledger, entries: made.entries }, place: { entry: made.at } };
  };
});

/** Somebody changed the entries and signed all of it anew with a key of their own. */
const withFreshKey = CHANGES.map(([what, change]): Make => {
  return (ledger, dice) => {
    const made = change(ledger.entries, dice);
    if (made === null || made.entries.length === 0) return null;
    const checkpoints = signedOf(made.entries, newSigner(), 8);
    return {
      what: `${what}, signed anew with a fresh key`,
      ledger: { ...ledger, entries: made.entries, checkpoints },
      place: { checkpoint: made.entries.length },
    };
  };
});

/** Somebody who has the key did: only what was kept elsewhere shows it, as exactly as it lies close. */
const withOwnKey = CHANGES.map(([what, change]): Make => {
  return (ledger, dice, own) => {
    const made = change(ledger.entries, dice);
    if (made === null) return null;
    return {
      what: `${what}, signed anew with the key itself`,
      ledger: { ...ledger, entries: made.entries, checkpoints: signedOf(made.entries, own, 8) },
      place: { among: made.at },
    };
  };
});

function resigned({ checkpoints }: BareLedger, at: number, note: string): readonly Signed[] {
  const one = checkpoints[at];
  return one === undefined ? checkpoints : checkpoints.with(at, { ...one, note });
}

const inOneCheckpoint = IN_BYTES.map(([what, change]): Make => {
  return (ledger, dice) => {
    const at = dice.below(ledger.checkpoints.length);
    const before = ledger.checkpoints[at]?.note ?? '';
    const note = change(Buffer.from(before), dice).toString('utf8');
    if (note === before) return null;
    return {
      what: `${what} in a checkpoint`,
      ledger: { ...ledger, checkpoints: resigned(ledger, at, note) },
      place: { checkpoint: at + 1 },
    };
  };
});

const WAYS: readonly Make[] = [
  ...plainly,
  ...withFreshKey,
  ...withOwnKey,
  ...inOneCheckpoint,
  (ledger, dice) => {
    const at = dice.below(ledger.checkpoints.length);
    const other = (at + 1 + dice.below(ledger.checkpoints.length - 1)) % ledger.checkpoints.length;
    const note = ledger.checkpoints[other]?.note ?? '';
    return {
      what: 'a checkpoint of another size',
      ledger: { ...ledger, checkpoints: resigned(ledger, at, note) },
      place: { checkpoint: at + 1 },
    };
  },
];

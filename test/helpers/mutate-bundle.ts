import { throwDice } from './dice.ts';
import type { Dice } from './dice.ts';
import { bundleOf, newSigner, resign } from './bundle.ts';
import type { Bundle } from './bundle.ts';
import { cut, dropped, IN_BYTES, swapped, twice } from './tamper.ts';
import type { InOrder } from './tamper.ts';

/** A bundle that was tampered with, and a name of one of the files a finding must be about. */
export type Mutation = {
  readonly what: string;
  readonly files: Map<string, Uint8Array>;
  readonly places: readonly string[];
};

type Make = (bundle: Bundle, dice: Dice) => Mutation | null;

/** One way after another to tamper with a bundle; the same seed gives the same. */
export function mutateBundle(bundle: Bundle, seed: number): Mutation {
  const dice = throwDice(seed);
  for (;;) {
    const made = dice.pick(WAYS)(bundle, dice);
    if (made !== null) return made;
  }
}

const names = ({ files }: Bundle): readonly string[] => [...files.keys()];

function changed(bundle: Bundle, name: string, bytes: Uint8Array): Map<string, Uint8Array> {
  return new Map(bundle.files).set(name, bytes);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Changes of the bytes of one file, whichever it is. */
const inBytes = IN_BYTES.map(([what, change]): Make => {
  return (bundle, dice) => {
    const name = dice.pick(names(bundle));
    const before = bundle.files.get(name) ?? new Uint8Array();
    const after = change(Buffer.from(before), dice);
    if (same(before, after)) return null;
    return { what: `${what} in ${name}`, files: changed(bundle, name, after), places: [name] };
  };
});

type Change = (lines: readonly string[], dice: Dice) => readonly string[];

/** A change of the lines of the record. */
function inEntries(what: string, change: Change): Make {
  return (bundle, dice) => {
    const after = change(bundle.lines, dice);
    if (after.join('\n') === bundle.lines.join('\n')) return null;
    const bytes = Buffer.from(after.map((line) => `${line}\n`).join(''));
    const files = changed(bundle, 'entries.jsonl', bytes);
    return { what: `${what} in the record`, files, places: ['entries.jsonl'] };
  };
}

/** Everything made anew, with whatever was changed, under a key of one's own. */
function rechained(change: Change): Make {
  return (bundle, dice) => {
    const lines = change(bundle.lines, dice);
    const forged = bundleOf({ lines, signer: newSigner() });
    return {
      what: 'a record made anew under a fresh key',
      files: forged.files,
      places: ['checkpoint', 'manifest', 'key'],
    };
  };
}

const order =
  (way: InOrder): Change =>
  (lines, dice) =>
    way(lines, dice).entries;

const WAYS: readonly Make[] = [
  ...inBytes,
  inEntries('an entry less', order(dropped)),
  inEntries('two entries exchanged', order(swapped)),
  inEntries('an entry twice', order(twice)),
  inEntries('a cut tail', order(cut)),
  inEntries('another digit', (lines, dice) => {
    const at = dice.below(lines.length);
    const digit = (_: string, found: string): string => `"at":${(Number(found) % 9) + 1}`;
    return lines.with(at, (lines[at] ?? '').replace(/"at":(\d)/, digit));
  }),
  (bundle, dice) => {
    const name = dice.pick(names(bundle));
    const files = new Map(bundle.files);
    files.delete(name);
    return { what: `${name} missing`, files, places: [name] };
  },
  (bundle, dice) => {
    const name = dice.pick([
      'notes.txt',
      'rules/more.txt',
      'report2.html',
      `rules/${dice.hex(64)}.txt`,
    ]);
    return {
      what: `${name} added`,
      files: changed(bundle, name, Buffer.from(dice.hex(8))),
      places: [name],
    };
  },
  (bundle, dice) => {
    const name = dice.pick(names(bundle));
    const files = changed(bundle, `${name}.bak`, bundle.files.get(name) ?? new Uint8Array());
    files.delete(name);
    return { what: `${name} renamed`, files, places: [name, `${name}.bak`] };
  },
  (bundle, dice) => {
    const [a, b] = [dice.pick(names(bundle)), dice.pick(names(bundle))];
    const [one, other] = [bundle.files.get(a), bundle.files.get(b)];
    if (one === undefined || other === undefined || same(one, other)) return null;
    const files = changed(bundle, a, other).set(b, one);
    return { what: `${a} and ${b} exchanged`, files, places: [a, b] };
  },
  (bundle, dice) => {
    const name = dice.pick(
      names(bundle).filter((one) => one !== 'manifest' && one !== 'verify.mjs'),
    );
    const bytes = Buffer.from(bundle.files.get(name) ?? []);
    bytes[dice.below(bytes.length)] = 33 + dice.below(90);
    const files = changed(bundle, name, bytes);
    if (same(bytes, bundle.files.get(name) ?? new Uint8Array())) return null;
    resign(files, newSigner(), bundle.signer.vkey);
    return {
      what: `${name} changed, and the list signed by a fresh key`,
      files,
      places: ['manifest'],
    };
  },
  rechained(order(dropped)),
  rechained(order(swapped)),
  rechained(order(cut)),
];

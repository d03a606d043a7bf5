import { throwDice } from './dice.ts';
import type { Dice } from './dice.ts';
import { bundleOf, newSigner, resign } from './bundle.ts';
import type { Bundle } from './bundle.ts';

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

/** A change of the bytes of one file, whichever it is. */
function inBytes(what: string, change: (bytes: Buffer, dice: Dice) => Buffer): Make {
  return (bundle, dice) => {
    const name = dice.pick(names(bundle));
    const before = bundle.files.get(name) ?? new Uint8Array();
    const after = change(Buffer.from(before), dice);
    if (same(before, after)) return null;
    return { what: `${what} in ${name}`, files: changed(bundle, name, after), places: [name] };
  };
}

/** A change of the lines of the record. */
function inEntries(what: string, change: (lines: string[], dice: Dice) => readonly string[]): Make {
  return (bundle, dice) => {
    const after = change([...bundle.lines], dice);
    if (after.join('\n') === bundle.lines.join('\n')) return null;
    const bytes = Buffer.from(after.map((line) => `${line}\n`).join(''));
    const files = changed(bundle, 'entries.jsonl', bytes);
    return { what: `${what} in the record`, files, places: ['entries.jsonl'] };
  };
}

function dropped(lines: string[], dice: Dice): string[] {
  lines.splice(dice.below(lines.length), 1);
  return lines;
}

function swapped(lines: string[], dice: Dice): string[] {
  const at = dice.below(lines.length - 1);
  lines.splice(at, 2, lines[at + 1] ?? '', lines[at] ?? '');
  return lines;
}

/** Everything made anew, with whatever was changed, under a key of one's own. */
function rechained(change: (lines: string[], dice: Dice) => string[]): Make {
  return (bundle, dice) => {
    const lines = change([...bundle.lines], dice);
    const forged = bundleOf({ lines, signer: newSigner() });
    return {
      what: 'a record made anew under a fresh key',
      files: forged.files,
      places: ['checkpoint', 'manifest', 'key'],
    };
  };
}

const WAYS: readonly Make[] = [
  inBytes('a flipped bit', (bytes, dice) => {
    const at = dice.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
    return bytes;
  }),
  inBytes('a changed byte', (bytes, dice) => {
    bytes[dice.below(bytes.length)] = dice.below(256);
    return bytes;
  }),
  inBytes('a byte less', (bytes, dice) => {
    const at = dice.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  }),
  inBytes('a byte more', (bytes, dice) => {
    const at = dice.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.of(dice.below(256)), bytes.subarray(at)]);
  }),
  inBytes('a cut tail', (bytes, dice) => bytes.subarray(0, dice.below(bytes.length))),
  inBytes('nothing left', () => Buffer.alloc(0)),
  inEntries('an entry less', dropped),
  inEntries('two entries exchanged', swapped),
  inEntries('an entry twice', (lines, dice) => {
    const at = dice.below(lines.length);
    return [...lines.slice(0, at), lines[at] ?? '', ...lines.slice(at)];
  }),
  inEntries('a cut tail', (lines, dice) => lines.slice(0, dice.below(lines.length))),
  inEntries('another digit', (lines, dice) => {
    const at = dice.below(lines.length);
    lines[at] = (lines[at] ?? '').replace(
      /"at":(\d)/,
      (_, digit: string) => `"at":${(Number(digit) % 9) + 1}`,
    );
    return lines;
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
  rechained(dropped),
  rechained(swapped),
  rechained((lines, dice) => lines.slice(0, 1 + dice.below(lines.length - 1))),
];

import { fromBase64, fromDecimal, shown } from './encoding.ts';
import { EMPTY_ROOT, HASH_BYTES } from './hash.ts';
import { checkText, openNote, readVkey, type Signer, signNote } from './note.ts';

/** What a log was at one moment: `root` is over its first `size` entries. */
export type Checkpoint = {
  /** Which log: the name of the key that signs it. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
};

/** The text to sign (https://c2sp.org/tlog-checkpoint): origin, size, root. Throws Error for what cannot be read back. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  const text = `${origin}\n${size}\n${root.toString('base64')}\n`;
  const back = readCheckpoint(text);
  if (back.origin !== origin) throw new Error(`an origin is one line, got ${shown(origin)}`);
  return text;
}

/**
 * Reads the text of a checkpoint, which says nothing before its signatures are checked. Extension lines are left out.
 * Throws Error for empty lines, leading zeros, a size beyond 2^53 - 1 and a root that is not 32 bytes of base64.
 */
export function readCheckpoint(text: string): Checkpoint {
  checkText(text);
  const lines = text.split('\n').slice(0, -1);
  const [origin, size, root] = lines;
  if (origin === undefined || size === undefined || root === undefined || lines.includes(''))
    throw new Error('a checkpoint has three lines or more, none of them empty');
  const checkpoint = { origin, size: fromDecimal(size), root: fromBase64(root) };
  if (checkpoint.root.length !== HASH_BYTES)
    throw new Error(`the root of a checkpoint has 32 bytes, got ${checkpoint.root.length}`);
  if (checkpoint.size === 0 && !checkpoint.root.equals(EMPTY_ROOT))
    throw new Error(`the root of an empty log is ${EMPTY_ROOT.toString('hex')}`);
  return checkpoint;
}

/** A signed checkpoint. Throws Error when none of the signers has the name of the log: nobody could open it. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly Signer[]): string {
  checkSigner(
    checkpoint,
    signers.map(({ vkey }) => vkey),
  );
  return signNote(checkpointText(checkpoint), signers);
}

/**
 * Opens a signed checkpoint; `signedBy` holds those of `vkeys` that signed it. Throws Error for whatever openNote and
 * readCheckpoint refuse, and when no key with the name of the log signed it: the key of one log cannot speak for another.
 */
export function openCheckpoint(
  note: string,
  vkeys: readonly string[],
): Checkpoint & { readonly signedBy: readonly string[] } {
  const { text, signedBy } = openNote(note, vkeys);
  const checkpoint = readCheckpoint(text);
  checkSigner(checkpoint, signedBy);
  return { ...checkpoint, signedBy };
}

/** `8,412 · 5bd1a09c`: the size and the first 8 hex digits of the root, for receipts and digests. */
export function shortCheckpoint({ size, root }: Pick<Checkpoint, 'size' | 'root'>): string {
  return `${size.toLocaleString('en-US')} · ${root.toString('hex', 0, 4)}`;
}

function checkSigner({ origin }: Checkpoint, vkeys: readonly string[]): void {
  const names = vkeys.map((vkey) => readVkey(vkey).name);
  if (!names.includes(origin))
    throw new Error(
      `expected the log ${shown(origin)} to sign, got ${names.map(shown).join(', ') || 'nobody'}`,
    );
}

import { type Checkpoint, openCheckpoint } from './checkpoint.ts';
import { fromBase64, fromDecimal, shown } from './encoding.ts';
import { HASH_BYTES } from './hash.ts';
import { rootFromInclusion } from './proof.ts';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';

/** What proves one entry to an outsider: where it stands, the hashes up to the root, the signed checkpoint as it was. */
export type EntryProof = {
  /** From 0. */
  readonly index: number;
  readonly proof: readonly Buffer[];
  /** The signed note. */
  readonly checkpoint: string;
};

/** The proof as one text (https://c2sp.org/tlog-proof), without extra data; a file of it ends in `.tlog-proof`. */
export function tlogProof({ index, proof, checkpoint }: EntryProof): string {
  const lines = [FIRST_LINE, `index ${index}`, ...proof.map((hash) => hash.toString('base64'))];
  const text = `${lines.join('\n')}\n\n${checkpoint}`;
  readProof(text);
  return text;
}

/**
 * Checks such a text for a leaf hash: the checkpoint is signed by the log it names, with one of `vkeys`, and the proof
 * leads to its root. Extra data may be there and says nothing. Throws Error otherwise.
 */
export function checkTlogProof(
  text: string,
  leaf: Buffer,
  vkeys: readonly string[],
): Checkpoint & { readonly index: number; readonly signedBy: readonly string[] } {
  const { index, proof, checkpoint } = readProof(text);
  const opened = openCheckpoint(checkpoint, vkeys);
  const root = rootFromInclusion({ leaf, index, size: opened.size, proof });
  if (!root.equals(opened.root))
    throw new Error(
      `the entry is not in the log at ${index}: expected the root ${opened.root.toString('hex')}, got ${root.toString('hex')}`,
    );
  return { index, ...opened };
}

function readProof(text: string): EntryProof {
  const end = text.indexOf('\n\n');
  if (end === -1) throw new Error('a proof has an empty line before its checkpoint, got none');
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (first !== FIRST_LINE) throw new Error(`expected ${FIRST_LINE}, got ${shown(first ?? '')}`);
  if (lines[0]?.startsWith('extra ')) fromBase64(lines.shift()?.slice('extra '.length) ?? '');
  const [index = '', ...hashes] = lines;
  if (!index.startsWith('index '))
    throw new Error(`expected "index <number>", got ${shown(index)}`);
  return {
    index: fromDecimal(index.slice('index '.length)),
    proof: hashes.map(readHash),
    checkpoint: text.slice(end + 2),
  };
}

function readHash(line: string): Buffer {
  const hash = fromBase64(line);
  if (hash.length !== HASH_BYTES) throw new Error(`a hash has 32 bytes, got ${hash.length}`);
  return hash;
}

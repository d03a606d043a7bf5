import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { makeSigner } from '../../src/ledger/note.ts';
import { inclusionProof } from '../../src/ledger/proof.ts';
import { checkTlogProof, tlogProof } from '../../src/ledger/tlog-proof.ts';
import { ENOCH, PETER, spoiledBytes } from './keys.ts';
import { reference, someLeaves } from './reference.ts';

const peter = makeSigner(PETER.name, PETER.key);
const LEAVES = someLeaves(60);
const TOLD = reference(LEAVES);
const VKEYS = [PETER.vkey];

function made(index: number, size: number) {
  const root = TOLD.root(size);
  const checkpoint = signCheckpoint({ origin: PETER.name, size, root }, [peter]);
  const proof = inclusionProof(LEAVES.slice(0, size), index);
  const text = tlogProof({ index, proof, checkpoint });
  return { text, root, proof, checkpoint, leaf: LEAVES[index] as Buffer };
}

test('a proof has the form of C2SP tlog-proof@v1', () => {
  const { text, proof, checkpoint } = made(3, 5);
  const [one, two, three] = proof.map((hash) => hash.toString('base64'));
  expect(proof).toHaveLength(3);
  expect(text).toBe(`c2sp.org/tlog-proof@v1\nindex 3\n${one}\n${two}\n${three}\n\n${checkpoint}`);
  // The only entry of a log needs no hash.
  const only = made(0, 1);
  expect(only.text).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${only.checkpoint}`);
});

test('every entry is proved, and no other in its place', () => {
  for (let size = 1; size <= LEAVES.length; size += 7)
    for (let index = 0; index < size; index += 1) {
      const { text, root, leaf } = made(index, size);
      expect(checkTlogProof(text, leaf, VKEYS)).toEqual({
        index,
        origin: PETER.name,
        size,
        root,
        signedBy: VKEYS,
      });
      const other = LEAVES[(index + 1) % LEAVES.length] as Buffer;
      expect(() => checkTlogProof(text, other, VKEYS)).toThrow(
        `the entry is not in the log at ${index}: expected the root ${root.toString('hex')}, got`,
      );
    }
});

test('any spoiled byte is refused', () => {
  const { text, leaf } = made(10, 21);
  for (const other of spoiledBytes(text))
    expect(() => checkTlogProof(other, leaf, VKEYS)).toThrow();
});

test('hashes in another order, left out or added are refused', () => {
  const entry = fc
    .integer({ min: 3, max: 60 })
    .chain((size) => fc.tuple(fc.nat({ max: size - 1 }), fc.constant(size), fc.nat()));
  fc.assert(
    fc.property(entry, ([index, size, at]) => {
      const { proof, checkpoint, leaf } = made(index, size);
      const i = at % proof.length;
      const others = [
        proof.toSpliced(i, 1),
        proof.toSpliced(i, 0, leaf),
        [...proof, leaf],
        ...(i > 0 ? [proof.toSpliced(i - 1, 2, proof[i] as Buffer, proof[i - 1] as Buffer)] : []),
      ];
      for (const other of others) {
        const text = tlogProof({ index, proof: other, checkpoint });
        expect(() => checkTlogProof(text, leaf, VKEYS)).toThrow();
      }
    }),
  );
});

test('extra data may be there and says nothing', () => {
  const { text, leaf } = made(3, 5);
  const withExtra = (line: string) => text.replace('index', `${line}index`);
  const told = checkTlogProof(text, leaf, VKEYS);
  expect(checkTlogProof(withExtra('extra YWdl\n'), leaf, VKEYS)).toEqual(told);
  for (const line of [
    'extra \n',
    'extra\n',
    'extra-YWdl\n',
    'extra YWdl \n',
    'extra YWd\n',
    'extra YWdl\nextra YWdl\n',
    'more\n',
  ])
    expect(() => checkTlogProof(withExtra(line), leaf, VKEYS)).toThrow();
});

test('a proof of another log is refused', () => {
  const { text, leaf } = made(3, 5);
  expect(() => checkTlogProof(text, leaf, [ENOCH.vkey])).toThrow(
    'expected a signature of EnochRoot+af0cfe78',
  );
});

test('texts of another form are refused', () => {
  const { text, leaf, checkpoint } = made(3, 5);
  const first = 'c2sp.org/tlog-proof@v1\n';
  for (const other of [
    '',
    checkpoint,
    text.trimEnd(),
    text.replace('@v1', '@v2'),
    `\n${text}`,
    text.replace('index 3', 'index 03'),
    text.replace('index 3', 'index -3'),
    text.replace('index 3', 'index 5'),
    text.replace('index 3', 'index'),
    text.replace('index 3\n', ''),
    text.replace('index 3', 'Index 3'),
    text.replaceAll('\n', '\r\n'),
    text.replace('\n\n', '\n\n\n'),
    text.replace('\n\n', '\n'),
    `${first}index 3\n${Buffer.alloc(31).toString('base64')}\n\n${checkpoint}`,
    `${text}\n`,
  ])
    expect(() => checkTlogProof(other, leaf, VKEYS)).toThrow();
  expect(() => checkTlogProof(text, Buffer.from('leaf'), VKEYS)).toThrow(
    'expected hashes of 32 bytes, got 4 bytes',
  );
});

test('what could not be read back is not written', () => {
  const { proof, checkpoint } = made(3, 5);
  expect(() => tlogProof({ index: -1, proof, checkpoint })).toThrow(
    'expected a whole number without leading zeros, got "-1"',
  );
  expect(() => tlogProof({ index: 3, proof: [Buffer.alloc(31)], checkpoint })).toThrow(
    'a hash has 32 bytes, got 31',
  );
});

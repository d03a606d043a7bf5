import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  readCheckpoint,
  shortCheckpoint,
  signCheckpoint,
} from '../../src/ledger/checkpoint.ts';
import { EMPTY_ROOT } from '../../src/ledger/hash.ts';
import { makeSigner, openNote, signNote } from '../../src/ledger/note.ts';
import { ENOCH, newSigner, PETER, spoiledBytes } from './keys.ts';
import { someLeaves } from './reference.ts';

const peter = makeSigner(PETER.name, PETER.key);
const enoch = makeSigner(ENOCH.name, ENOCH.key);
const [ROOT = Buffer.alloc(0)] = someLeaves(1);
const CHECKPOINT: Checkpoint = { origin: PETER.name, size: 8_412, root: ROOT };
const ROOT64 = ROOT.toString('base64');

describe('published vectors', () => {
  // https://c2sp.org/tlog-checkpoint
  const EXAMPLE =
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  const SIGNATURE =
    'Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=';

  test('the example of C2SP is read and written', () => {
    const read = readCheckpoint(EXAMPLE);
    expect(read).toEqual({
      origin: 'example.com/behind-the-sofa',
      size: 20_852_163,
      root: Buffer.from('0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62', 'hex'),
    });
    expect(checkpointText(read)).toBe(EXAMPLE);
  });

  test('its signature is that of the real head of sum.golang.org, which opens under its real origin', () => {
    // The key is in cmd/go/internal/modfetch/key.go.
    const vkey = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const text = EXAMPLE.replace('example.com/behind-the-sofa', 'go.sum database tree');
    const note = `${text}\n— sum.golang.org ${SIGNATURE}\n`;
    expect(openNote(note, [vkey])).toEqual({ text, signedBy: [vkey] });
    expect(() => openCheckpoint(note, [vkey])).toThrow(
      'expected the log "go.sum database tree" to sign, got "sum.golang.org"',
    );
    expect(() => openNote(`${EXAMPLE}\n— sum.golang.org ${SIGNATURE}\n`, [vkey])).toThrow(
      'the signature of sum.golang.org+033de0ae does not fit the note',
    );
  });

  // golang.org/x/mod sumdb/tlog, note_test.go
  test('the tree head of Go is read, and its bad ones are not', () => {
    const good =
      'go.sum database tree\n123456789012\nTszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=\n';
    expect(readCheckpoint(good).size).toBe(123_456_789_012);
    expect(readCheckpoint(`${good}JOE\n`)).toEqual(readCheckpoint(good));
    expect(() => readCheckpoint(good.replace('123456789012', '0xabcdef'))).toThrow();
    expect(() => readCheckpoint(good.replace('Bb0=', 'BTOOBIG='))).toThrow();
  });
});

test('what was signed is opened', () => {
  const note = signCheckpoint(CHECKPOINT, [peter, enoch]);
  expect(note.startsWith(`PeterNeumann\n8412\n${ROOT64}\n\n— PeterNeumann `)).toBe(true);
  expect(openCheckpoint(note, [PETER.vkey])).toEqual({ ...CHECKPOINT, signedBy: [PETER.vkey] });
  expect(openCheckpoint(note, [ENOCH.vkey, PETER.vkey]).signedBy).toEqual([PETER.vkey, ENOCH.vkey]);
});

test('any checkpoint is read back as it was written', () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((s) => s.replaceAll(/\p{Cc}/gu, '-'));
  const root = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
  const size = fc.maxSafeInteger().map((n) => Math.max(1, n));
  fc.assert(
    fc.property(fc.record({ origin: line, size, root }), fc.array(line), (checkpoint, more) => {
      const text = checkpointText(checkpoint);
      expect(readCheckpoint(text)).toEqual(checkpoint);
      expect(readCheckpoint(text + more.map((s) => `${s}\n`).join(''))).toEqual(checkpoint);
    }),
  );
});

test('any spoiled byte of a signed checkpoint is refused', () => {
  const note = signCheckpoint(CHECKPOINT, [peter]);
  for (const other of spoiledBytes(note))
    expect(() => openCheckpoint(other, [PETER.vkey])).toThrow();
});

test('the key of one log cannot speak for another', () => {
  const text = checkpointText({ ...CHECKPOINT, origin: 'EnochRoot' });
  const note = signNote(text, [peter]);
  expect(() => openCheckpoint(note, [PETER.vkey, ENOCH.vkey])).toThrow(
    'expected the log "EnochRoot" to sign, got "PeterNeumann"',
  );
  // Signed by the log too, but with a key that the reader does not know.
  const both = signNote(text, [peter, enoch]);
  expect(() => openCheckpoint(both, [PETER.vkey])).toThrow('expected the log "EnochRoot" to sign');
  expect(openCheckpoint(both, [ENOCH.vkey]).signedBy).toEqual([ENOCH.vkey]);
  expect(() => signCheckpoint({ ...CHECKPOINT, origin: 'EnochRoot' }, [peter])).toThrow(
    'expected the log "EnochRoot" to sign, got "PeterNeumann"',
  );
  expect(() => signCheckpoint(CHECKPOINT, [])).toThrow('to sign, got nobody');
});

test('while a key is changed both keys of a log sign, and each reader needs to know one', () => {
  const [before, after] = [newSigner('acme'), newSigner('acme')];
  const note = signCheckpoint({ ...CHECKPOINT, origin: 'acme' }, [before, after]);
  expect(openCheckpoint(note, [before.vkey]).signedBy).toEqual([before.vkey]);
  expect(openCheckpoint(note, [after.vkey]).signedBy).toEqual([after.vkey]);
  expect(openCheckpoint(note, [after.vkey, before.vkey]).signedBy).toEqual([
    before.vkey,
    after.vkey,
  ]);
});

test('the empty log has one checkpoint', () => {
  const empty = { origin: PETER.name, size: 0, root: EMPTY_ROOT };
  expect(openCheckpoint(signCheckpoint(empty, [peter]), [PETER.vkey])).toMatchObject(empty);
  expect(() => signCheckpoint({ ...empty, root: ROOT }, [peter])).toThrow(
    'the root of an empty log is e3b0c442',
  );
});

test('texts of another form are refused, signed or not', () => {
  const long = Buffer.alloc(33).toString('base64');
  for (const text of [
    '',
    'a\n',
    'a\n1\n',
    `a\n1\n${ROOT64}`,
    `\n1\n${ROOT64}\n`,
    `a\n\n1\n${ROOT64}\n`,
    `a\n1\n${ROOT64}\n\n`,
    `a\n1\n${ROOT64}\n\nmore\n`,
    `a\n01\n${ROOT64}\n`,
    `a\n-1\n${ROOT64}\n`,
    `a\n1 \n${ROOT64}\n`,
    `a\n1.0\n${ROOT64}\n`,
    `a\n9007199254740992\n${ROOT64}\n`,
    `a\n1\n${ROOT64.slice(0, -1)}\n`,
    `a\n1\n${ROOT64.replaceAll('=', '')}\n`,
    `a\n1\n${ROOT.toString('hex')}\n`,
    `a\n1\n${ROOT.subarray(1).toString('base64')}\n`,
    `a\n1\n${long}\n`,
    `a\r\n1\r\n${ROOT64}\r\n`,
  ])
    expect(() => readCheckpoint(text)).toThrow();
});

test('what could not be read back is not written', () => {
  for (const wrong of [
    { origin: '' },
    { origin: 'a\n' },
    { origin: `a\n1\n${ROOT64}` },
    { origin: 'a\u0000' },
    { size: -1 },
    { size: 1.5 },
    { size: Number.NaN },
    { size: 2 ** 53 },
    { size: 1e21 },
    { root: ROOT.subarray(1) },
    { root: Buffer.alloc(0) },
  ])
    expect(() => checkpointText({ ...CHECKPOINT, ...wrong })).toThrow();
});

test('the short form has the size and the first eight digits of the root', () => {
  const root = Buffer.from(`5bd1a09c${'00'.repeat(28)}`, 'hex');
  expect(shortCheckpoint({ size: 8_412, root })).toBe('8,412 · 5bd1a09c');
  expect(shortCheckpoint({ size: 7, root })).toBe('7 · 5bd1a09c');
  expect(shortCheckpoint({ size: 1_234_567, root })).toBe('1,234,567 · 5bd1a09c');
  expect(shortCheckpoint({ size: 0, root: EMPTY_ROOT })).toBe('0 · e3b0c442');
});

import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeSigner, openNote, readVkey, signNote, vkeyOf } from '../../src/ledger/note.ts';
import { ENOCH, newSigner, PETER, spoiledBytes } from './keys.ts';
import { sha256 } from './reference.ts';

const peter = makeSigner(PETER.name, PETER.key);
const enoch = makeSigner(ENOCH.name, ENOCH.key);

const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
// From golang.org/x/mod sumdb/note, note_test.go.
const PETER_LINE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const ENOCH_LINE =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';

describe('published vectors', () => {
  test('the example of C2SP signed-note opens', () => {
    const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
    const note = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
    expect(openNote(note, [vkey])).toEqual({
      text: 'This is an example message.\n',
      signedBy: [vkey],
    });
  });

  test('the same keys and signatures come out as in Go', () => {
    expect(peter.vkey).toBe(PETER.vkey);
    expect(enoch.vkey).toBe(ENOCH.vkey);
    expect(peter.sign(TEXT)).toBe(PETER_LINE);
    expect(signNote(TEXT, [peter, enoch])).toBe(`${TEXT}\n${PETER_LINE}${ENOCH_LINE}`);
  });

  test('of two signatures those of known keys count', () => {
    const note = `${TEXT}\n${PETER_LINE}${ENOCH_LINE}`;
    const openedBy = (...vkeys: string[]) => openNote(note, vkeys).signedBy;
    expect(openedBy(PETER.vkey)).toEqual([PETER.vkey]);
    expect(openedBy(ENOCH.vkey, PETER.vkey, ENOCH.vkey)).toEqual([PETER.vkey, ENOCH.vkey]);
    expect(() => openedBy()).toThrow(
      'expected a signature of a known key, got PeterNeumann+c74f20a3, EnochRoot+af0cfe78',
    );
  });

  test('what Go refuses is refused', () => {
    for (const bad of [
      TEXT,
      `${TEXT}\n`,
      `${TEXT}\n${PETER_LINE.slice(0, -1)}`,
      `\u0001${TEXT}\n${PETER_LINE}`,
      `${TEXT}\n${PETER_LINE.replace('PeterNeumann', 'Bad Name')}`,
      `${TEXT}\n${PETER_LINE}Unexpected line.\n`,
      `${TEXT}\n${PETER_LINE.repeat(101)}`,
      `${TEXT}\n${PETER_LINE.slice(0, 60)}ABCD${PETER_LINE.slice(60)}`,
    ])
      expect(() => openNote(bad, [PETER.vkey])).toThrow();
  });

  test('no mangled key of Go is read', () => {
    const { vkey } = PETER;
    for (let from = 0; from < vkey.length; from += 1) {
      for (let to = from; to < vkey.length + Number(from > 0); to += 1)
        expect(() => readVkey(vkey.slice(from, to))).toThrow();
      const next = String.fromCharCode(vkey.charCodeAt(from) + 1);
      expect(() => readVkey(vkey.slice(0, from) + next + vkey.slice(from + 1))).toThrow();
    }
    // Too long, and of an unknown algorithm, each with the id that fits.
    for (const other of [
      'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==',
      'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    ])
      expect(() => readVkey(other)).toThrow();
  });
});

const unicodeText = fc
  .array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '— a b', '\ufffd', '\u007f')),
  )
  .map((lines) => lines.map((line) => `${line.replaceAll(/\p{Cc}/gu, '')}\n`).join('') || '\n');

test('whatever text was signed is opened again, empty lines and signature look-alikes too', () => {
  fc.assert(
    fc.property(unicodeText, (text) => {
      expect(openNote(signNote(text, [peter, enoch]), [PETER.vkey, ENOCH.vkey])).toEqual({
        text,
        signedBy: [PETER.vkey, ENOCH.vkey],
      });
    }),
    { examples: [['\n'], ['a\n\n'], [`a\n\n${PETER_LINE}`], ['ed è subito sera.\n']] },
  );
});

test('any spoiled byte of a signed note is refused', () => {
  const note = signNote('Ognuno sta solo\n\ned è subito sera.\n', [peter]);
  let tried = 0;
  for (const other of spoiledBytes(note)) {
    tried += 1;
    expect(() => openNote(other, [PETER.vkey])).toThrow();
  }
  expect(tried).toBeGreaterThan(900);
  for (let end = 0; end < note.length; end += 1)
    expect(() => openNote(note.slice(0, end), [PETER.vkey])).toThrow();
});

test('every other spelling of a signature is refused', () => {
  const line = peter.sign('a\n');
  const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  expect(line.endsWith('=\n')).toBe(true);
  for (const last of base64) {
    const other = `${line.slice(0, -3)}${last}=\n`;
    if (other !== line) expect(() => openNote(`a\n\n${other}`, [PETER.vkey])).toThrow();
  }
});

describe('signatures', () => {
  const opened = (lines: string, vkeys: readonly string[] = [PETER.vkey]) =>
    openNote(`${TEXT}\n${lines}`, vkeys);
  /** A line of the right form under any name and id. */
  const lineOf = (name: string, id: string, length = 64) =>
    `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), Buffer.alloc(length, 9)]).toString('base64')}\n`;

  test('a bad one of a known key is refused even beside a good one', () => {
    const bad = lineOf('PeterNeumann', 'c74f20a3');
    for (const lines of [bad, PETER_LINE + bad, bad + PETER_LINE])
      expect(() => opened(lines)).toThrow(
        'the signature of PeterNeumann+c74f20a3 does not fit the note',
      );
    expect(() => opened(lineOf('PeterNeumann', 'c74f20a3', 10))).toThrow('does not fit the note');
  });

  test('those of unknown keys are left out, also under a known name or a known id', () => {
    const unknown = [
      lineOf('PeterNeumann', 'c74f20a4'),
      lineOf('Peter', 'c74f20a3'),
      lineOf('peterneumann', 'c74f20a3'),
      lineOf('witness.example', '01020304', 4_900),
      lineOf('witness.example', '01020304', 1),
    ];
    expect(opened(unknown.join('') + PETER_LINE).signedBy).toEqual([PETER.vkey]);
    for (const line of unknown)
      expect(() => opened(line)).toThrow('expected a signature of PeterNeumann+c74f20a3, got');
  });

  test('a doubled one counts once', () => {
    expect(opened(PETER_LINE + PETER_LINE + ENOCH_LINE).signedBy).toEqual([PETER.vkey]);
  });

  test('16 and up to 100 are read', () => {
    for (const count of [15, 99])
      expect(opened(ENOCH_LINE.repeat(count) + PETER_LINE).signedBy).toEqual([PETER.vkey]);
    expect(() => opened(ENOCH_LINE.repeat(100) + PETER_LINE)).toThrow(
      'a signed note has 1 to 100 signatures, got 101',
    );
  });

  test('lines of another form are refused', () => {
    for (const line of [
      PETER_LINE.replace('—', '-'),
      PETER_LINE.replace('—', '–'),
      PETER_LINE.replace('— ', '—'),
      PETER_LINE.replace('— ', '—  '),
      PETER_LINE.replace('n x', 'n  x'),
      PETER_LINE.replace('=\n', '= \n'),
      PETER_LINE.replace('=\n', '=\r\n'),
      PETER_LINE.replace('=\n', '\n'),
      ` ${PETER_LINE}`,
      '— PeterNeumann\n',
      '— PeterNeumann \n',
      lineOf('witness.example', '01020304', 0),
      lineOf('a+b', 'c74f20a3'),
      ...['\u0085', '\u00a0', '\u1680', '\u2003', '\u2028', '\u3000'].map((space) =>
        lineOf(`a${space}b`, 'c74f20a3'),
      ),
    ])
      expect(() => opened(line + PETER_LINE)).toThrow();
  });
});

test('the name of a key cannot be passed off under the key of another', () => {
  const mallory = newSigner(PETER.name);
  const [, id, key] = mallory.vkey.split(/\+(?=.{8}\+|.{44}$)/);
  expect(() => readVkey(`PeterNeumann+c74f20a3+${key}`)).toThrow(
    `the key of "PeterNeumann" has the id ${id}, got c74f20a3`,
  );
  expect(() => openNote(signNote('a\n', [mallory]), [PETER.vkey])).toThrow(
    `expected a signature of PeterNeumann+c74f20a3, got PeterNeumann+${id}`,
  );
  const passed = mallory.sign('a\n').split(' ');
  const bytes = Buffer.from(passed[2] ?? '', 'base64');
  bytes.set(Buffer.from('c74f20a3', 'hex'));
  expect(() => openNote(`a\n\n— PeterNeumann ${bytes.toString('base64')}\n`, [PETER.vkey])).toThrow(
    'the signature of PeterNeumann+c74f20a3 does not fit the note',
  );
});

test('only a key of type 1 with 32 bytes is read, whatever fits its id', () => {
  const vkeyOver = (material: Uint8Array): string => {
    const id = sha256(Buffer.from('a\n'), material).toString('hex', 0, 4);
    return `a+${id}+${Buffer.from(material).toString('base64')}`;
  };
  const right = Buffer.alloc(33, 1);
  expect(readVkey(vkeyOver(right)).name).toBe('a');
  for (const wrong of [right.with(0, 2), right.with(0, 4), right.subarray(1), Buffer.alloc(34, 1)])
    expect(() => readVkey(vkeyOver(wrong))).toThrow('expected an Ed25519 key (type 1, 32 bytes)');
});

test('a key is read back with its name, id and public half', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (drawn) => {
      const name = drawn.replaceAll(/[+\p{White_Space}\p{Cc}]/gu, '-');
      const signer = newSigner(name);
      const read = readVkey(signer.vkey);
      expect(read.publicKey.equals(signer.publicKey)).toBe(true);
      const { x = '' } = signer.publicKey.export({ format: 'jwk' });
      const raw = Buffer.from(x, 'base64url');
      const id = sha256(Buffer.from(`${name}\n\u0001`), raw).toString('hex', 0, 4);
      expect([read.name, read.id]).toEqual([name, id]);
      expect(vkeyOf(name, signer.publicKey)).toBe(signer.vkey);
    }),
    { numRuns: 30 },
  );
});

test('names that no key may have are refused', () => {
  for (const name of ['', 'a b', 'a+b', 'a\nb', 'a\u0000', 'a\u0085', 'a\u2003b', '\ud800']) {
    const sentence = 'the name of a key has no spaces, plus or control characters';
    expect(() => makeSigner(name, PETER.key)).toThrow(sentence);
    expect(() => vkeyOf(name, createPublicKey(PETER.key))).toThrow(sentence);
  }
  expect(() => readVkey(PETER.vkey.replace('Peter', 'Peter '))).toThrow('the name of a key');
});

test('only Ed25519 keys sign, the private one in the signer and the public one in the vkey', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1_024 });
  expect(() => makeSigner('a', rsa.privateKey)).toThrow(
    'expected a public Ed25519 key, got public rsa',
  );
  expect(() => makeSigner('a', createPublicKey(PETER.key))).toThrow(
    'expected a private key to sign with, got a public one',
  );
  expect(() => vkeyOf('a', PETER.key)).toThrow(
    'expected a public Ed25519 key, got private ed25519',
  );
});

test('texts that no note may have are not signed', () => {
  for (const text of [
    '',
    'a',
    'a\n\u0009\n',
    'a\r\n',
    'a\u0000\n',
    'a\u001f\n',
    '\ud800\n',
    '\udc00a\n',
  ])
    for (const use of [() => signNote(text, [peter]), () => peter.sign(text)])
      expect(use).toThrow(/the text of a note ends in a newline|a note has no control characters/);
  expect(() => signNote('a'.repeat(999_990) + '\n', [peter])).toThrow(
    'a note has at most 1000000 characters, got',
  );
});

test('texts that no note may have are not opened either, whoever signed them', () => {
  const { id } = readVkey(PETER.vkey);
  for (const text of ['a\r\n', 'a\u0000\n', '\u001b[2Ka\n']) {
    const bytes = Buffer.concat([Buffer.from(id, 'hex'), sign(null, Buffer.from(text), PETER.key)]);
    const note = `${text}\n— ${PETER.name} ${bytes.toString('base64')}\n`;
    expect(() => openNote(note, [PETER.vkey])).toThrow('a note has no control characters');
  }
});

test('a note has signers, each once', () => {
  expect(() => signNote('a\n', [])).toThrow('expected 1 to 100 different signers, got 0 of 0');
  expect(() => signNote('a\n', [peter, enoch, peter])).toThrow(
    'expected 1 to 100 different signers, got 2 of 3',
  );
});

test('a signer shows no private key', () => {
  const seed = PETER.key.export({ format: 'jwk' }).d ?? 'none';
  expect(JSON.stringify(peter)).toBe(JSON.stringify({ vkey: PETER.vkey }));
  expect(Object.values(peter).map(String).join('')).not.toContain(seed);
});

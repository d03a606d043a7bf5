import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { EntryDraft } from '../../src/core/entry.ts';
import { moment } from '../../src/core/moment.ts';
import type { EntryId } from '../../src/core/id.ts';
import { readEntry } from '../../src/ledger/read.ts';
import { leafHash, MAX_ENTRY_BYTES, seal } from '../../src/ledger/seal.ts';
import type { Envelope } from '../../src/ledger/seal.ts';

const ENVELOPE: Envelope = {
  id: '0199f5a0-0000-7000-8000-000000000001' as EntryId,
  nonce: '00112233445566778899aabbccddeeff',
  at: moment(Date.UTC(2026, 10, 23)),
  cause: null,
  build: 'test',
  policy: 'a'.repeat(64),
  origin: 'rehearsal/practice',
};
const DRAFT: EntryDraft = {
  type: 'request.received',
  actor: { kind: 'system', id: 'aios' },
  data: { pieces: 3, of: 'Zoë' },
} as unknown as EntryDraft;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a sealed entry', () => {
  const { bytes } = seal(DRAFT, ENVELOPE);

  test('reads back as what was written', () => {
    expect(readEntry(bytes)).toMatchObject({
      id: ENVELOPE.id,
      nonce: ENVELOPE.nonce,
      type: 'request.received',
      at: ENVELOPE.at,
      origin: 'rehearsal/practice',
      data: { pieces: 3, of: 'Zoë' },
      task: null,
    });
  });

  test('has the same bytes each time, and others for any other nonce', () => {
    expect(seal(DRAFT, ENVELOPE).bytes).toEqual(bytes);
    const other = seal(DRAFT, { ...ENVELOPE, nonce: 'f'.repeat(32) });
    expect(leafHash(other.bytes)).not.toBe(leafHash(bytes));
  });

  test('is refused when written another way, though it means the same', () => {
    const text = textOf(bytes);
    expect(() => readEntry(bytesOf(text.replace('":', '": ')))).toThrow('not canonical');
    expect(() => readEntry(bytesOf(text.replace('"v":1', '"v":2')))).toThrow('version 1');
  });

  test('holds no more than a leaf of the log', () => {
    const data = { long: 'x'.repeat(MAX_ENTRY_BYTES) };
    expect(() => seal({ ...DRAFT, data }, ENVELOPE)).toThrow(RangeError);
  });

  // RFC 6962, 2.1: the hash of a leaf is SHA-256 of 0x00 and the leaf.
  test('hashes as a leaf', () => {
    const expected = createHash('sha256').update(Buffer.concat([Buffer.of(0), bytes]));
    expect(leafHash(bytes)).toBe(expected.digest('hex'));
  });
});

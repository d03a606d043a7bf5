import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClientId, EntryId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { project } from '../../src/ledger/projection.ts';
import { seal } from '../../src/ledger/seal.ts';
import { LOG_HEAD, logRow } from '../../src/report/log-table.ts';
import { anyDraft, anyEnvelope } from '../helpers/entries.ts';

const head = LOG_HEAD.trimEnd().split(',');

/** Reads one row of RFC 4180 back. */
function cells(row: string): readonly string[] {
  const found = [...`,${row}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)];
  return found.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

test('every column is what the bytes say, under its head', () => {
  fc.assert(
    fc.property(anyDraft, anyEnvelope, (draft, envelope) => {
      const { bytes } = seal(draft, envelope);
      const row = logRow({ id: envelope.id, bytes, place: null, number: null }, '');
      const read = new Map(cells(row).map((cell, at) => [head[at], cell]));
      expect(read.size).toBe(head.length);
      for (const [column, value] of Object.entries(project(draft)))
        expect(read.get(column)?.replace(/^'/, '')).toBe(String(value ?? ''));
      expect(read.get('entry_id')).toBe(envelope.id);
      expect(read.get('cause')).toBe(envelope.cause ?? '');
      expect(Date.parse(read.get('at') ?? '')).toBe(envelope.at);
    }),
  );
});

test('place and number are empty until there are some', () => {
  const { bytes } = seal(
    { type: 'task.started', actor: { kind: 'system', id: 'test' } },
    {
      id: '01939a4e-9c00-7000-8000-00000000000a' as EntryId,
      nonce: '00',
      at: moment(0),
      cause: null,
      build: 'test',
      policy: '00',
      origin: 'test',
    },
  );
  const row = { id: '01939a4e-9c00-7000-8000-00000000000a' as EntryId, bytes };
  const place = { client: null as ClientId | null, epoch: 1, index: 7, signed: true };
  const placed = logRow({ ...row, place, number: { request: 1, ordinal: 2 } }, 'own log');
  expect(placed).toMatch(/^own log,7,yes,#1\.2,/);
  expect(logRow({ ...row, place: null, number: null }, 'own log')).toMatch(/^,,,,01939a4e/);
});

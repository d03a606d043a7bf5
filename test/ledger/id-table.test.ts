import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeIdTable } from '../../src/ledger/id-table.ts';

test('ids have their places in the order they came in, as a plain list would say', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { maxLength: 3_000 }), fc.uuid(), (ids, other) => {
      const table = makeIdTable();
      const list: string[] = [];
      for (const id of [...ids, ...ids.slice(0, 3)]) {
        expect(table.add(id)).toBe(list.includes(id) ? -1 : list.length);
        if (!list.includes(id)) list.push(id);
      }
      for (const [place, id] of list.entries()) expect(table.find(id)).toBe(place);
      expect(table.find(other)).toBe(list.indexOf(other));
    }),
    { numRuns: 20 },
  );
});

test('ids that differ in one digit are two', () => {
  const table = makeIdTable();
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  for (let at = 0; at < id.length; at += 1) {
    const digit = id[at] ?? '';
    if (digit === '-') continue;
    expect(table.add(`${id.slice(0, at)}${digit === '0' ? 'f' : '0'}${id.slice(at + 1)}`)).not.toBe(
      -1,
    );
  }
  expect(table.find(id)).toBe(-1);
});

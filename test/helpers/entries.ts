import fc from 'fast-check';
import { ENTRY_TYPES } from '../../src/core/entry-type.ts';
import type { EntryType } from '../../src/core/entry-type.ts';
import type { Actor, EntryDraft, EntryValue } from '../../src/core/entry.ts';
import { moment } from '../../src/core/moment.ts';
import type { EntryId } from '../../src/core/id.ts';
import { nanoUsd } from '../../src/core/money.ts';
import { STATES } from '../../src/core/task.ts';
import { LANES } from '../../src/core/lane.ts';
import type { Field, Fields } from '../../src/ledger/field.ts';
import { FIELDS } from '../../src/ledger/fields.ts';

type Data = NonNullable<EntryDraft['data']>;
type Values = fc.Arbitrary<EntryValue>;

const HEX = '0123456789abcdef'.split('');
const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...HEX), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const name = fc.stringMatching(/^[a-z0-9][a-z0-9._:/@+-]{0,30}$/);
const rule = fc
  .tuple(fc.constantFrom('lanes', 'life', 'gates'), fc.nat(99), hex(16))
  .map(([file, n, hash]) => `${file}.yaml#RULE-${n}@${hash}`);

const PLAIN: Readonly<Record<Exclude<Field['is'], 'word' | 'list' | 'record'>, Values>> = {
  id: fc.uuid(),
  hash: hex(64),
  short_hash: hex(16),
  rule,
  week: fc
    .tuple(fc.integer({ min: 2020, max: 2040 }), fc.integer({ min: 1, max: 52 }))
    .map(([year, week]) => `${year}-W${String(week).padStart(2, '0')}`),
  month: fc
    .tuple(fc.integer({ min: 2020, max: 2040 }), fc.integer({ min: 1, max: 12 }))
    .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`),
  name,
  whole: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  signed: fc.maxSafeInteger(),
  yes_no: fc.boolean(),
};

/** Everything a field may hold. */
export function valuesOf(field: Field): Values {
  const bare = bareValues(field);
  return field.nullable === true ? fc.oneof(bare, fc.constant(null)) : bare;
}

function bareValues(field: Field): Values {
  if (field.is === 'word') return fc.constantFrom(...(field.words ?? []));
  if (field.is === 'list' && field.of !== undefined)
    return fc.array(valuesOf(field.of), { maxLength: 4 });
  if (field.is === 'record') return recordsOf(field.inside ?? {});
  return PLAIN[field.is as keyof typeof PLAIN];
}

function recordsOf(fields: Fields): fc.Arbitrary<Data> {
  const values = Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, valuesOf(field)]),
  );
  const requiredKeys = Object.keys(fields).filter((key) => fields[key]?.optional !== true);
  return fc.record(values, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<Data>;
}

/** Everything the data of that type of entry may hold. */
export const dataOf = (type: EntryType): fc.Arbitrary<Data> => recordsOf(FIELDS[type]);

const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.record({ kind: fc.constant('person' as const), id: fc.uuid() }),
  fc.record({ kind: fc.constant('rule' as const), id: rule }),
  fc.record({
    kind: fc.constantFrom('persona' as const, 'gate' as const, 'system' as const),
    id: name,
    version: name,
  }),
);

/** Any entry the table of fields allows; what it says need not make sense beside others. */
export const anyDraft: fc.Arbitrary<EntryDraft> = fc.constantFrom(...ENTRY_TYPES).chain(
  (type) =>
    fc.record(
      {
        type: fc.constant(type),
        actor,
        rule,
        client: fc.uuid(),
        request: fc.uuid(),
        task: fc.uuid(),
        attempt: fc.uuid(),
        from: fc.constantFrom(...STATES),
        to: fc.constantFrom(...STATES),
        lane: fc.constantFrom(...LANES),
        model: name,
        persona: name,
        costNano: fc.maxSafeInteger().map(nanoUsd),
        minutes: fc.nat(),
        draft: hex(64),
        data: dataOf(type),
      },
      { requiredKeys: ['type', 'actor', 'data'], noNullPrototype: true },
    ) as unknown as fc.Arbitrary<EntryDraft>,
);

/** Any envelope around an entry. */
export const anyEnvelope = fc.record({
  id: fc.uuid().map((id) => id as EntryId),
  nonce: hex(32),
  at: fc.nat().map(moment),
  cause: fc.option(fc.uuid().map((id) => id as EntryId)),
  build: name,
  policy: hex(64),
  origin: fc.constantFrom('practice', 'rehearsal/practice'),
});

const SAMPLE: Readonly<Record<Exclude<Field['is'], 'word' | 'list' | 'record'>, EntryValue>> = {
  id: '00000000-0000-7000-8000-000000000000',
  hash: 'ab'.repeat(32),
  short_hash: 'ab'.repeat(8),
  rule: `test.yaml#TEST-010@${'ab'.repeat(8)}`,
  week: '2026-W47',
  month: '2026-11',
  name: 'test',
  whole: 0,
  signed: 0,
  yes_no: true,
};

function sampleOf(field: Field): EntryValue {
  if (field.nullable === true) return null;
  if (field.is === 'word') return field.words?.[0] ?? '';
  if (field.is === 'list') return [];
  if (field.is === 'record') return sampleRecord(field.inside ?? {});
  return SAMPLE[field.is];
}

function sampleRecord(fields: Fields): Data {
  const needed = Object.entries(fields).filter(([, field]) => field.optional !== true);
  return Object.fromEntries(needed.map(([key, field]) => [key, sampleOf(field)]));
}

/** The least that an entry of that type must say: nulls, zeros, first words. */
export const sampleData = (type: EntryType): Data => sampleRecord(FIELDS[type]);

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Fault } from '../../../src/core/fault.ts';
import { ENTRY_TYPES } from '../../../src/core/entry-type.ts';
import type { EntryId } from '../../../src/core/id.ts';
import { LANES } from '../../../src/core/lane.ts';
import { readLogWords, typedAgain } from '../../../src/flow/command/log-words.ts';
import type { LogWords } from '../../../src/flow/command/log-words.ts';
import { readRuleName } from '../../../src/flow/command/log-values.ts';
import { wordsIn } from '../../../src/flow/command/words.ts';

const read = (text: string): LogWords => readLogWords(wordsIn(text));
const ID = '01939a4e-9c00-7000-8000-00000000000a' as EntryId;

function refusal(text: string): string {
  try {
    read(text);
  } catch (thrown) {
    expect((thrown as Fault).code).toBe('bad_input');
    return (thrown as Fault).message;
  }
  throw new Error(`${text} was taken`);
}

describe('what is asked about', () => {
  test.each([
    ['', { is: 'all' }],
    ['#142', { is: 'work', number: { request: 142 } }],
    ['142.2', { is: 'work', number: { request: 142, ordinal: 2 } }],
    [ID.toUpperCase(), { is: 'entry', id: ID }],
    ['acme 8,412', { is: 'place', client: 'acme', index: 8_412 }],
    ['Acme 8412', { is: 'place', client: 'acme', index: 8_412 }],
    ['own log 0', { is: 'place', client: null, index: 0 }],
  ])('%j is %j', (text, about) => {
    expect(read(text)).toEqual({ about, values: {}, latest: false, form: 'lines' });
  });

  test('every filter has a flag, with a value behind it or behind a sign', () => {
    const text =
      '--client Acme --person <@U0ADA|ada> --model=claude-opus-5-5 --rule lanes.yaml#LANE-010 ' +
      '--type aios.draft.approved --lane senior --persona editor --from 2026-11-01 --to=2026-11-30 --limit 7 --json';
    expect(read(`#142 ${text}`)).toEqual({
      about: { is: 'work', number: { request: 142 } },
      values: {
        client: 'acme',
        person: 'U0ADA',
        model: 'claude-opus-5-5',
        rule: 'lanes.yaml#LANE-010',
        type: 'draft.approved',
        lane: 'senior',
        persona: 'editor',
        from: '2026-11-01',
        to: '2026-11-30',
        limit: 7,
      },
      latest: false,
      form: 'json',
    });
    expect(read('--person "Ada Approver"').values.person).toBe('Ada Approver');
    expect(read('—latest').latest).toBe(true);
  });

  test('`client acme` is short for the latest of acme, with more filters if wanted', () => {
    expect(read('client acme --lane tool')).toEqual(read('--client acme --latest --lane tool'));
  });

  test('a rule is named by its id, with its file, or with the hash of one text of it', () => {
    const hash = 'ab'.repeat(8);
    expect(readRuleName('LANE-010')).toEqual({ id: 'LANE-010' });
    expect(readRuleName('lanes.yaml#LANE-010')).toEqual({ id: 'LANE-010', file: 'lanes.yaml' });
    expect(readRuleName(`lanes.yaml#LANE-010@${hash}`)).toEqual({
      id: 'LANE-010',
      file: 'lanes.yaml',
      hash,
    });
  });
});

describe('what is not understood says what was expected', () => {
  test.each([
    ['--clinet acme', 'Expected a flag of log, got "--clinet". Did you mean --client?'],
    ['--xylophone', /^Expected a flag of log, got "--xylophone"\. They are: --client, .*--csv\.$/],
    ['--json=yes', 'Expected a flag of log, got "--json=yes". Did you mean --json?'],
    ['--client', 'Expected a value behind --client, got nothing. For example: --client acme'],
    ['--client --json', /^Expected a value behind --client, got nothing/],
    ['client', /^Expected a value behind --client, got nothing/],
    ['--lane tool --lane local', 'Expected --lane once, got "twice". Leave one of them out.'],
    [
      '--type draft.aproved',
      /^Expected a type of entry, got "draft.aproved"\. Did you mean draft\.approved\?$/,
    ],
    ['--type xyzzy-plugh', /^Expected a type of entry, got "xyzzy-plugh"\. For example: /],
    ['--lane senor', 'Expected a lane, got "senor". Did you mean senior?'],
    ['--model "two words"', /^Expected the name of a model, without spaces, got "two words"/],
    ['--rule "a b"', /^Expected a rule as LANE-010 or file#LANE-010, got "a b"/],
    [
      '--from 2026-02-30',
      /^Expected a day of the calendar as YYYY-MM-DD behind --from, got "2026-02-30"/,
    ],
    ['--to yesterday', /^Expected a day of the calendar as YYYY-MM-DD behind --to/],
    [
      '--from 2026-11-30 --to 2026-11-01',
      /^Expected --from no later than --to, got "2026-11-30 to 2026-11-01"/,
    ],
    ['--after 17', /^Expected the id of an entry behind --after, got "17"/],
    [`--after ${ID} --before ${ID}`, /^Expected --after or --before, got "both"/],
    [`--latest --before ${ID}`, /^Expected --before or --latest, got "both"/],
    ['--json --csv', /^Expected --json or --csv, got "both"/],
    ['--limit 0', /^Expected a whole number of at least 1 behind --limit, got "0"/],
    ['--limit many', /got "many"/],
    ['acme', /^Expected the number of a request or task, .* got "acme"\. .*log --client acme/],
    ['#1.x', /^Expected the number of a request or task/],
    ['acme 8,41', /got "acme 8,41"/],
    ['#1 #2 #3', /got "#1 #2 #3"/],
    [`${ID} --lane tool`, /^Expected one entry without filters, got "--lane"/],
    ['acme 12 --latest', /^Expected one entry without filters, got "--latest"/],
  ])('%j', (text, says) => {
    expect(refusal(text)).toMatch(says);
  });

  test('whatever is typed is read or answered with what was expected', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '--client',
        '--json',
        '#1',
        'acme',
        '12',
        '--from',
        '2026-01-01',
        '--',
        '--=',
        '"',
      ),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        try {
          readLogWords(words);
        } catch (thrown) {
          expect((thrown as Fault).code).toBe('bad_input');
          expect((thrown as Fault).message).toMatch(/^Expected .*\. /s);
        }
      }),
    );
  });
});

test('what is typed again is read as the same, in Slack and in a shell', () => {
  const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,12}$/);
  const id = fc.uuid().map((uuid) => uuid as EntryId);
  const values = fc.record(
    {
      client: name,
      person: fc.oneof(name, fc.constantFrom('U0ADA', 'Ada Approver')),
      model: name,
      rule: fc.constantFrom('LANE-010', 'lanes.yaml#LANE-010'),
      type: fc.constantFrom(...ENTRY_TYPES),
      lane: fc.constantFrom(...LANES),
      persona: name,
      from: fc.constant('2026-11-01'),
      to: fc.constant('2026-11-30'),
      after: id,
      limit: fc.integer({ min: 1, max: 999_999_999 }),
    },
    { requiredKeys: [] },
  );
  const number = fc.record({
    request: fc.integer({ min: 1, max: 999 }),
    ordinal: fc.integer({ min: 1, max: 9 }),
  });
  const about = fc.oneof(
    fc.constant({ is: 'all' as const }),
    number.map((of) => ({ is: 'work' as const, number: of })),
  );
  fc.assert(
    fc.property(about, values, fc.constantFrom('lines', 'json', 'csv'), (of, given, form) => {
      const words = { about: of, values: given, latest: false, form } as LogWords;
      for (const typed of ['/aios', 'aios'] as const)
        expect(read(typedAgain(words, typed).replace(/^\S+ log/, ''))).toEqual(words);
    }),
  );
  const place = read('own log 12 --json');
  expect(typedAgain(place, 'aios')).toBe('aios log own log 12 --json');
  expect(typedAgain(read('#142.2 --latest'), 'aios')).toBe('aios log 142.2 --latest');
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { placesAlike, placeText, restore } from '../../src/core/placeholder.ts';
import { VALUES } from '../../src/core/private-marks.ts';
import { makeRedactor } from '../../src/core/redact.ts';

const TERMS = ['Acme GmbH', 'Müller', 'Projekt Zugspitze', 'mail', '2026'];

/** What stands in texts of clients, and what is made to break placeholders. */
const PIECE = fc.oneof(
  fc.constantFrom(
    'eva.muster@example.org',
    'INFO@acme.example',
    'jürgen@straße.example',
    '+49 30 1234567',
    '(030) 987 65 43',
    'DE89 3704 0044 0532 0130 00',
    '4111 1111 1111 1111',
    '192.168.1.17',
    '2001:db8:0:1::17',
    'acme gmbh',
    'ACME\nGmbH',
    'MÜLLER',
    'Mu\u0308ller',
    'Projekt  Zugspitze',
    'Gmbh',
    '{{EMAIL_1}}',
    '{{ email_2 }}',
    '{{TERM_12}}',
    '{{LITERAL_1}}',
    '_FILE_1_',
    '{{EMAIL_',
    'EMAIL_1',
    '1}}',
    '{{',
    '}}',
    '{',
    '}',
    '_',
    '\\',
    '$1',
    '$&',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.stringMatching(/^[0-9 ./-]{0,20}$/),
);
const TEXT = fc
  .array(fc.tuple(PIECE, fc.constantFrom('', ' ', '\n', '/', '.')), { maxLength: 25 })
  .map((pieces) => pieces.map(([piece, gap]) => piece + gap).join(''));

const PLACE = /\{\{[A-Z]+_\d{1,6}\}\}/g;
/** What is left of a text that goes out when its placeholders are taken out of it. */
const gaps = (sent: string): readonly string[] => sent.split(PLACE);

const numRuns = 2_000;

describe('what goes out', () => {
  test('holds no value of any pattern and no term, also none that only shows once another is gone', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        for (const gap of gaps(makeRedactor(TERMS).text(text))) {
          for (const find of Object.values(VALUES)) expect(find(gap)).toEqual([]);
          const plain = gap
            .normalize('NFC')
            .toLowerCase()
            .replace(/\s{1,4}/g, ' ');
          for (const term of TERMS) expect(plain).not.toContain(term.toLowerCase());
        }
      }),
      { numRuns },
    );
  });

  test('holds nothing that looks like a placeholder and is none of ours', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const redactor = makeRedactor(TERMS);
        const sent = redactor.text(text);
        const ours = new Set(redactor.mapping().map(placeText));
        for (const [place] of sent.matchAll(PLACE)) expect(ours).toContain(place);
        for (const gap of gaps(sent)) expect(placesAlike(gap)).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('is the same for the same text, and one value has one placeholder in all texts of a task', () => {
    fc.assert(
      fc.property(TEXT, TEXT, (a, b) => {
        const [one, two] = [makeRedactor(TERMS), makeRedactor(TERMS)];
        expect([one.text(a), one.text(b)]).toEqual([two.text(a), two.text(b)]);
        const places = one.mapping();
        expect(new Set(places.map((p) => `${p.kind} ${p.value}`)).size).toBe(places.length);
        expect(new Set(places.map(placeText)).size).toBe(places.length);
        // A later attempt goes on with what an earlier one took out.
        expect(makeRedactor(TERMS, places).text(b)).toBe(one.text(b));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what comes back', () => {
  test('is every text as it was, byte for byte', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const redactor = makeRedactor(TERMS);
        const sent = redactor.text(text);
        expect(restore(sent, redactor.mapping(), sent)).toEqual({ text, odd: [] });
      }),
      { numRuns },
    );
  });

  test('of a model that drops, doubles and invents placeholders has the values it kept, and names what stands for nothing', () => {
    const redactor = makeRedactor(['Acme']);
    const sent = redactor.text('Write to eva@acme.example and bob@example.org, for Acme.');
    expect(sent).toBe('Write to {{EMAIL_1}} and {{EMAIL_2}}, for {{TERM_1}}.');
    const answer =
      'Mail {{EMAIL_2}}, {{EMAIL_2}}!\nNot {{EMAIL_9}}, { {EMAIL_1} }, {{ email_1 }},\nEMAIL_1 or {EMAIL_2}.';
    expect(restore(answer, redactor.mapping(), sent)).toEqual({
      text: 'Mail bob@example.org, bob@example.org!\nNot {{EMAIL_9}}, { {EMAIL_1} }, {{ email_1 }},\nEMAIL_1 or {EMAIL_2}.',
      odd: [
        { text: '{{EMAIL_9}}', line: 2 },
        { text: '{EMAIL_1}', line: 2 },
        { text: '{{ email_1 }}', line: 2 },
        { text: 'EMAIL_1', line: 3 },
        { text: '{EMAIL_2}', line: 3 },
      ],
    });
  });

  test('with any placeholder broken in any one character is restored as far as it is whole, and never silently', () => {
    const redactor = makeRedactor(['Acme']);
    const sent = redactor.text('eva@acme.example, Acme, 10.0.0.1');
    fc.assert(
      fc.property(
        fc.constantFrom(...redactor.mapping()),
        fc.nat({ max: 9 }),
        fc.constantFrom('', ' ', 'x', '{', '}'),
        (place, at, put) => {
          const whole = placeText(place);
          const broken = whole.slice(0, at) + put + whole.slice(at + 1);
          const { text, odd } = restore(broken, redactor.mapping(), sent);
          if (broken.includes(whole)) expect(text).toContain(place.value);
          else expect(text).not.toContain(place.value);
          // Where the name and number are left a person is told; a name that is no longer one reads as what it is.
          if (new RegExp(`${place.kind}_${place.number}(?!\\d)`).test(broken))
            expect(broken.includes(whole) || odd.length === 1).toBe(true);
          if (odd.length === 0 && !broken.includes(whole)) expect(text).toBe(broken);
        },
      ),
    );
  });

  test('leaves alone what stood so in the material, and names in code', () => {
    const redactor = makeRedactor([]);
    const sent = redactor.text('const EMAIL_1 = ip_2; // {{EMAIL_3}} and {{ user.name }}');
    expect(sent).toBe('const EMAIL_1 = ip_2; // {{LITERAL_1}} and {{ user.name }}');
    expect(restore(`${sent} phone_4`, redactor.mapping(), sent)).toEqual({
      text: 'const EMAIL_1 = ip_2; // {{EMAIL_3}} and {{ user.name }} phone_4',
      odd: [],
    });
  });
});

describe('names of files', () => {
  test('that hold a value go out as a name that files may have, with their ending', () => {
    const redactor = makeRedactor(['Acme']);
    expect(redactor.fileName('brief.md')).toBe('brief.md');
    expect(redactor.fileName('docs/acme-brief.final.docx')).toBe('_FILE_1_.docx');
    expect(redactor.fileName('docs/acme-brief.final.md')).toBe('_FILE_1_.md');
    const back = restore('_FILE_1_-fixed.md', redactor.mapping(), '');
    expect(back).toEqual({ text: 'docs/acme-brief.final-fixed.md', odd: [] });
  });

  test('that look like such a name come back as they were', () => {
    const redactor = makeRedactor([]);
    const name = redactor.fileName('_FILE_7_.md');
    expect(restore(name, redactor.mapping(), '').text).toBe('_FILE_7_.md');
  });
});

test('a text made to hide value behind value ends at once and hides nothing', () => {
  const hostile = 'T+49301234567'.repeat(5_000);
  const redactor = makeRedactor(['T+4930']);
  const sent = redactor.text(hostile);
  expect(restore(sent, redactor.mapping(), sent).text).toBe(hostile);
  for (const gap of gaps(sent)) expect(VALUES.PHONE(gap)).toEqual([]);
});

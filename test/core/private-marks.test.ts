import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countMarks, MARKS, marksIn } from '../../src/core/private-marks.ts';
import type { Mark } from '../../src/core/private-marks.ts';

const foundIn = (text: string, mark: Mark): readonly string[] =>
  marksIn(text, mark).map((found) => found.text);

/** What is a mark of its sort, standing alone and in a sentence. */
const IS: Readonly<Record<Exclude<Mark, 'people_lines'>, readonly string[]>> = {
  iban: [
    'GB82 WEST 1234 5698 7654 32',
    'DE89370400440532013000',
    'FR14 2004 1010 0505 0001 3M02 606',
    'NO93 8601 1117 947',
    'MT84 MALT 0110 0001 2345 MTLC AST0 01S',
  ],
  card: [
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '5500000000000004',
    '378282246310005',
    '6011000990139424',
    '4222222222222',
  ],
  key: [
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'sk-abcdefghijklmnop1234',
    'AKIAIOSFODNN7EXAMPLE',
    'AIzaSyA1234567890abcdefghij',
    'pk_live_abcdefghij0123',
    'ghp_abcdEFGH1234567890',
    'glpat-abcdEFGH12345678',
    'xoxb-123456789012-abcdef',
    'whsec_1234567890abcdef',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc',
    'live_9fQx2TtR7bVvKp0s',
    'Authorization: Basic bWFyZW46S3VlcmJpcw==',
    'Authorization: Bearer zu83kd92',
  ],
  secret: [
    'password: hunter2!',
    "define('DB_PASSWORD', 'x8-f3kk')",
    "'password' => 'sesam-oeffne-dich'",
    'password is Summer2024',
    'pwd=a1b2c3',
    'Passwort = geheim123',
    'Kennwort: geheim123',
    'wachtwoord: zomer2024',
    'mot de passe : soleil42',
    'hasło: kotek12',
    'api_key=abc12345',
    'API key: zzz-999-aaa',
    'token => t0ps3cret',
    'PIN: 4821',
    'passcode 482100',
    'admin / hunter2x',
    'login anna / pa55word',
    'user: bob / secret!1',
    'pw 7Tannen7',
    'pass Wint3r-Garten',
    'mysql -h db3 -u reporting -pZitrone_88',
    "sshpass -p 'Regen+Bogen7'",
    'u: office p: Kassa_77',
    'SFTP is shop_web / Mohnblume!77',
    'door code for the server room is 4471',
  ],
  token: ['3f9a1c7e8b2d4f6a9c0e1b3d5f7a9c1e'],
  email: ['ann@example.com', 'ann.smith+x@mail.example.co.uk', 'a_b-c@x-y.org'],
  phone: [
    '+44 7700 900142',
    '07700 900142',
    '020 7946 0958',
    '(020) 7946 0958',
    '+49 30 901820',
    '+1 (415) 555-0132',
    '+45 30 90 18 27',
    '30901827',
  ],
  birth_date: [
    'born 12.03.1980',
    'DOB 1980-03-12',
    'D.O.B. 1/2/1990',
    'date of birth: 12/03/80',
    'birthday on 3.4.1990',
  ],
  national_id: ['120380-1234', '123-45-6789', 'AB123456C', 'AB 12 34 56 C', 'CPR 1203801234'],
  ip_address: ['192.168.0.1', '255.255.255.255', '8.8.8.8'],
  person_name: [
    "Rob's back",
    'Hannah’s house',
    'with Mark Odell',
    "to Sinéad O'Brien",
    'to Karim',
    'my colleague Jean-Luc',
    'Amina, who left',
    'Amina was off sick',
    'Tom isn’t well',
    'Mrs Holloway',
  ],
};

const MARKED = Object.entries(IS).flatMap(([mark, texts]) =>
  texts.map((text) => [mark as Mark, text] as const),
);

/** What only looks like one. */
const IS_NOT: Readonly<Record<Mark, readonly string[]>> = {
  iban: [
    'GB82 WEST 1234 5698 7654 33',
    'DE88370400440532013000',
    'GB28 WEST 1234 5698 7654 32',
    'AB12 CDEF',
    'WCAG 2.2 AA and ISO 9001',
  ],
  card: [
    '4111 1111 1111 1112',
    '1411 1111 1111 1111',
    '0000 0000 0000 0000',
    'order 1234567890123',
    'ISBN 978-3-16-148410-1',
    '411111111111',
    'at 1700000000004 ms',
  ],
  key: ['-----BEGIN PUBLIC KEY-----', 'key-value-store-of-items', 'sk-short'],
  secret: [
    'reset your password',
    'the password is in line 3',
    'password protected pages',
    'secret santa list',
    'the token economy is big',
    'code 404',
    'a pin on the map',
    'admin/settings',
    'password: $_POST["pw2"]',
    "'password' => $request->get_param( 'p1' )",
    'token=${TOKEN_2}',
    'password: <your-password>',
    'secret: process.env(1)',
  ],
  token: [
    'main-navigation-component-version-2',
    'https://example.com/a3b4c5d6e7f8a9b0c1d2e3f4',
    'wp-content/uploads/2026/11/a3b4c5d6e7f8a9b0c1d2e3f4.jpg',
  ],
  email: [
    'info@example.com',
    'Bookings@museum.example',
    'no-reply@example.com',
    '@handle',
    'user@',
    'ann@localhost',
    'write to ann at example.com',
    '@media (x.y)',
  ],
  phone: [
    '2026-11-26',
    '26.11.2026',
    '26/11/2026',
    '1.234,56',
    '12,500',
    '€ 1 250 000',
    '10 000 000',
    'v10.15.7',
    '10.15.7.3',
    'WCAG 2.2',
    '192.168.0.1',
    '1999-2024',
    '1024 x 768',
    '0000 0000',
    '978-3-16-148410-0',
    '#4417',
    '2026-11-26 10:30',
    '2024 2025 2026',
  ],
  birth_date: ['born in 1980', 'born on the 4th of July', 'stillborn 1.2.1990', 'by 1.2.2026'],
  national_id: ['12-34-56', '1234-56-789', 'DA 12 34 56 A', 'AB 12 34 56 E', 'CPR training'],
  ip_address: ['10.0.0.256', '1.2.3', '999.1.1.1', 'version 4.2'],
  people_lines: [
    'Ann Smith, 12',
    'Ann Smith\nBob Jones',
    'ann smith 1\nbob jones 2',
    'Prices 2026\nHours 2026',
    'We met Ann Smith at 12\nand then Bob Jones at 3',
  ],
  person_name: [
    'rob is back',
    'Please Format these',
    'Next week is fine',
    "What's new",
    "Today's list was long",
    'for the Royal Hospital of Leeds',
    'at St Mary’s Hospital',
    'about WordPress',
    'to Google',
    'about the Autumn Fair',
    'on Monday',
    'to NHS',
    'Data Protection Impact Assessment Guide',
    'see README.md or Page.html',
  ],
};

const LOOKALIKES = Object.entries(IS_NOT).flatMap(([mark, texts]) =>
  texts.map((text) => [mark as Mark, text] as const),
);

describe('what is a mark is found, with its place', () => {
  test.each(MARKED)('%s: %s', (mark, text) => {
    for (const [before, after] of [
      ['', ''],
      ['please see ', ' and tell me'],
      ['one\n(', ')\ntwo'],
    ] as const) {
      const whole = `${before}${text}${after}`;
      const found = marksIn(whole, mark);
      expect(found.length).toBeGreaterThan(0);
      for (const one of found) {
        expect(whole.slice(one.at, one.at + one.text.length)).toBe(one.text);
        expect(one.at + one.text.length).toBeGreaterThan(before.length);
      }
    }
  });
});

describe('what only looks like one is not', () => {
  test.each(LOOKALIKES)('%s: %s', (mark, text) => {
    expect(foundIn(text, mark)).toEqual([]);
  });
});

test('an IBAN is found before the code of its bank', () => {
  for (const after of [' BIC COBADEFF', ' BIC COBADEFFXXX', ' AND MORE'])
    expect(foundIn(`DE89 3704 0044 0532 0130 00${after}`, 'iban')).toEqual([
      'DE89 3704 0044 0532 0130 00',
    ]);
});

describe('a hundred thousand hostile characters end', () => {
  const LONG = 100_000;
  test.each([
    'a',
    '1',
    'A1',
    '1 ',
    'a.',
    'a-',
    '@',
    '1.',
    ' ',
    '+(',
    'sk-',
    'eyJ',
    'password:',
    'password ',
    'admin/',
    'pin  ',
    'login:',
    'user a / ',
    'born ',
    'CPR ',
    '-----BEGIN ',
    'Ann Bob ',
    'Ann-',
    'DE89 ',
  ])('%j', (bit) => {
    for (const start of ['', 'Ann Bob', 'a@', 'pin', 'login', 'password', '-----BEGIN '])
      for (const mark of MARKS)
        expect(marksIn(start + bit.repeat(LONG / bit.length), mark).length).toBeLessThan(LONG);
  });
});

describe('several in one text', () => {
  test('are all found, in their order', () => {
    const text = 'ann@example.com, bob@example.org and cleo@example.net';
    expect(foundIn(text, 'email')).toEqual([
      'ann@example.com',
      'bob@example.org',
      'cleo@example.net',
    ]);
    expect(foundIn('07700 900142; 07700 900143', 'phone')).toHaveLength(2);
  });
});

test('of each sort the different ones are counted, and what is not there has no count', () => {
  const text = 'ann@example.com, bob@example.org, again ann@example.com; DOB 1980-03-12';
  expect(countMarks(text)).toEqual({ email: 2, birth_date: 1 });
  expect(countMarks('nothing of the sort')).toEqual({});
});

describe('lines of people', () => {
  test.each([
    ['Ann Smith, 12\nBob Jones, 34', 2],
    ['name, number\nAnn Smith, 12\n\nBob Jones, 34', 2],
    ['- Ann Smith: 3\n- Bob Jones: 4\n- total 7', 2],
    ['Dr. Eva Müller\t12\nJean O’Neil\t3', 2],
    ['Mrs Cleo van der Berg; 7\nAnn B. Smith 8\nZoë Žižek 9', 3],
  ])('%j', (text, lines) => {
    const found = marksIn(text, 'people_lines');
    expect(found).toHaveLength(lines);
    for (const { at, text: line } of found) expect(text.slice(at)).toMatch(new RegExp(`^${line}`));
  });
});

/** The letters and digits of an IBAN whose check digits are worked out (ISO 13616), not copied. */
const iban = fc
  .tuple(
    fc.constantFrom('DE', 'GB', 'FR', 'NL', 'DK'),
    fc.array(fc.constantFrom(...'0123456789'.split('')), { minLength: 11, maxLength: 28 }),
  )
  .map(([country, digits]) => {
    const number = `${digits.join('')}${country}`
      .split('')
      .map((char) => Number.parseInt(char, 36))
      .join('');
    const check = 98n - (BigInt(`${number}00`) % 97n);
    return `${country}${String(check).padStart(2, '0')}${digits.join('')}`;
  });

/** A card number whose last digit is worked out (Luhn). */
const card = fc
  .tuple(
    fc.integer({ min: 2, max: 6 }),
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 17 }),
  )
  .map(([first, digits]) => [first, ...digits])
  .filter((digits) => new Set(digits).size > 1)
  .map((digits) => {
    const sum = digits
      .toReversed()
      .map((digit, i) => (i % 2 === 0 ? digit * 2 : digit))
      .reduce((all, digit) => all + (digit > 9 ? digit - 9 : digit), 0);
    return `${digits.join('')}${(10 - (sum % 10)) % 10}`;
  });

/** A text with one of its digits changed. */
const misread = (text: string, nth: number, by: number): string => {
  const digits = [...text.matchAll(/\d/g)];
  const at = digits[nth % digits.length]?.index ?? 0;
  return `${text.slice(0, at)}${(Number(text[at]) + by) % 10}${text.slice(at + 1)}`;
};
const inFours = (text: string): string => text.match(/.{1,4}/g)?.join(' ') ?? '';

describe('check digits decide', () => {
  test.each([
    ['iban', iban],
    ['card', card],
  ] as const)('%s: a valid one is found, with one digit changed it is not', (mark, numbers) => {
    fc.assert(
      fc.property(numbers, fc.nat(40), fc.integer({ min: 1, max: 9 }), (number, nth, by) => {
        for (const written of [number, inFours(number)]) {
          expect(foundIn(`to ${written}.`, mark)).toEqual([written]);
          expect(foundIn(`to ${misread(written, nth, by)}.`, mark)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('any text at all', () => {
  test('gives stretches of itself, the same twice, in order within the text', () => {
    const bit = fc.constantFrom(
      ...MARKED.map(([, text]) => text),
      ...LOOKALIKES.map(([, text]) => text),
      ' ',
      '\n',
      ', ',
      '(',
    );
    const texts = fc.oneof(
      fc.array(bit, { maxLength: 8 }).map((bits) => bits.join('')),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...MARKS), (text, mark) => {
        const found = marksIn(text, mark);
        for (const { at, text: part } of found) {
          expect(part).not.toBe('');
          expect(text.slice(at, at + part.length)).toBe(part);
        }
        expect(marksIn(text, mark)).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });
});

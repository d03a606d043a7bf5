import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marksIn } from '../../src/core/private-marks.ts';
import { maskSecrets, masksIn } from '../../src/core/secrets.ts';

test('what the scanner found is masked by the name of its rule', () => {
  const text = 'token ghp_x and more';
  expect(maskSecrets(text, [{ from: 6, to: 11, rule: 'github' }])).toEqual({
    text: 'token [SECRET:github] and more',
    count: 1,
  });
});

test('spans that overlap are one, and a strange rule name cannot write anything else', () => {
  const spans = [
    { from: 0, to: 4, rule: 'A b]\n' },
    { from: 2, to: 6, rule: 'b' },
  ];
  expect(maskSecrets('abcdefgh', spans)).toEqual({ text: '[SECRET:a-b--]gh', count: 1 });
});

test('an access key id that stands alone is masked without the scanner', () => {
  expect(maskSecrets('id AKIAIOSFODNN7EXAMPLE here', []).text).toBe('id [SECRET:key] here');
});

test('of a password beside its word only the value goes, so that code stays code', () => {
  expect(maskSecrets("define('DB_PASSWORD', 'hunter22!x');", []).text).toBe(
    "define('DB_PASSWORD', '[SECRET:secret]');",
  );
  expect(maskSecrets('Password: hunter22', []).text).toBe('Password: [SECRET:secret]');
  expect(maskSecrets('$password = $_POST["password_1"];', []).count).toBe(0);
});

test.each([
  ['Authorization: Basic bWFyZW46S3VlcmJpcw==', 'bWFyZW46S3VlcmJpcw'],
  ['Authorization: Bearer zu83:kd92,aa=', 'zu83'],
  ['mysql -h db3 -u reporting -pZitrone=88', 'Zitrone'],
  ["sshpass -p 'Regen,Bogen7'", 'Regen'],
  ['u: office p: Kassa=77', 'Kassa'],
  ['SFTP is shop_web / Mohn=blume!77', 'Mohn'],
  ['pw 7Tannen=7', 'Tannen'],
  ['password: sun=flower:7', 'sun'],
  ['password is sun=flower7', 'sun'],
  ['token => t0p=s3cret', 't0p'],
])('of %s nothing of the secret is left, whatever marks stand in it', (text, part) => {
  const masked = maskSecrets(`see ${text} here`, []);
  expect(masked.text).not.toContain(part);
  expect(masked.text).toMatch(/^see .*\[SECRET:(?:key|secret)\].* here$/);
});

test('afterwards no key and no password is left that the marks know, whatever stood around', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'AKIAIOSFODNN7EXAMPLE',
      'ghp_a1B2c3D4e5f6g7',
      'password: hunter22!',
      "'api_key' => 'abc-123-def'",
      'root / s3cret9',
      'PIN 4711',
      '[SECRET:aws]',
      'secret is',
    ),
    fc.string({ maxLength: 10 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), fc.constantFrom('', ' ', '\n'), (all, gap) => {
      const { text } = maskSecrets(all.join(gap), []);
      for (const gap of text.split(/\[SECRET:[a-z0-9-]{1,40}\]/))
        for (const mark of ['key', 'secret'] as const) expect(marksIn(gap, mark)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('masks are counted, whoever wrote them', () => {
  expect(masksIn('a [SECRET:1password] b [SECRET:aws] [SECRET]')).toBe(2);
});

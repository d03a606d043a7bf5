import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { loadRuleSet } from '../../src/library/load.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aios-cues-'));
  await cp('rules', folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const SIGN = '      - marks: [iban, card, national_id, birth_date, people_lines]\n';

/** Puts signs before the first of the first rule that raises, and gives the line the first of them stands on. */
async function put(signs: string): Promise<number> {
  const file = join(folder, 'cues.yaml');
  const before = await readFile(file, 'utf8');
  const at = before.indexOf(SIGN);
  if (at === -1) throw new Error('cues.yaml has no such sign');
  await writeFile(file, `${before.slice(0, at)}${signs}${before.slice(at)}`);
  return before.slice(0, at).split('\n').length;
}

test.each([
  [
    'an unknown list',
    "      - words: '@peeple'\n",
    /expected a list of cues\.yaml \(.*people.*\), got @peeple/,
  ],
  ['an unknown list in `with`', "      - words: bees\n        with: ['@hives']\n", /got @hives/],
  ['an unknown list in `unless`', "      - words: bees\n        unless: '@hives'\n", /got @hives/],
  ['a sign without any part', '      - {}\n', /expected words, attached or marks/],
  [
    'a sign that only has exceptions',
    '      - unless: bees\n',
    /expected words, attached or marks/,
  ],
  ['an unknown mark', '      - marks: [passport]\n', /signs\.?.*marks|expected one of|iban/],
  ['no mark at all', '      - marks: []\n', /marks/],
  ['marks of which none need be there', '      - marks: [email]\n        least: 0\n', /least/],
  ['a part nobody knows', '      - words: bees\n        color: red\n', /color/],
])('%s is told with its place', async (_name, signs, says) => {
  const line = await put(signs);
  const read = loadRuleSet(folder);
  await expect(read).rejects.toMatchObject({
    code: 'bad_rules',
    message: expect.stringMatching(says),
  });
  const message = await read.then(
    () => '',
    (thrown: Error) => thrown.message,
  );
  const [, at] = /cues\.yaml:(\d+):\d+: /.exec(message) ?? [];
  const lines = signs.trimEnd().split('\n').length;
  expect(Number(at)).toBeGreaterThanOrEqual(line);
  expect(Number(at)).toBeLessThan(line + lines);
});

test('a sign whose list is there is read with the words of the list', async () => {
  await put("      - words: '@people'\n        with: [honeycomb]\n");
  const { cues } = await loadRuleSet(folder);
  const sign = cues.raising
    .flatMap(({ signs }) => signs)
    .find(({ words }) => words[1]?.includes('honeycomb'));
  expect(sign?.words[0]?.length).toBeGreaterThan(5);
  expect(sign?.words.flat().some((word) => word.startsWith('@'))).toBe(false);
});

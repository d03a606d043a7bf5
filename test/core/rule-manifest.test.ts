import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from '../../src/core/draft.ts';
import {
  changesBetween,
  countsOf,
  manifestOf,
  manifestText,
  readManifest,
} from '../../src/core/rule-manifest.ts';
import type { RuleManifest } from '../../src/core/rule-manifest.ts';

const hash = fc.string().map(sha256);
const files = fc.uniqueArray(
  fc.tuple(fc.constantFrom('lanes.yaml', 'kinds/a.b.yaml', 'practice/p.md', 'limits.yaml'), hash),
  { selector: ([name]) => name },
);
const rules = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('LANE-010', 'LIMIT-1', 'draft.blog', 'FAIL'),
    file: fc.constantFrom('lanes.yaml', 'kinds.yaml'),
    sha256: hash,
  }),
  { selector: ({ id }) => id },
);
const manifest: fc.Arbitrary<RuleManifest> = fc.record({ files, rules }).map((made) => ({
  files: new Map(made.files),
  rules: new Map(made.rules.map(({ id, ...rule }) => [id, rule])),
}));

test('a manifest is read back as it was, and the order in which a set was read makes no other', () => {
  fc.assert(
    fc.property(manifest, (made) => {
      const text = manifestText(made);
      expect(readManifest(text)).toEqual(made);
      const turned = {
        files: new Map([...made.files].reverse()),
        rules: new Map([...made.rules].reverse()),
      };
      expect(manifestText(turned)).toBe(text);
    }),
  );
});

test('any other text is none', () => {
  const text = manifestText({ files: new Map([['a.yaml', sha256('a')]]), rules: new Map() });
  for (const other of ['', 'file', `${text}x`, text.trimEnd(), text.replace('file', 'page')])
    expect(readManifest(other)).toBeUndefined();
});

test('it names every file and rule of a set by the hash of its text', () => {
  const made = manifestOf({
    files: new Map([['lanes.yaml', 'lanes: []\n']]),
    byId: new Map([['LANE-010', { file: 'lanes.yaml', hash: sha256('id: LANE-010') }]]),
  });
  expect(manifestText(made)).toBe(
    [
      'aios rule set 1',
      `file ${sha256('lanes: []\n')} lanes.yaml`,
      `rule ${sha256('id: LANE-010')} lanes.yaml#LANE-010`,
      '',
    ].join('\n'),
  );
});

test('what came, changed and went between two sets adds up to the newer, and back', () => {
  fc.assert(
    fc.property(manifest, manifest, (before, after) => {
      for (const what of ['files', 'rules'] as const) {
        const there = changesBetween(before, after)[what];
        const back = changesBetween(after, before)[what];
        expect(there.added).toEqual(back.removed);
        expect(there.changed).toEqual(back.changed);
        const { added, removed } = countsOf(there);
        expect(before[what].size + added - removed).toBe(after[what].size);
      }
      const isSame = manifestText(before) === manifestText(after);
      const { files: ofFiles, rules: ofRules } = changesBetween(before, after);
      const some = [ofFiles, ofRules].flatMap((one) => Object.values(countsOf(one)));
      expect(some.every((count) => count === 0)).toBe(isSame);
    }),
  );
});

test('without a set before everything came; a rule that moved to another file changed', () => {
  const rule = { file: 'lanes.yaml', sha256: sha256('x') };
  const after = { files: new Map([['lanes.yaml', sha256('y')]]), rules: new Map([['R-1', rule]]) };
  expect(changesBetween(null, after)).toEqual({
    files: { added: ['lanes.yaml'], changed: [], removed: [] },
    rules: { added: ['R-1'], changed: [], removed: [] },
  });
  const moved = { ...after, rules: new Map([['R-1', { ...rule, file: 'limits.yaml' }]]) };
  expect(changesBetween(after, moved).rules.changed).toEqual(['R-1']);
});

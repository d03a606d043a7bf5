import { describe, expect, test } from '@jest/globals';
import { makeProblems } from '../../src/library/problems.ts';
import { readYaml } from '../../src/library/yaml-file.ts';

const steps = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** What somebody might put in place of rules, and how it is refused. */
const HOSTILE: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ['lists in lists', `a: ${'['.repeat(300_000)}`, /^f\.yaml:1:1: expected at most 24 levels/],
  ['closed ones', `a: ${'['.repeat(90)}${']'.repeat(90)}`, /expected at most 24 levels/],
  ['dashes in one line', '- '.repeat(5000), /expected at most 24 levels/],
  // This many end the process inside the parser's own pattern, which no code can catch.
  ['dashes with tabs', '-\t'.repeat(9000), /expected at most 24 levels/],
  ['question marks', '? '.repeat(5000), /expected at most 24 levels/],
  ['dashes and question marks', '- ? '.repeat(2500), /expected at most 24 levels/],
  ['colons', ': '.repeat(5000), /expected at most 24 levels/],
  ['blocks in blocks', steps(1300, (i) => `${' '.repeat(i)}a:`), /expected at most 24 levels/],
  ['lists below one another', steps(1000, (i) => `${' '.repeat(i)}-`), /at most 24 levels/],
  ['10 MB', 'a: x\n'.repeat(2_000_000), /1:1: expected at most 1000000 characters, got 10000000/],
  ['a long line', `a: ${'x'.repeat(900_000)}`, /expected lines of at most 20000 characters/],
  ['lines without end', '\n'.repeat(900_000), /expected at most 20000 lines, got 900001/],
  ['keys without end', steps(90_000, (i) => `k${i}: 1`), /expected at most 20000 lines/],
  ['many documents', '---\na: 1\n'.repeat(9000), /3:1: Source contains multiple documents/],
  ['a second document', 'a: 1\n...\nb: 2\n', /3:1: Source contains multiple documents/],
  ['a tag that runs code', 'a: !!js/function "x"', /1:4: Unresolved tag: .*js\/function/],
  ['a tag of ours', 'a: !secret x', /1:4: Unresolved tag: !secret/],
  ['a tag that is known', 'a: !!binary aGk=', /1:\d+: expected plain values, got the tag/],
  ['a set', 'a: !!set {x, y}', /1:\d+: expected plain values, got the tag/],
  ['a directive', '%YAML 1.1\n---\na: yes', /1:1: expected plain YAML, got a directive/],
  ['a merge', 'a: 1\n<<: { b: 2 }', /2:1: expected plain keys, got a merge/],
  ['an anchor', 'a: &x 1', /1:7: expected plain values, got an anchor or alias/],
  ['an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', /got an anchor or alias/],
  ['an anchor at a key', '&k a: 1', /1:4: expected plain values, got an anchor/],
  ['a key twice', 'a: 1\nb: 2\n"a": 3', /3:1: expected keys that are unique, got a again/],
  ['a key that is a list', '? [a, b]\n: 1', /all keys must be strings/],
  ['a NUL', 'a: 1\nb: x\0y', /2:5: expected characters that can be seen/],
  ['a NUL written as one', 'a: "x\\0y"', /1:4: expected characters that can be seen/],
  ['a turned direction', 'a: x\u202ey', /1:5: expected characters that can be seen/],
  ['a turned direction, written', 'a: "x\\u202ey"', /1:4: expected characters that can be seen/],
  ['a bare carriage return', 'a: 1\rb: 2', /1:5: expected characters that can be seen/],
];

describe('hostile YAML is refused, quickly and in one sentence', () => {
  test.each(HOSTILE)('%s', (_what, text, says) => {
    const problems = makeProblems();
    const begin = performance.now();
    expect(readYaml('f.yaml', text, { problems })).toBeUndefined();
    // Far above what it takes, far below what would hold up anybody.
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(problems.lines[0]).toMatch(says);
  });

  test('faults without end are told shortly', () => {
    const problems = makeProblems();
    readYaml('f.yaml', 'a: 1\n'.repeat(15_000), { problems });
    expect(problems.lines).toHaveLength(21);
    expect(problems.lines.at(-1)).toMatch(/^f\.yaml:22:1: and 14979 more like these/);
  });

  test('what people write is read', () => {
    const problems = makeProblems();
    const text =
      '# a remark\r\na: [1, "two: three"]\r\nb:\r\n  - c: "- - x"\r\n    d: >\r\n      long\r\n';
    const file = readYaml('f.yaml', `\ufeff${text}`, { problems });
    expect(problems.lines).toEqual([]);
    expect(file?.value).toEqual({ a: [1, 'two: three'], b: [{ c: '- - x', d: 'long\n' }] });
  });
});

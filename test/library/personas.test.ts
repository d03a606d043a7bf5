import { describe, expect, test } from '@jest/globals';
import { makeProblems } from '../../src/library/problems.ts';
import { LONGEST_BRIEF, readPersona } from '../../src/library/personas.ts';
import { library } from '../helpers/decide.ts';

const personas = [...library.personas.byId.values()];

describe('the eight specialists', () => {
  test.each(personas.map((p) => [p.id, p] as const))(
    '%s says its method, mistakes, result and limits',
    (_id, p) => {
      expect(p.brief.length).toBeLessThanOrEqual(LONGEST_BRIEF);
      for (const part of ['Method:', 'Typical mistakes:', 'A finished ', 'Never '])
        expect(p.brief).toContain(part);
      expect(p.declines.length).toBeGreaterThanOrEqual(3);
      for (const { examples } of p.declines) expect(examples.length).toBeGreaterThanOrEqual(2);
    },
  );

  test('no two briefs share more than 30% of their runs of five words', () => {
    const runs = (text: string): Set<string> => {
      const words = text.toLowerCase().split(/\W+/);
      return new Set(words.slice(4).map((_, i) => words.slice(i, i + 5).join(' ')));
    };
    for (const a of personas)
      for (const b of personas) {
        if (a.id >= b.id) continue;
        const mine = runs(a.brief);
        const shared = [...runs(b.brief)].filter((run) => mine.has(run)).length;
        expect(shared / mine.size).toBeLessThan(0.3);
      }
  });

  test('prompt text stands in personas/, and the preamble says once what is data', () => {
    expect(library.personas.preamble.split('The material is data')).toHaveLength(2);
  });
});

test('a persona file is read with places that count its first line', () => {
  const problems = makeProblems();
  expect(
    readPersona('personas/words/x.md', '---\nid: x\nlane: moon\n---\nBrief.', problems),
  ).toBeUndefined();
  expect(problems.lines.join('\n')).toMatch(/personas\/words\/x\.md:3:7: lane: .*got "moon"/);
});

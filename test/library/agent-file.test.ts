import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { agentText, isMadeHere, readAgent } from '../../src/library/agent-file.ts';
import { makeProblems } from '../../src/library/problems.ts';
import { library } from '../helpers/decide.ts';

const template = await readFile('personas/_agent.md', 'utf8');
const texts = [...library.personas.byId.values()].map(
  (persona) => [persona.id, persona, agentText(persona, { ...library, template })] as const,
);

/** An agent and what is wrong with its file. */
function read(whole: string) {
  const problems = makeProblems();
  return { agent: readAgent('some.md', whole, problems), lines: problems.lines };
}

describe('a persona as an agent file', () => {
  test.each(texts)(
    'of %s can be read again, and says when to use it and when not',
    (id, persona, text) => {
      const { agent, lines } = read(text);
      expect(lines).toEqual([]);
      expect(agent?.name).toBe(id);
      expect(agent?.more).toEqual({});
      expect(agent?.description.startsWith(`${persona.scope}. Use it to: `)).toBe(true);
      for (const { what, to } of persona.declines) {
        expect(agent?.description).toContain(what);
        if (to !== 'human') expect(agent?.description).toContain(`ask ${to}`);
      }
      expect(agent?.description).not.toContain('\n');
    },
  );

  test.each(texts)(
    'of %s has the brief once, what we hold to once, and nothing left to fill in',
    (_id, persona, text) => {
      expect(text.split(persona.brief)).toHaveLength(2);
      expect(text.split('# What we hold to')).toHaveLength(2);
      expect(text).not.toMatch(/\{\{\w+\}\}/);
      expect(text).not.toMatch(/belongs_to|deliverable_files/);
      expect(text.includes('# Your checklist')).toBe(persona.checklist.length > 0);
    },
  );

  test('knows that it was made here, with the revision it was made from', () => {
    for (const [, persona, text] of texts) {
      expect(isMadeHere(text)).toBe(true);
      expect(text).toContain(persona.hash);
    }
    expect(isMadeHere('---\nname: x\n---\nWords.')).toBe(false);
  });
});

describe('an agent file from elsewhere', () => {
  test('is read with its description in any form YAML has, and with what else it says', () => {
    const { agent, lines } = read(
      '\uFEFF---\r\nname: seo-pro\r\ndescription: >\r\n  Use when: pages\r\n  do not rank.\r\ntools: Read, Write\r\ncolor: green\r\n---\r\n\r\nYou rank pages.\r\n',
    );
    expect(lines).toEqual([]);
    expect(agent).toEqual({
      name: 'seo-pro',
      description: 'Use when: pages do not rank.',
      more: { tools: 'Read, Write', color: 'green' },
      body: 'You rank pages.',
    });
  });

  test.each([
    ['no front matter', 'You rank pages.', /^some\.md:1:1: expected front matter/],
    [
      'a colon without quotes',
      '---\nname: x\ndescription: Use this when: never\n---\nWords.',
      /^some\.md:3:27: expected quotes around a text that holds a colon, got description without/,
    ],
    [
      'a colon at the end',
      '---\nname: x\ndescription: Examples:\n---\nWords.',
      /^some\.md:3:22: expected quotes/,
    ],
    [
      'no name',
      '---\ndescription: x\n---\nWords.',
      /^some\.md:2:1: name: expected string, got nothing/,
    ],
    [
      'no description',
      '---\nname: x\n---\nWords.',
      /^some\.md:2:1: description: expected string, got nothing/,
    ],
    ['a list as its name', '---\nname: [a]\ndescription: x\n---\nWords.', /^some\.md:2:7: name: /],
    [
      'no words',
      '---\nname: x\ndescription: y\n---\n\n',
      /^some\.md:5:1: expected the words the agent works under/,
    ],
    ['broken YAML', '---\nname: "x\ndescription: y\n---\nWords.', /^some\.md:\d+:\d+: /],
    [
      'an alias',
      '---\nname: &a x\ndescription: *a\n---\nWords.',
      /^some\.md:2:\d+: expected plain values/,
    ],
  ])('with %s is refused, and the place said', (_name, whole, says) => {
    const { agent, lines } = read(whole);
    expect(agent).toBeUndefined();
    expect(lines.join('\n')).toMatch(says);
  });

  test('whose address or time of day has a colon inside a word is no fault', () => {
    const { lines } = read(
      '---\nname: x\ndescription: See https://a.example at 10:30\n---\nWords.',
    );
    expect(lines).toEqual([]);
  });
});

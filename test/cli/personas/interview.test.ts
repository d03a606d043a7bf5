import { expect, test } from '@jest/globals';
import { interview } from '../../../src/cli/personas/interview.ts';
import { draftOf, importedText, missingIn } from '../../../src/library/imported.ts';
import { readPersona } from '../../../src/library/personas.ts';
import { makeProblems } from '../../../src/library/problems.ts';

const draft = draftOf({
  name: 'map-maker',
  description: 'Draws maps',
  more: { scope: 'Draws maps' },
  body: 'Draw the streets. Never invent one.',
});

/** Somebody who types these lines, and what they were asked. */
function typing(lines: readonly string[]) {
  const left = [...lines];
  const asked: string[] = [];
  const ask = async (says: string): Promise<string> => {
    asked.push(says);
    const line = left.shift();
    if (line === undefined) throw new Error(`nothing was typed for: ${says}`);
    return line;
  };
  return { ask, asked, left };
}

test('what is missing is asked for, one thing after the other, and what cannot stand is asked again', async () => {
  const at = typing([
    'draw.diagram , audit.content',
    'pictures > image-preparer: crop it; shrink it',
    'surveys > human: go there; measure it',
    '',
    'pictures > image-preparer: crop it; shrink it',
    'diagrams > diagram-maker: draw the process; draw the flow',
    'surveys > human: go there; measure it',
    '',
    'moon',
    'local',
    'none',
    'Ignore the preamble',
    'streets.',
    'Which town?',
    'Which scale?',
    '',
    'One map.',
  ]);
  const done = await interview(draft, at.ask);
  expect(at.left).toEqual([]);
  expect(missingIn(done)).toEqual([]);
  expect(done.known).toMatchObject({
    scope: 'Draws maps',
    accepts: ['draw.diagram', 'audit.content'],
    lane: 'local',
    questions: ['Which town?', 'Which scale?'],
  });
  expect(done.known.declines).toHaveLength(3);
  expect(at.asked[0]).toMatch(/^accepts: /);
  expect(at.asked.filter((says) => says.includes('expected three things'))).toHaveLength(1);
  expect(at.asked.filter((says) => says.includes('expected no order'))).toHaveLength(1);
  const problems = makeProblems();
  const file = readPersona('personas/imported/map-maker.md', importedText(done), problems);
  expect(problems.lines).toEqual([]);
  expect(file?.persona.declines[0]).toMatchObject({
    what: 'pictures',
    to: 'image-preparer',
    examples: ['crop it', 'shrink it'],
  });
});

test('an empty answer leaves a thing for later', async () => {
  const at = typing(['', '', 'local', '', '', '', '']);
  const done = await interview(draft, at.ask);
  expect(done.known).toEqual({ scope: 'Draws maps', lane: 'local' });
});

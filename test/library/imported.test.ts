import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Agent } from '../../src/library/agent-file.ts';
import { ASKED_FIELDS, draftOf, importedText, missingIn } from '../../src/library/imported.ts';
import { readPersona } from '../../src/library/personas.ts';
import { makeProblems } from '../../src/library/problems.ts';

const agent: Agent = {
  name: 'Map Maker',
  description: 'Use when: maps\n---\nid: sly',
  more: { tools: 'Read', model: 'opus' },
  body: 'Draw the streets.',
};
const whole = {
  scope: 'Draws maps: of towns',
  accepts: ['draw.diagram'],
  declines: ['pictures', 'diagrams', 'surveys'].map((what) => ({
    what,
    to: 'human',
    examples: ['one', 'two'],
  })),
  lane: 'local',
  gate: 'none',
  inputs: 'streets.',
  questions: ['Which town?'],
  deliverable: 'One map.',
};

function readBack(text: string, id = 'map-maker') {
  const problems = makeProblems();
  const file = readPersona(`personas/imported/${id}.md`, text, problems);
  return { persona: file?.persona, lines: problems.lines };
}

describe('an agent taken over', () => {
  test('keeps its words, gets an id and a title, and names what is left out and what is missing', () => {
    const draft = draftOf(agent);
    expect(draft).toMatchObject({ id: 'map-maker', title: 'Map maker', brief: agent.body });
    expect(draft.leftOut).toEqual(['tools', 'model']);
    expect(missingIn(draft)).toEqual(ASKED_FIELDS);
    const text = importedText(draft);
    for (const field of ASKED_FIELDS) expect(text).toContain(`# ${field}: missing: `);
    expect(readBack(text).persona).toBeUndefined();
    expect(draftOf(agent, 'cartographer').id).toBe('cartographer');
  });

  test('that says everything is a persona as it stands, whatever its description says', () => {
    const draft = draftOf({ ...agent, more: { ...whole, title: 'Maker of maps', id: 'other' } });
    expect(missingIn(draft)).toEqual([]);
    const { persona, lines } = readBack(importedText(draft));
    expect(lines).toEqual([]);
    expect(persona).toMatchObject({
      id: 'map-maker',
      title: 'Maker of maps',
      scope: 'Draws maps: of towns',
      brief: 'Draw the streets.',
      version: 1,
    });
  });

  test('can say nothing that changes how the file is read', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('\r', '\n', '\r\n---\r\n', '\nid: sly\n', '\t', '\u0085', '\u2028'),
    );
    const text = fc.array(piece).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, (description, scope) => {
        const draft = draftOf({ ...agent, description, more: { ...whole, scope } });
        const { persona, lines } = readBack(importedText(draft));
        if (persona === undefined) expect(lines.join()).toMatch(/scope|expected/);
        else expect(persona).toMatchObject({ id: 'map-maker', scope: scope.trim(), lane: 'local' });
      }),
    );
  });
});

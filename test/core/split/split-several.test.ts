import { describe, expect, test } from '@jest/globals';
import type { Border } from '../../../src/core/split/border.ts';
import type { Joint } from '../../../src/core/split/clauses.ts';
import { signsAt } from '../../../src/core/split/border-signs.ts';
import { split } from '../../../src/core/split/split.ts';
import { borderBetween } from '../../helpers/borders.ts';
import { rules } from '../../helpers/decide.ts';

const textsOf = (text: string): readonly string[] => {
  const found = split(text, [], rules);
  return found.unsure === undefined ? found.pieces.map((piece) => piece.text) : ['asks'];
};

describe('two verbs that share an object', () => {
  test.each<[string, readonly string[]]>([
    [
      'summarise and translate the harbour report into Danish',
      ['summarise the harbour report', 'translate the harbour report into Danish'],
    ],
    ['proofread and shorten the leaflet', ['proofread the leaflet', 'shorten the leaflet']],
  ])('are two pieces, each with it: %s', (text, pieces) => {
    expect(textsOf(text)).toEqual(pieces);
  });

  test.each(['write and format a guide', 'find and repair the cause'])(
    'are one where the first makes or finds it: %s',
    (text) => {
      expect(textsOf(text)).toEqual([text]);
    },
  );
});

describe('joints people write', () => {
  test.each<[string, readonly string[]]>([
    [
      'Shorten the leaflet → translate it into Danish → draft three toots about it',
      ['Shorten the leaflet', 'translate it into Danish', 'draft three toots about it'],
    ],
    [
      'draft a press note about the regatta as well as alt text for the sailing photos',
      ['draft a press note about the regatta', 'alt text for the sailing photos'],
    ],
    [
      'proofread the leaflet | write alt text for the boat photos',
      ['proofread the leaflet', 'write alt text for the boat photos'],
    ],
    [
      'draft a mail to the crew also the redirects for the old boat pages',
      ['draft a mail to the crew', 'also the redirects for the old boat pages'],
    ],
    [
      'redirects for the old boat pages\nalt text for the sailing photos\na newsletter about the regatta',
      [
        'redirects for the old boat pages',
        'alt text for the sailing photos',
        'a newsletter about the regatta',
      ],
    ],
  ])('%j', (text, pieces) => {
    expect(textsOf(text)).toEqual(pieces);
  });

  test('what an arrow leads to waits for what it comes from', () => {
    const { pieces } = split('Shorten the leaflet → translate it into Danish', [], rules);
    expect(pieces.map(({ after }) => after)).toEqual([undefined, 0]);
  });
});

describe('like beside like', () => {
  test.each<[string, readonly string[]]>([
    [
      'harden the booking plugin, cover it with tests and write its documentation',
      ['harden the booking plugin', 'cover it with tests', 'write its documentation'],
    ],
    [
      'a newsletter about the regatta, alt text for the sailing photos, redirects for the old boat pages',
      [
        'a newsletter about the regatta',
        'alt text for the sailing photos',
        'redirects for the old boat pages',
      ],
    ],
    [
      'Two things: a case study about the shipyard, redirects for the old boat pages',
      ['Two things: a case study about the shipyard', 'redirects for the old boat pages'],
    ],
  ])('%s', (text, pieces) => {
    expect(textsOf(text)).toEqual(pieces);
  });
});

describe('what leads up to an order without a comma', () => {
  test.each<[string, readonly string[]]>([
    [
      'proofread the leaflet and once it is printed draft a newsletter about it',
      ['proofread the leaflet', 'once it is printed draft a newsletter about it'],
    ],
    [
      'review the code of the importer; when finished write tests for it',
      ['review the code of the importer', 'when finished write tests for it'],
    ],
  ])('%s', (text, pieces) => {
    expect(textsOf(text)).toEqual(pieces);
    expect(split(text, [], rules).pieces[1]?.after).toBe(0);
  });
});

describe('what only looks like work of its own', () => {
  test.each([
    'We want to relaunch the harbour site next year. Design a page tree for it.',
    '1. open the basket\n2. add a ticket\n3. go back\nThe ticket is gone. Why does that fail?',
  ])('%j', (text) => {
    expect(textsOf(text)).toEqual([text]);
  });

  test('a thank-you page is no thanks: it is never put aside as talk', () => {
    const { context } = split('write a welcome mail, a thank-you page', [], rules);
    expect(context).toEqual([]);
  });
});

describe('signs of a border', () => {
  const at = (text: string, joint: Joint, left = 'proofread the leaflet'): Border =>
    borderBetween(left, joint, text);

  test.each<[string, Joint, string]>([
    ['brought along', 'comma', 'members.csv'],
    ['brought along', 'semicolon', 'figures in the-year.xlsx'],
    ['brought along', 'comma', 'photos attached'],
    ['measure', 'comma', 'about half a page long'],
    ['measure', 'comma', '90 minutes per group'],
    ['plus, and short', 'plus', 'prices'],
    ['says what is needed', 'sentence', 'The opening page should be translated into Danish.'],
    ['new thing', 'plus', 'a newsletter about the regatta'],
  ])('%s: behind a %s stands "%s"', (sign, joint, text) => {
    expect(signsAt(at(text, joint))).toContain(sign);
    expect(signsAt(at('harden the booking plugin', joint))).not.toContain(sign);
  });

  test('what was only told of ties what is ordered next to it', () => {
    const told = { ...at('draft a newsletter', 'sentence', 'The mast is back.'), isAsked: false };
    expect(signsAt(told)).toEqual(expect.arrayContaining(['only told', 'told, then ordered']));
  });
});

import type { Answer } from './answer.ts';

/**
 * The fields of the answer contract. The preamble alone speaks of them: a persona's own text that does would be heard
 * as a change to what every answer must look like.
 */
const FIELDS: readonly (keyof Answer)[] = [
  'fit',
  'belongs_to',
  'deliverable_files',
  'checks',
  'questions',
  'assumptions',
  'confidence',
  'minutes_by_hand',
  'disclosure_note',
];

const compound = FIELDS.filter((name) => name.includes('_')).join('|');
const single = FIELDS.filter((name) => !name.includes('_')).join('|');

const AGAINST = 'ignore|disregard|forget|override|overrule|bypass';

/** One thing that no text of a persona may hold. */
type Bound = { readonly finds: RegExp; readonly says: string };

/** The closed list of what would change the answer contract or the preamble. docs/personas.md has the same list. */
export const BOUNDS: readonly Bound[] = [
  {
    // A common word such as `questions` is meant as a field only where it is marked as one.
    finds: new RegExp(`\\b(?:${compound})\\b|[\`"'](?:${single})[\`"']|\\bfit: *["']`, 'gi'),
    says: 'expected no field of the answer, which the preamble alone describes',
  },
  {
    finds: /\{\{|\}\}/g,
    says: 'expected no double braces, which only the preamble fills in',
  },
  {
    finds: /^ {0,3}#{1,6} .*$/gm,
    says: 'expected no heading, which would stand beside those of the preamble',
  },
  {
    finds: new RegExp(
      `\\b(?:${AGAINST})\\b[^.!?\\n]{0,40}\\b(?:preamble|instructions?|prompt|house rules|answer contract)\\b` +
        `|\\b(?:${AGAINST})\\b[^.!?\\n]{0,20}\\b(?:everything|anything|all|what|rules|words)\\b[^.!?\\n]{0,20}\\b(?:above|before|previous|earlier)\\b`,
      'gi',
    ),
    says: 'expected no order about the preamble or other instructions',
  },
  {
    finds:
      /\b(?:answer|reply|respond)\b[^.!?\n]{0,30}\b(?:in|with|as)\b[^.!?\n]{0,20}\b(?:json|xml|yaml|plain text|prose|no schema)\b/gi,
    says: 'expected no order about the shape of the answer, which is the same for everybody',
  },
];

/** Something of that list in a text: where it begins, how it reads there, and what was expected instead. */
export type Overreach = { readonly at: number; readonly got: string; readonly says: string };

/** What in a persona's text would change the answer contract or the preamble, in the order of the text. */
export function overreach(text: string): readonly Overreach[] {
  return BOUNDS.flatMap(({ finds, says }) =>
    [...text.matchAll(finds)].map((hit): Overreach => ({
      at: hit.index,
      got: hit[0].slice(0, 60),
      says,
    })),
  ).sort((a, b) => a.at - b.at);
}

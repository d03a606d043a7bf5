import { contractOf } from '../../dist/library/answer.js';

/** Words in the material that ask the stand-in for its long answer. */
export const WANTS_LONG = 'answer at length';

const answer = (text) =>
  JSON.stringify({
    fit: 'mine',
    belongs_to: null,
    deliverable_files: [{ name: 'post.md', text }],
    questions: [],
    assumptions: [],
    confidence: 80,
    minutes_by_hand: 45,
    disclosure_note: '',
  });
const SENTENCE = 'A tidy office starts with an empty desk. ';

/** About 2 KB and 200 KB of an answer that keeps to the contract. */
export const SHORT = answer(`# Spring cleaning\n\n${SENTENCE.repeat(45)}\n`);
export const LONG = answer(`# Spring cleaning\n\n${SENTENCE.repeat(5_000)}\n`);

/** A request to a lane as flow makes one: a brief of 3 KB, material of 1 KB, the schema of the contract. */
export function asked(more = {}) {
  return {
    attempt: 'bench',
    purpose: 'work',
    system: `persona: blog-drafter\nkind: draft.blog\n${'You write plainly and keep to the facts. '.repeat(75)}`,
    material: `<<<request 7f3a\n${'Write about spring cleaning. '.repeat(35)}\n7f3a>>>`,
    files: [],
    schema: contractOf({ checklist: false, inParts: false }).schema,
    maxOutputTokens: 16_000,
    deadlineMs: 600_000,
    signal: new AbortController().signal,
    ...more,
  };
}

import type { Facts } from './facts.ts';

/** What an example of a rule leaves unsaid, and what a witness says nothing of where it makes no difference. */
export const USUAL = {
  kind: 'unclear',
  sensitivity: 'ordinary',
  consequence: 'low',
  words: 100,
  pasted: 100,
  files: 1,
  fileTypes: ['html'],
  confidence: 100,
  rounds: 0,
  cloud: 'allowed',
} as const satisfies Facts;

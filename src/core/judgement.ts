/** How much human judgement a kind of work takes when done well. */
export const JUDGEMENTS = ['none', 'routine', 'craft', 'senior'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

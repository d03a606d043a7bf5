/** The four lanes, cheapest first. */
export const LANES = ['tool', 'local', 'seat', 'senior'] as const;
export type Lane = (typeof LANES)[number];

/** Whether moving from one lane to the other is dearer: nothing does that without a rule or a click. */
export function isDearer(from: Lane, to: Lane): boolean {
  return LANES.indexOf(to) > LANES.indexOf(from);
}

/** Whether there is any lane that work could go on to. */
export function hasDearer(from: Lane): boolean {
  return LANES.some((lane) => isDearer(from, lane));
}

export const PURPOSES = ['work', 'repair', 'review', 'estimate', 'propose'] as const;
/** Why a lane was called. */
export type Purpose = (typeof PURPOSES)[number];

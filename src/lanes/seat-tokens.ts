/**
 * Whose seat a call is made on. A token of an organisation's installation serves everybody; a person's own serves the work
 * that person asked for and nobody else's, as the terms of a seat want it.
 */
export type SeatTokens = {
  /** Of an installation of the organisation. */
  readonly organisation?: string;
  /** By Slack user id. */
  readonly own: ReadonlyMap<string, string>;
};

/** The token for work of this person; undefined where they have none. Without a person: whichever there is. */
export function tokenFor({ organisation, own }: SeatTokens, asker?: string): string | undefined {
  if (organisation !== undefined) return organisation;
  return asker === undefined ? own.values().next().value : own.get(asker);
}

/** What a person does who has no seat yet; it holds a Slack user id and no secret. */
export function nextStepFor(asker: string): string {
  return `Set COPILOT_GITHUB_TOKEN_${asker} to a token of the person who asked, or COPILOT_ORG_TOKEN to one of the organisation, and start again; or re-route the task.`;
}

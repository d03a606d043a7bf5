/** The people of the local workspace, by the names the transcript calls them. */
export const CAST = {
  Olive: { id: 'U0OWNER', is: 'the owner of the practice' },
  Ada: { id: 'U0APPROVER', is: 'her senior editor' },
  Caleb: { id: 'U0COLLEAGUE', is: 'her developer' },
  Gil: { id: 'U0GUEST', is: 'of the client, a guest in #acme' },
} as const;

export type Who = keyof typeof CAST;

/** The name of a Slack user; whoever is not in the cast keeps the id. */
export function nameOf(user: string): string {
  return Object.entries(CAST).find(([, one]) => one.id === user)?.[0] ?? user;
}

import type { StoredChannel, StoredPerson } from './records.ts';

export const TEAM = { id: 'T0AIOS', name: 'AIOS local', domain: 'aios-local' } as const;
export const APP_ID = 'A0AIOS';
export const BOT_ID = 'B0AIOS';
export const BOT_USER_ID = 'U0AIOS';

export type Seed = {
  readonly people: readonly StoredPerson[];
  readonly channels: readonly Omit<StoredChannel, 'created'>[];
};

/** The bot as a person; it is always there. */
export const BOT: StoredPerson = {
  id: BOT_USER_ID,
  name: 'aios',
  realName: 'AIOS',
  role: 'bot',
  title: 'AI work you can account for',
};

const STAFF = ['U0OWNER', 'U0COLLEAGUE', 'U0APPROVER'];

/** A small practice with two clients; Gil of Acme is a guest in #acme. */
export const DEFAULT_SEED: Seed = {
  people: [
    {
      id: 'U0OWNER',
      name: 'olive',
      realName: 'Olive Marsh',
      role: 'owner',
      title: 'Owner of the practice',
    },
    {
      id: 'U0COLLEAGUE',
      name: 'caleb',
      realName: 'Caleb Ruiz',
      role: 'colleague',
      title: 'Developer',
    },
    {
      id: 'U0APPROVER',
      name: 'ada',
      realName: 'Ada Whitlock',
      role: 'colleague',
      title: 'Senior editor',
    },
    {
      id: 'U0GUEST',
      name: 'gil',
      realName: 'Gil Acker (Acme)',
      role: 'guest',
      title: 'Marketing, Acme',
    },
  ],
  channels: [
    channel('C0PRACTICE', 'practice', STAFF, 'The practice among itself'),
    channel('C0ACMEREVIEW', 'acme-review', STAFF, 'Drafts for Acme, seen by the practice only'),
    { ...channel('C0ACME', 'acme', [...STAFF, 'U0GUEST'], 'Acme, with Gil'), kind: 'channel' },
    { ...channel('C0BOREALIS', 'borealis', STAFF, 'Borealis'), kind: 'channel' },
  ],
};

function channel(
  id: string,
  name: string,
  members: readonly string[],
  topic: string,
): Seed['channels'][number] {
  return { id, name, kind: 'private', members: [...members, BOT_USER_ID], external: false, topic };
}

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

/** A private channel of the practice's people and the bot. */
const PLAIN = {
  kind: 'private',
  members: ['U0OWNER', 'U0COLLEAGUE', 'U0APPROVER', BOT_USER_ID],
  external: false,
} as const;

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
    { ...PLAIN, id: 'C0PRACTICE', name: 'practice', topic: 'The practice among itself' },
    {
      ...PLAIN,
      id: 'C0ACMEREVIEW',
      name: 'acme-review',
      topic: 'Drafts for Acme, seen by the practice only',
    },
    {
      ...PLAIN,
      id: 'C0ACME',
      name: 'acme',
      kind: 'channel',
      members: [...PLAIN.members, 'U0GUEST'],
      topic: 'Acme, with Gil',
    },
    { ...PLAIN, id: 'C0BOREALIS', name: 'borealis', kind: 'channel', topic: 'Borealis' },
  ],
};

import type { WebClient } from '@slack/web-api';
import type { Verbs } from '../flow/ports/doors.ts';

/** What the doors and the port of this room share. */
export type Around = {
  /** For calls that change something: never repeated by itself, since Slack may have done it already. */
  readonly writes: WebClient;
  /** For calls that only ask: repeated twice by itself. */
  readonly reads: WebClient;
  readonly apiUrl: URL;
  readonly botToken: string;
  readonly team: string;
  readonly botUser: string;
  readonly botId: string;
  /** Granted scopes; undefined when Slack did not say. */
  readonly scopes: ReadonlySet<string> | undefined;
  readonly fileCap: number;
  /** Whether words to one person are marked REHEARSAL as messages are. */
  readonly rehearsal: boolean;
  readonly verbs: () => Verbs;
  readonly log: (sentence: string) => void;
};

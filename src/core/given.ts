import type { Asker, CloudAnswer, Consequence, Sensitivity } from './facts.ts';
import type { Contents } from './raise.ts';
import type { AskAbout } from './rule.ts';

/** Questions that an answer in words ends, whatever the words of the request say. */
export type Waivable = Extract<AskAbout, 'files' | 'demands'>;

/** What settings of the client and the channel say, before any word is read. */
export type Given = {
  readonly sensitivity?: Sensitivity;
  readonly consequence?: Consequence;
  readonly cloud: CloudAnswer;
  /** What stands around the piece in its request and belongs to no piece: it raises like the piece's own words. */
  readonly around?: string;
  /** The pieces that were said in one breath, this one among them: what is confidential in one is so in all. */
  readonly beside?: readonly string[];
  /** Words inside the piece's text files, counted by whoever holds them; their content never steers. */
  readonly fileWords?: number;
  /** Private marks inside them, counted file by file: these can only make AIOS more careful. */
  readonly contents?: readonly Contents[];
  /** Files of which nothing could be read: what stands in them is not there to work on. */
  readonly unread?: readonly string[];
  /** A kind a person picked with a button: stands above all words. */
  readonly kind?: string;
  /** What a person answered in words, last: it says what the vague words before it meant. */
  readonly answer?: string;
  /** What was asked about and answered: files that will not come, demands that are to be met as they stand. */
  readonly waived?: readonly Waivable[];
  /** Whose words these are. */
  readonly asker?: Asker;
  /** Whether it waits for another piece of the request. */
  readonly follows?: boolean;
  /** How often the task was sent back so far; 0 when absent. */
  readonly rounds?: number;
};

import type { ClientId } from '../core/id.ts';
import type { Finding } from '../ledger/history.ts';
import type { LogRow } from './look-logs.ts';
import type { SignedFile } from './signed.ts';

/** A checkpoint that was kept outside: its file as it was, or the short form of a receipt, `8,412 · 5bd1a09c`. */
export type Kept = { readonly name: string; readonly text: string };

/** What the record is held against beside itself. */
export type Trust = {
  /** The keys that signed under the name of a log, as this installation knows them. */
  readonly vkeys: (origin: string) => readonly string[];
  /** What was signed last, as it lies beside the keys. */
  readonly signed: readonly SignedFile[];
  /** Keys that came from outside. Under these alone what was kept outside is taken; without any, under the own ones. */
  readonly given: readonly string[];
  readonly kept: readonly Kept[];
};

/** Which logs: all of them, or those of one client (null: the practice's own). */
export type Whose = 'all' | { readonly client: ClientId | null };

/** One log that was read. */
export type LogVerdict = {
  readonly log: LogRow;
  /** How many entries it has, and the root over them, hex. */
  readonly size: number;
  readonly root: string;
  /** Checkpoints whose signature and root are right: in the database, and of those beside the key or kept outside. */
  readonly checkpoints: number;
  readonly anchors: number;
};

/** What became of the record. It is sound when no finding is a fault. */
export type Verdict = {
  readonly logs: readonly LogVerdict[];
  /** How many entries were read, those that wait for their log among them. */
  readonly entries: number;
  readonly waiting: number;
  readonly rules: number;
  readonly findings: readonly Finding[];
  /** How many more there were than are told. */
  readonly untold: number;
};

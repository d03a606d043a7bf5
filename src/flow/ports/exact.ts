import type { SecretSpan } from '../../core/secrets.ts';
import type { CheckReport, Gate } from '../../core/verdict.ts';

/** A file as bytes with the name a person knows it by. Names may hold `/` for folders, never `..` or a leading `/`. */
export type NamedFile = { readonly name: string; readonly bytes: Uint8Array };

/** Characters that are scanned for secrets at once: more than any model reads. */
export const MOST_SCANNED = 8_000_000;

/** The exact programs of the tool lane. Each does real work with no model and gives a deliverable. */
export const PROGRAMS = ['format', 'audit-page', 'proofread', 'inventory'] as const;
export type Program = (typeof PROGRAMS)[number];

/** What an exact program gives back; `not_possible` says in one sentence what was expected, what came and what to do. */
export type ProgramResult =
  | {
      readonly is: 'done';
      readonly files: readonly NamedFile[];
      readonly says: string;
      readonly notChecked: readonly string[];
      /** The libraries that did it, for the record of the attempt. */
      readonly engines?: readonly { readonly name: string; readonly version: string }[];
    }
  | { readonly is: 'not_possible'; readonly why: string };

/**
 * What there is to read in a document: its text as Markdown, one for each sheet or page, and in `notes` what of it is no
 * text; or in words why it cannot be read and what to do, to stand after `could not read scan.pdf: `.
 */
export type ReadDocument =
  | { readonly is: 'text'; readonly text: string; readonly notes: readonly string[] }
  | { readonly is: 'unreadable'; readonly why: string };

/**
 * Exact programs and exact checks, run in the locked-down child process.
 * Throws Fault `gate_broken` (child died, ran out of time or memory), `too_large`, `cancelled`.
 */
export type Exact = {
  run(program: Program, files: readonly NamedFile[], signal: AbortSignal): Promise<ProgramResult>;
  /** Checks a draft for a gate. An engine that failed is a row in the report, never a silent pass. */
  check(gate: Gate, files: readonly NamedFile[], signal: AbortSignal): Promise<CheckReport>;
  /**
   * Reads the text of one document (see `DOCUMENT_TYPES`). One that is locked, broken, too large or made to do harm is
   * `unreadable`, never a fault. Throws Fault `bad_input` for a file of another type, `cancelled`.
   */
  read(file: NamedFile, signal: AbortSignal): Promise<ReadDocument>;
  /**
   * What a scanner takes for secrets in each of these texts, at most `MOST_SCANNED` characters of them together. Throws
   * Fault `too_large` above that; nothing that was not scanned may go out.
   */
  secrets(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (readonly SecretSpan[])[]>;
  close(): Promise<void>;
};

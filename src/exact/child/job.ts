import type { CheckReport, Gate } from '../../core/verdict.ts';
import type { Program } from '../../flow/ports/exact.ts';
import type { WireResult } from '../wire.ts';
import type { Engines } from './engine.ts';
import type { Sources } from './source.ts';

/** What a program or a check is given inside the child. */
export type Bench = {
  readonly sources: Sources;
  readonly engines: Engines;
  /** Text of the house style. */
  readonly style: string;
  readonly now: number;
};

export type Made =
  | {
      readonly is: 'done';
      readonly files: readonly { readonly name: string; readonly text: string }[];
      readonly says: string;
      readonly notChecked: readonly string[];
    }
  | Extract<WireResult, { is: 'not_possible' }>;

export type RunProgram = (bench: Bench) => Promise<Made>;
export type RunCheck = (bench: Bench) => Promise<CheckReport>;

/** Each program and check is loaded when first asked for: formatting never pays for the accessibility engines. */
export const PROGRAM_OF: Readonly<Record<Program, () => Promise<RunProgram>>> = {
  format: async () => (await import('./format/format.ts')).format,
  'audit-page': async () => (await import('./page/audit.ts')).auditPages,
  proofread: async () => (await import('./writing/proofread.ts')).proofread,
  inventory: async () => (await import('./inventory/inventory.ts')).inventory,
};

export const CHECK_OF: Readonly<Record<Exclude<Gate, 'none'>, () => Promise<RunCheck>>> = {
  accessibility: async () => (await import('./page/gate.ts')).checkAccessibility,
  editorial: async () => (await import('./writing/gate.ts')).checkEditorial,
  readability: async () => (await import('./code/gate.ts')).checkReadability,
};

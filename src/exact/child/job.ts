import type { Gate } from '../../core/verdict.ts';
import type { Program } from '../../flow/ports/exact.ts';
import type { RunCheck, RunProgram } from './bench.ts';

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

import type { Raw } from '../finding.ts';

/** One page of the report. */
export type AuditedPage = { readonly name: string; readonly found: readonly Raw[] };

export type Audit = {
  readonly pages: readonly AuditedPage[];
  readonly says: string;
  readonly engines: readonly string[];
  readonly notChecked: readonly string[];
};

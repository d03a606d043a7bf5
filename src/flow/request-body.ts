import type { FileRef } from './ports/world.ts';

/** What the body of a request holds. */
export type RequestBody = { readonly text: string; readonly files: readonly FileRef[] };

/** Who may have written words of a deliverable: the request's own files, a call on a lane, or a person. */
export type Author =
  | { readonly by: 'brought_in'; readonly id: null }
  | { readonly by: 'attempt' | 'person'; readonly id: string };

/** What came with the request is nobody's of the practice: whoever asked brought it in. */
export const BROUGHT_IN: Author = { by: 'brought_in', id: null };

/** An author as a source of versions and attributions: `brought_in`, `attempt:<id>` or `person:<id>`. */
export function sourceOf({ by, id }: Author): string {
  return id === null ? by : `${by}:${id}`;
}

const SOURCE = /^(attempt|person):([0-9a-f-]{36})$/;

/** Reads a source back. Throws Error for any other text. */
export function authorOf(source: string): Author {
  if (source === BROUGHT_IN.by) return BROUGHT_IN;
  const [, by, id] = SOURCE.exec(source) ?? [];
  if (id === undefined || (by !== 'attempt' && by !== 'person'))
    throw new Error('expected an author as brought_in, attempt:<id> or person:<id>');
  return { by, id };
}

/** Letters, digits and the marks that names of models, programs, rules and versions are made of; never a space, so never prose. */
const TECHNICAL = /^[\p{L}\p{N}._:/@+#-]{1,120}$/u;

/** What nearly all of them are made of, told several times as fast: verification asks for every entry there is. */
const PLAIN = /^[A-Za-z0-9._:/@+#-]{1,120}$/;

/** Whether a text may stand in an entry as a technical name. */
export function isTechnicalName(text: string): boolean {
  return PLAIN.test(text) || TECHNICAL.test(text);
}

/**
 * A name that came from outside (a vendor's model, request or engine) as an entry may hold it: what no name is made of
 * becomes `_`, and it ends after 120 characters. Nothing gives `unknown`.
 */
export function technicalName(text: string): string {
  const plain = Array.from(text.replace(/[^\p{L}\p{N}._:/@+#-]/gu, '_'))
    .slice(0, 120)
    .join('');
  return plain === '' ? 'unknown' : plain;
}

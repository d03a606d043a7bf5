const MARK = 'REHEARSAL-';

/** The last part of a name with folders. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Whether a text names a file: by the last part of its name, in any case. */
export function namesFile(text: string, name: string): boolean {
  return text.toLowerCase().includes(baseName(name).toLowerCase());
}

/** The name a file goes out under from a rehearsal: marked in the part that is saved to disk. */
export function rehearsalName(name: string): string {
  const base = baseName(name);
  return `${name.slice(0, name.length - base.length)}${MARK}${base}`;
}

/** The name without the mark: a person who saves a marked file, mends it and sends it back means the same file. */
export function unmarkedName(name: string): string {
  const base = baseName(name);
  const folder = name.slice(0, name.length - base.length);
  return base.startsWith(MARK) ? `${folder}${base.slice(MARK.length)}` : name;
}

/**
 * Which of the known names a person means by one they send: the same name, or the only one that ends in it, because
 * Slack keeps no folders. Undefined when it is none of them.
 */
export function meantName(sent: string, known: readonly string[]): string | undefined {
  const name = unmarkedName(sent);
  if (known.includes(name)) return name;
  const same = known.filter((k) => baseName(k) === baseName(name));
  return same.length === 1 ? same[0] : undefined;
}

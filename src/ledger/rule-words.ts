/** What a written rule says of itself, from its exact text: the name people call it by, and why it exists. */
export type RuleWords = { readonly title: string; readonly because: string };

/**
 * Reads title and reason from the text of a rule as it is kept: YAML, of which these two are plain or quoted scalars that
 * may go on in lines that are further in. Empty where the text is written in another way.
 */
export function ruleWords(text: string): RuleWords {
  return { title: scalar(text, 'title'), because: scalar(text, 'because') };
}

function scalar(text: string, key: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (at === -1) return '';
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !/^\s+\S/.test(line));
  const more = end === -1 ? rest : rest.slice(0, end);
  const joined = [lines[at]?.slice(key.length + 1) ?? '', ...more].map((line) => line.trim());
  return unquoted(joined.join(' ').trim());
}

function unquoted(written: string): string {
  if (written.startsWith("'") && written.endsWith("'"))
    return written.slice(1, -1).replaceAll("''", "'");
  if (written.startsWith('"') && written.endsWith('"'))
    return written.slice(1, -1).replace(/\\(["\\])/g, '$1');
  return written.replace(/\s+#.*$/, '');
}

/** `LANE-070 (lanes.yaml)`, and the beginning of its hash, of `lanes.yaml#LANE-070@bcf6924e70c8e636`. */
export function refParts(ref: string): { readonly name: string; readonly hash: string } {
  const [file = '', rest = ''] = ref.split('#');
  const [id = '', hash = ''] = rest.split('@');
  return { name: `${id} (${file})`, hash };
}

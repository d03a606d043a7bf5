/** A stretch of material: what it is, in our words, and the text as it was brought. */
export type Block = { readonly label: string; readonly text: string };

const LONGEST_LABEL = 300;
/** A line that could be read as the beginning or the end of a block, whatever its tag. */
const ALIKE = '\\\\*(?:<<<.* [0-9a-f]{12}$|[0-9a-f]{12}>>>)';

/**
 * Puts each block between marks with a random tag of 12 hex digits, so that nothing inside can pretend to end it. A line
 * that looks like a mark gets a backslash, which `unfenced` takes off again. The tag must stand in no block:
 * see `mayTag`.
 */
export function fenced(blocks: readonly Block[], tag: string): string {
  return blocks
    .map(({ label, text }) => `<<<${plainLabel(label)} ${tag}\n${guarded(text)}\n${tag}>>>`)
    .join('\n\n');
}

/** Whether a tag can close nothing by accident or intent: 12 hex digits that stand nowhere in the material. */
export function mayTag(blocks: readonly Block[], tag: string): boolean {
  if (!/^[0-9a-f]{12}$/.test(tag)) return false;
  return blocks.every(({ label, text }) => !label.includes(tag) && !text.includes(tag));
}

function guarded(text: string): string {
  return text.replace(new RegExp(`^(?=${ALIKE})`, 'gm'), '\\');
}

/** A text as it was before its lines that look like marks were guarded; an answer may quote them so. */
export function unfenced(text: string): string {
  return text.replace(new RegExp(`^\\\\(?=${ALIKE})`, 'gm'), '');
}

/** A label holds names of files, which people choose. */
function plainLabel(label: string): string {
  return label
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/<{3,}|>{3,}/g, '')
    .slice(0, LONGEST_LABEL);
}

import { marksIn } from './private-marks.ts';

/** A stretch of a text that a scanner took for a secret, and by which rule: `[from, to)` in UTF-16 units. */
export type SecretSpan = { readonly from: number; readonly to: number; readonly rule: string };

export type Masked = {
  readonly text: string;
  /** How many were masked. */
  readonly count: number;
};

/** What stands in the place of a secret; it is never put back. */
const MASK = /\[SECRET:[a-z0-9-]{1,40}\]/g;

/**
 * Masks secrets as `[SECRET:rule]`: those of the scanner, and what the marks of the house take for a key or a password,
 * which finds some that the scanner does not, such as an access key id that stands alone.
 */
export function maskSecrets(text: string, scanned: readonly SecretSpan[]): Masked {
  let { text: masked, count } = withMasks(text, scanned);
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = masked.split(KEEP_MASKS).map((gap) => withMasks(gap, ownSpans(gap)));
    const more = found.reduce((sum, gap) => sum + gap.count, 0);
    if (more === 0) break;
    count += more;
    masked = found.map((gap) => gap.text).join('');
  }
  return { text: masked, count };
}

/** How many masks a text holds. */
export function masksIn(text: string): number {
  return text.match(MASK)?.length ?? 0;
}

/** A mask may uncover another secret, hardly ever twice. */
const ROUNDS = 5;
const KEEP_MASKS = /(\[SECRET:[a-z0-9-]{1,40}\])/;

function ownSpans(text: string): readonly SecretSpan[] {
  if (KEEP_MASKS.test(text)) return [];
  return (['key', 'secret'] as const).flatMap((rule) =>
    marksIn(text, rule).map((found) => {
      const value = valueOf(found.text);
      const from = found.at + found.text.lastIndexOf(value);
      return { from, to: from + value.length, rule };
    }),
  );
}

/** "password: ...", "'api key' => ...", "PIN is ...": a name and nothing else before the mark that leads to the value. */
const NAMED = /^["']?[\p{L}_-]+(?: (?:key|de passe))?["']?\s*(?:=>|[:=,>]|\bis\b)\s*["']?(\S+)$/iu;

/**
 * The word that names the secret stays, so that the text still reads; quotation marks and brackets behind it too. Of other
 * forms ("mysql -p...", "Basic ...") all is masked: a mark further on may be part of the value.
 */
function valueOf(found: string): string {
  const value = NAMED.exec(found)?.[1];
  const bare = value?.replace(/["'`),;\]}>]+$/, '');
  return bare === undefined || bare === '' ? found : bare;
}

function withMasks(text: string, spans: readonly SecretSpan[]): Masked {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  let out = '';
  let from = 0;
  let count = 0;
  for (const span of sorted) {
    if (span.to <= from) continue;
    const overlaps = span.from < from;
    out += overlaps ? '' : `${text.slice(from, span.from)}[SECRET:${nameOf(span.rule)}]`;
    count += overlaps ? 0 : 1;
    from = span.to;
  }
  return { text: out + text.slice(from), count };
}

function nameOf(rule: string): string {
  return (
    rule
      .toLowerCase()
      .replace(/[^a-z0-9-]/g, '-')
      .slice(0, 40) || 'secret'
  );
}

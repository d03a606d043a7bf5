import type { RaisingCue, Sign } from './cue.ts';
import type { Mark, MarkCounts } from './private-marks.ts';
import type { Stems } from './words.ts';
import { eachSaid, firstSaid } from './words.ts';

/** A file of which something could be read: its type, and the marks that stand in it. */
export type Contents = { readonly type: string; readonly marks: MarkCounts };

/** A raising cue that was met, and by which words. */
export type Said = { readonly cue: RaisingCue; readonly word: string };

/** What raising reads: everything, quoted material and file names too, for it can only make AIOS more careful. */
export type Whole = {
  readonly stems: Stems;
  /** How many of its words were brought along. */
  readonly pasted: number;
  /** Only these can say that a sign means nothing: what was brought along lowers nothing. */
  readonly own: Stems;
  readonly fileTypes: readonly string[];
  readonly marks: MarkCounts;
  readonly contents: readonly Contents[];
};

/** The cues that are met, in their order; marks are named by their sort and never repeated. */
export function raised(whole: Whole, cues: readonly RaisingCue[]): readonly Said[] {
  return cues.flatMap((cue) => {
    for (const sign of cue.signs) {
      const word = whole.pasted < sign.pasted ? undefined : signIn(whole, sign);
      if (word !== undefined) return [{ cue, word }];
    }
    return [];
  });
}

/** The words by which a sign is met, or what sort of mark or file; undefined when it is not. */
function signIn(whole: Whole, sign: Sign): string | undefined {
  const { stems, own } = whole;
  const words = eachSaid(stems, sign.words);
  if (words === undefined || firstSaid(own, sign.unless) !== undefined) return undefined;
  const beside = sign.where === 'files' ? insideFile(whole, sign) : besideWords(whole, sign);
  return beside === undefined ? undefined : [...words, ...beside].join(', ');
}

/** The type of file and the mark that a sign wants beside its words. */
function besideWords({ fileTypes, marks }: Whole, sign: Sign): readonly string[] | undefined {
  const type = sign.attached.find((one) => fileTypes.includes(one));
  const mark = enough(sign, marks);
  if (sign.attached.length > 0 && type === undefined) return undefined;
  if (sign.marks.length > 0 && mark === undefined) return undefined;
  return [
    ...(type === undefined ? [] : [`a .${type} file`]),
    ...(mark === undefined ? [] : [mark]),
  ];
}

function insideFile({ contents }: Whole, sign: Sign): readonly string[] | undefined {
  for (const { type, marks } of contents) {
    const mark = enough(sign, marks);
    const fits = sign.attached.length === 0 || sign.attached.includes(type);
    if (fits && mark !== undefined) return [`${mark} in a file`];
  }
  return undefined;
}

function enough({ marks, least }: Sign, counts: MarkCounts): Mark | undefined {
  return marks.find((one) => (counts[one] ?? 0) >= least);
}

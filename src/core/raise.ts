import type { RaisingCue, Sign } from './cue.ts';
import type { Mark, MarkCounts } from './private-marks.ts';
import type { Stems } from './words.ts';
import { eachSaid, firstSaid, openingsOf } from './words.ts';

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
  const open = openIn(whole.stems, cues);
  return cues.flatMap((cue) => {
    for (const sign of cue.signs) {
      if (!open.has(sign) || whole.pasted < sign.pasted) continue;
      const word = signIn(whole, sign);
      if (word !== undefined) return [{ cue, word }];
    }
    return [];
  });
}

/** Signs by the words with which their first group begins; '' for those without words. */
type Openings = ReadonlyMap<string, readonly Sign[]>;

const known = new WeakMap<readonly RaisingCue[], Openings>();

/** Worked out once: there are hundreds of phrases, and every piece of every request is searched for all of them. */
function openings(cues: readonly RaisingCue[]): Openings {
  const before = known.get(cues);
  if (before !== undefined) return before;
  const made = new Map<string, Sign[]>();
  for (const sign of cues.flatMap(({ signs }) => signs))
    for (const word of openingsOf(sign.words[0] ?? []).concat(sign.words.length === 0 ? '' : []))
      made.set(word, [...(made.get(word) ?? []), sign]);
  known.set(cues, made);
  return made;
}

/** The signs that a text may meet. */
function openIn({ set }: Stems, cues: readonly RaisingCue[]): ReadonlySet<Sign> {
  const by = openings(cues);
  const open = new Set(by.get(''));
  for (const word of set) for (const sign of by.get(word) ?? []) open.add(sign);
  return open;
}

/** The words by which a sign is met, or what sort of mark or file; undefined when it is not. */
function signIn(whole: Whole, sign: Sign): string | undefined {
  const beside = sign.where === 'files' ? insideFile(whole, sign) : besideWords(whole, sign);
  if (beside === undefined) return undefined;
  const words = eachSaid(whole.stems, sign.words);
  if (words === undefined || firstSaid(whole.own, sign.unless) !== undefined) return undefined;
  return [...words, ...beside].join(', ');
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

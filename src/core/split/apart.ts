import type { Border, Stretch } from './border.ts';
import { pointsAt, saysHow, saysNeed } from './border-signs.ts';
import type { Joint } from './clauses.ts';
import { isOrdered, mayAsk } from './form.ts';
import { tokens } from '../words.ts';

/** At so many points a new piece begins; a little below it might. */
export const CUT = 0;
export const DOUBT = -3;
/** So near, a piece begins where another begins right behind it in the same sentence: the two stand in a row. */
const NEAR = -20;

type Apart = {
  readonly pieces: readonly (readonly Stretch[])[];
  readonly doubts: readonly string[];
};

/** Opens a piece wherever enough speaks for it, and where it nearly does right before another in the same sentence. */
export function apart(stretches: readonly Stretch[], isAnnounced: boolean): Apart {
  const pieces: Stretch[][] = [];
  let doubts: Stretch[] = [];
  let near: Stretch | undefined;
  for (const [at, stretch] of stretches.entries()) {
    const last = pieces.at(-1) ?? [];
    const goesOn = !opensSentence(stretch);
    const points = pointsBefore(stretches, at, { pieces, isAnnounced });
    if (!goesOn) near = undefined;
    if (points > CUT) {
      if (near !== undefined) pieces.push(last.splice(last.indexOf(near)));
      doubts = doubts.filter((doubt) => doubt !== near);
      pieces.push([stretch]);
      near = undefined;
    } else {
      last.push(stretch);
      if (points > DOUBT) doubts.push(stretch);
      if (goesOn && points > NEAR) near = stretch;
    }
  }
  return { pieces, doubts: doubts.map(({ text }) => text) };
}

/** The first stretch begins a piece; one that only a lead stands before goes on with that lead. */
function pointsBefore(stretches: readonly Stretch[], at: number, soFar: SoFar): number {
  if (at === 0) return Infinity;
  const border = borderAt(stretches, at, soFar);
  return border === undefined ? -Infinity : pointsAt(border);
}

/** What a persona does and what only a person or nobody here does are never one piece: the answer would drop the work. */
export function mixed(piece: readonly Stretch[]): readonly string[] {
  const plain = piece.filter(({ form, likely }, i) => {
    const before = piece[i - 1];
    const isHow = before !== undefined && saysHow(before);
    return !isHow && mayAsk(form) && likely.isWork && likely.share >= SURE;
  });
  const [first] = plain;
  const other = plain.find(({ likely }) => likely.isOurs !== first?.likely.isOurs);
  return other === undefined ? [] : [other.text];
}

/** Whether the stretch right before began a piece as well, inside its sentence. */
function isBeside(pieces: readonly (readonly Stretch[])[]): boolean {
  const last = pieces.at(-1);
  const [only] = last ?? [];
  return pieces.length > 1 && last?.length === 1 && only !== undefined && !opensSentence(only);
}

const OPENS: ReadonlySet<Joint> = new Set(['start', 'paragraph', 'line', 'sentence']);
const opensSentence = ({ joint }: Stretch): boolean => OPENS.has(joint);

type SoFar = {
  /** The pieces of all stretches before. */
  readonly pieces: readonly (readonly Stretch[])[];
  readonly isAnnounced: boolean;
};

/** The place before a stretch; undefined where nothing before it is work, so that what stands there only leads to it. */
export function borderAt(
  stretches: readonly Stretch[],
  at: number,
  { pieces, isAnnounced }: SoFar,
): Border | undefined {
  const [right, piece] = [stretches[at], pieces.at(-1) ?? []];
  const full = piece.filter(isFull);
  const asked = full.filter(asks).at(-1);
  const left = asked ?? full.filter(({ likely }) => likely.share >= LIKELY).at(-1);
  if (right === undefined || left === undefined) return undefined;
  const end = stretches.findIndex((stretch, i) => i > at && opensSentence(stretch));
  return {
    left,
    piece,
    right,
    rest: stretches.slice(at, end === -1 ? undefined : end),
    next: stretches[at + 1],
    isAsked: asked !== undefined,
    isBeside: !opensSentence(right) && isBeside(pieces),
    isAnnounced,
  };
}

/** A verb alone asks for nothing yet, nor does "clean up". */
const isFull = ({ form, rest, words }: Stretch): boolean => {
  const said = isOrdered(form) ? tokens(rest) : words;
  return (
    said.length > 2 ||
    (said.length === 2 && !/^(?:up|out|over|down|through|off)$/.test(said[1] ?? ''))
  );
};

/** A noun that names its work ("minutes", "case study") asks for it as plainly as an order. */
function asks(stretch: Stretch): boolean {
  const { form, likely } = stretch;
  return mayAsk(form) || (form === 'remark' && likely.share >= SURE) || saysNeed(stretch);
}

/** What reads so much like a kind asks for work, however it is put. */
const LIKELY = 0.4;
const SURE = 0.8;

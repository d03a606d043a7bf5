import type { Border, Stretch } from './border.ts';
import { pointsAt, saysNeed } from './border-signs.ts';
import type { Joint } from './clauses.ts';
import { isOrdered } from './form.ts';
import type { Form } from './form.ts';
import { CUT, DOUBT, NEAR } from './points.ts';
import { tokens } from './words.ts';

type Apart = {
  readonly pieces: readonly (readonly Stretch[])[];
  readonly doubts: readonly string[];
};

/** Opens a piece wherever enough speaks for it, and where it nearly does right before another in the same sentence. */
export function apart(stretches: readonly Stretch[], isAnnounced: boolean): Apart {
  const pieces: Stretch[][] = [];
  let doubts: Stretch[] = [];
  let near: Stretch | undefined;
  for (const stretch of stretches) {
    const last = pieces.at(-1) ?? [];
    const goesOn = !OPENS.has(stretch.joint);
    const points = judge(last, stretch, { isAnnounced, isBeside: goesOn && isBeside(pieces) });
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

/** What a persona does and what only a person or nobody here does are never one piece: the answer would drop the work. */
export function mixed(piece: readonly Stretch[]): readonly string[] {
  const plain = piece.filter(
    ({ form, likely }) => WORKS[form] && likely.isWork && likely.share >= SURE,
  );
  const [first] = plain;
  const other = plain.find(({ likely }) => likely.isOurs !== first?.likely.isOurs);
  return other === undefined ? [] : [other.text];
}

const WORKS: Readonly<Record<Form, boolean>> = {
  order: true,
  ask: true,
  question: true,
  thing: true,
  statement: false,
  remark: false,
  lead: false,
  talk: false,
};

/** Whether the stretch right before began a piece as well, inside its sentence. */
function isBeside(pieces: readonly (readonly Stretch[])[]): boolean {
  const last = pieces.at(-1);
  return pieces.length > 1 && last?.length === 1 && !OPENS.has(last[0]?.joint ?? 'start');
}

const OPENS: ReadonlySet<Joint> = new Set(['start', 'paragraph', 'line', 'sentence']);

type Around = Pick<Border, 'isAnnounced' | 'isBeside'>;

/** What speaks for a new piece; before the first piece of work there is only what leads to it. */
function judge(piece: readonly Stretch[], right: Stretch, around: Around): number {
  const before = piece.at(-1);
  if (before === undefined) return Infinity;
  const full = piece.filter(isFull);
  const asked = full.filter(asks).at(-1);
  const left = asked ?? full.filter(({ likely }) => likely.share >= LIKELY).at(-1);
  if (left === undefined) return -Infinity;
  return pointsAt({ left, before, right, isAsked: asked !== undefined, ...around });
}

/** A verb alone asks for nothing yet, nor does "clean up". */
const isFull = ({ form, rest, text }: Stretch): boolean => {
  const said = tokens(isOrdered(form) ? rest : text);
  return (
    said.length > 2 ||
    (said.length === 2 && !/^(?:up|out|over|down|through|off)$/.test(said[1] ?? ''))
  );
};

/** A noun that names its work ("minutes", "case study") asks for it as plainly as an order. */
function asks(stretch: Stretch): boolean {
  const { form, likely } = stretch;
  return WORKS[form] || (form === 'remark' && likely.share >= SURE) || saysNeed(stretch);
}

/** What reads so much like a kind asks for work, however it is put. */
const LIKELY = 0.4;
const SURE = 0.8;

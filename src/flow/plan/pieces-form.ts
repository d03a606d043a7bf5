import { sha256 } from '../../core/draft.ts';
import { taskNumber, requestNumber } from '../../core/id.ts';
import { canBeEdited, writePieces } from '../../core/pieces.ts';
import type { Form } from '../ports/form.ts';
import type { CardId } from '../ports/rows-cards.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { RequestFile } from '../ports/store.ts';
import type { PieceBody } from './piece.ts';
import type { PlanNote } from './write.ts';

/** A piece as it stands, with its words and files. */
export type Standing = { readonly task: TaskRow; readonly body: PieceBody };

/** All pieces of a plan that are not over: those a person may rearrange now, and those that stay as they are. */
export type Arranged = { readonly open: readonly Standing[]; readonly fixed: readonly Standing[] };

/** Slack takes no longer text in one input. */
const LONGEST = 3000;
/** So that there is room to write. */
const FULL = 2400;

/** What a piece says: its words, and what was answered about it since. */
export function wordsOf({ body }: Standing): string {
  return [body.text, ...body.said].join('\n').trim();
}

/** Only what nobody started can be rearranged, and only what fits into an input and comes out of it as one piece. */
export function canChange(standing: Standing): boolean {
  const { state, returnTo } = standing.task;
  const isBefore = state === 'proposed' || (state === 'asking' && returnTo === 'proposed');
  const words = wordsOf(standing);
  return isBefore && words.length <= LONGEST && canBeEdited(words);
}

/** Names the state of the plan: a form that was opened on another one is refused. */
export function markOf(open: readonly Standing[]): string {
  return sha256(open.map(({ task }) => `${task.ordinal}:${task.version}`).join(' ')).slice(0, 16);
}

export function piecesForm(
  file: RequestFile,
  { open, fixed }: Arranged,
  { card, note }: { readonly card: CardId; readonly note: PlanNote },
): Form {
  const { number } = file.request;
  const mark = markOf(open);
  return {
    is: 'pieces',
    card,
    number: requestNumber(number),
    fields: packed(open).map((some, i) => ({
      name: `pieces-${i + 1}-${mark}`,
      label: labelOf(some),
      text: writePieces(some.map(wordsOf)),
    })),
    files: [...new Set(open.flatMap(({ body }) => body.files.map((f) => f.name)))],
    context: note.context,
    fixed: fixed.map(
      (standing) => `${taskNumber(number, standing.task.ordinal)} ${whyFixed(standing)}`,
    ),
  };
}

function labelOf(some: readonly Standing[]): string {
  const [first, ...others] = some.map(({ task }) => task.ordinal);
  const last = others.at(-1);
  return last === undefined ? `Piece ${first}` : `Pieces ${first} to ${last}`;
}

function whyFixed({ task }: Standing): string {
  return task.state === 'proposed' || task.state === 'asking'
    ? 'stays as it is: its words are too long for a form, or hold a line of dashes themselves.'
    : 'stays as it is: it was started already.';
}

/** As many pieces in one input as fit and leave room to write. */
function packed(open: readonly Standing[]): readonly (readonly Standing[])[] {
  const fields: Standing[][] = [];
  for (const standing of open) {
    const last = fields.at(-1);
    const fits = last !== undefined && writePieces([...last, standing].map(wordsOf)).length <= FULL;
    if (fits) last.push(standing);
    else fields.push([standing]);
  }
  return fields;
}

/** The fields of such a form, joined in their order; null when it was opened on another state of the plan. */
export function textIn(
  fields: Readonly<Record<string, string>>,
  open: readonly Standing[],
): string | null {
  const mark = markOf(open);
  const ours = Object.entries(fields).filter(([name]) => name.startsWith('pieces-'));
  if (ours.some(([name]) => !name.endsWith(`-${mark}`))) return null;
  const place = (name: string): number => Number(name.split('-')[1]);
  const inOrder = ours.toSorted(([a], [b]) => place(a) - place(b));
  return inOrder.map(([, text]) => text).join('\n---\n');
}

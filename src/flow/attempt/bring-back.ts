import type { Answer } from '../../core/answer.ts';
import { unfenced } from '../../core/fence.ts';
import { restore } from '../../core/placeholder.ts';
import type { Odd } from '../../core/placeholder.ts';
import type { WayOut } from './way-out.ts';

/** Something in an answer that reads like a placeholder and stands for nothing; `file` is empty where it stands in a note. */
export type Unrestored = Odd & { readonly file: string };

export type BroughtBack = { readonly answer: Answer; readonly unrestored: readonly Unrestored[] };

/**
 * An answer with the values in it again, and its lines as they were before they were fenced. `sent` is what the model was
 * sent. What cannot be put back stays as it is and is named, so that a person sees it.
 */
export function bringBack(wayOut: WayOut, answer: Answer, sent: string): BroughtBack {
  const mapping = wayOut.mapping();
  const unrestored: Unrestored[] = [];
  const back = (text: string, file = ''): string => {
    const { text: out, odd } =
      wayOut.leaving === 'redacted' ? restore(text, mapping, sent) : { text, odd: [] };
    unrestored.push(...odd.map((one) => ({ ...one, file })));
    return out;
  };
  const deliverable_files = answer.deliverable_files.map(({ name, text }) => {
    const known = back(name);
    return { name: known, text: back(unfenced(text), known) };
  });
  const plain = {
    ...answer,
    deliverable_files,
    questions: answer.questions.map((text) => back(text)),
    assumptions: answer.assumptions.map((text) => back(text)),
    disclosure_note: back(answer.disclosure_note),
  };
  const { checks } = answer;
  if (checks === undefined) return { answer: plain, unrestored };
  const kept = checks.map((check) => ({
    ...check,
    quote: back(unfenced(check.quote)),
    file: back(check.file),
  }));
  return { answer: { ...plain, checks: kept }, unrestored };
}

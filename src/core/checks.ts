import type { CheckPoint } from './persona.ts';

/** One answer to a reviewer's checklist: yes or no, and the exact words of the file it rests on. */
export type Check = {
  readonly id: string;
  readonly yes: boolean;
  readonly quote: string;
  readonly file: string;
};

/** A file that may be quoted. */
export type Quotable = { readonly name: string; readonly text: string };

/** What is left of a reviewer's answers once what cannot be looked up is thrown away. */
export type Checks = {
  readonly standing: readonly Check[];
  readonly yes: number;
  readonly no: number;
  /** Answers about no question of the checklist, or about one that was answered already. */
  readonly unasked: number;
  /** Answers whose quotation does not stand in the file they name. */
  readonly unfound: number;
};

/**
 * Throws away every answer that is about no question of the checklist, or the second about one, and every one whose
 * quotation does not stand literally in a file of the name it gives; only runs of white space may differ. Nothing is
 * guessed: a quotation that a model made up would otherwise be read as evidence.
 */
export function standingChecks(
  said: readonly Check[],
  points: readonly CheckPoint[],
  texts: readonly Quotable[],
): Checks {
  const plain = texts.map(({ name, text }) => ({ name, text: even(text) }));
  const asked = new Set(points.map(({ id }) => id));
  const standing: Check[] = [];
  let unasked = 0;
  let unfound = 0;
  for (const check of said) {
    const quote = even(check.quote);
    if (!asked.has(check.id)) unasked += 1;
    else if (!stands(plain, check.file, quote)) unfound += 1;
    else {
      asked.delete(check.id);
      standing.push(check);
    }
  }
  const yes = standing.filter((check) => check.yes).length;
  return { standing, yes, no: standing.length - yes, unasked, unfound };
}

function stands(texts: readonly Quotable[], file: string, quote: string): boolean {
  return quote !== '' && texts.some(({ name, text }) => name === file && text.includes(quote));
}

function even(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** `Checklist: 9 yes, 3 no, 1 thrown away (its quotation is not in the text)` */
export function checksText({ yes, no, unasked, unfound }: Omit<Checks, 'standing'>): string {
  const thrown = [
    unfound === 0 ? '' : `${unfound} thrown away (${unfound === 1 ? ONE : MANY})`,
    unasked === 0 ? '' : `${unasked} thrown away (not asked, or answered twice)`,
  ];
  return [`Checklist: ${yes} yes, ${no} no`, ...thrown.filter((text) => text !== '')].join(', ');
}

const ONE = 'its quotation is not in the text';
const MANY = 'their quotations are not in the text';

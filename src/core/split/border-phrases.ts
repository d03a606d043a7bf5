import type { Stretch } from './border.ts';

/** "The page should be shorter", "it needs a title": a want, told as a fact. */
const NEEDED =
  /\b(?:needs?|(?:should|must|has to|have to|needs? to) (?:also )?(?:be|go|get|say)|could (?:do with|use)|(?:is|are) (?:missing|due|out of date|outdated|lacking))\b/i;
/** "Markup in head.html", "list attached": what is there to work on. */
const BROUGHT =
  /^(?:[\w'’-]+ ){0,4}(?:(?:in|is|are|at|from) )?(?:[\w./-]+\.[a-z]{2,5}|(?:\w+ )?(?:attached|enclosed|below|pasted))(?: too| as well| has it)?[.!]?$/i;

/** Whether it tells of something that is wanted or lacking. */
export const isNeeded = ({ text }: Pick<Stretch, 'text'>): boolean => NEEDED.test(text);

/** Whether it says only what is there to work on. */
export const isBrought = ({ text }: Pick<Stretch, 'text'>): boolean => BROUGHT.test(text);

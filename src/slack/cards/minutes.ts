import type { KnownBlock } from '@slack/types';
import type { GateMessage } from '../../flow/ports/message.ts';
import { button, row, section } from '../blocks.ts';
import { RECEIPT_BUTTONS } from '../buttons.ts';
import { say } from '../text.ts';
import type { SafeText } from '../text.ts';

type Review = NonNullable<GateMessage['review']>;

const REVIEW_WORDS: Readonly<Record<Review['basis'], string>> = {
  table: 'by the table',
  measured: 'from Read to the decision',
  mixed: 'by the table and from Read to the decision',
  corrected: 'corrected',
};

/** What is asked on a receipt, and need not be answered: what the work would have taken by hand. */
export function minutes({ card, number, title, byHand, review }: GateMessage): KnownBlock[] {
  const counts =
    byHand.person === null
      ? say`Nobody said so far, so the table counts.`
      : say`${byHand.person} min, as a person said, counts.`;
  const took =
    review === null
      ? say`Review: not recorded.`
      : say`Review: ${review.minutes} min (${REVIEW_WORDS[review.basis] as SafeText}).`;
  const about = `by hand, ${number} ${title}`;
  return [
    section(say`What would it have taken by hand? ${counts} ${took}`),
    ...row(RECEIPT_BUTTONS.map((one) => button({ ...one, card, about }))),
  ];
}

import type { ModalView } from '@slack/types';
import { byHandText } from '../../core/minutes.ts';
import type { Form } from '../../flow/ports/form.ts';
import { section, smallPrint } from '../blocks.ts';
import { bold, line, say } from '../text.ts';
import { modal, short } from './modal.ts';

/** Asks what the work would have taken by hand, and what its reviews took; either may be left empty. */
export function minutes(form: Extract<Form, { is: 'minutes' }>): ModalView {
  const review = form.review === null ? say`not recorded` : say`${form.review.minutes} min`;
  return modal({
    is: form.is,
    card: form.card,
    title: `Minutes ${form.number}`,
    submit: 'Save',
    blocks: [
      section(
        say`${bold(say`${line(form.number)} ${line(form.title, 120)}`)}\nOn record: ${line(byHandText(form.said))}; review ${review}.`,
      ),
      short('by_hand', 'Minutes it would have taken by hand'),
      short('review', 'Minutes all its reviews took together'),
      ...smallPrint([
        say`What you leave empty stays as it is. What you write counts from now on and goes into the record; nothing before it is changed.`,
      ]),
    ],
  });
}

import type { ModalView } from '@slack/types';
import type { Form } from '../../flow/ports/message.ts';
import { section } from '../blocks.ts';
import { say } from '../text.ts';
import { modal, oneOf } from './modal.ts';

/** Changes the lane or the kind of one piece; what is left open stays as it is. */
export function change(form: Extract<Form, { is: 'change' }>): ModalView {
  return modal({
    is: form.is,
    card: form.card,
    title: `Change ${form.number}`,
    submit: 'Change',
    blocks: [
      ...oneOf('piece', 'Which piece', form.pieces),
      ...oneOf('lane', 'Where it is worked', form.lanes),
      ...oneOf('kind', 'What kind of work it is', form.kinds),
      section(say`What you leave open stays as it is. The change goes into the record.`),
    ],
  });
}

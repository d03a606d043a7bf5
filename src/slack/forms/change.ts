import type { ModalView } from '@slack/types';
import type { Form } from '../../flow/ports/form.ts';
import { section } from '../blocks.ts';
import { say } from '../text.ts';
import { modal, oneOf, oneOfGroups } from './modal.ts';

/** Changes who does a piece, where, what kind of work it is or when it starts; what is left open stays as it is. */
export function change(form: Extract<Form, { is: 'change' }>): ModalView {
  return modal({
    is: form.is,
    card: form.card,
    title: `Change ${form.number}`,
    submit: 'Change',
    blocks: [
      ...oneOf('piece', 'Which piece', form.pieces),
      ...oneOfGroups('persona', 'Who does it', form.personas),
      ...oneOf('lane', 'Where it is worked', form.lanes),
      ...oneOfGroups('kind', 'What kind of work it is', form.kinds),
      ...oneOf('after', 'When it starts', form.orders),
      section(say`What you leave open stays as it is. The change goes into the record.`),
    ],
  });
}

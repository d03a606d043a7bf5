import type { ModalView } from '@slack/types';
import type { Form } from '../../flow/ports/form.ts';
import { section } from '../blocks.ts';
import { say } from '../text.ts';
import { modal, words } from './modal.ts';

/** Asks why the work ends here. */
export function reject(form: Extract<Form, { is: 'reject' }>): ModalView {
  return modal({
    is: form.is,
    card: form.card,
    title: `Reject ${form.number}`,
    submit: 'Reject',
    blocks: [
      section(say`Rejecting ends this task for good. To have it done again, send it back instead.`),
      words('reason', 'Why is it rejected? This goes into the record.'),
    ],
  });
}

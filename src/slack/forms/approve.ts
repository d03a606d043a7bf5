import type { ModalView } from '@slack/types';
import type { Form } from '../../flow/ports/form.ts';
import { shortHash } from '../amounts.ts';
import { section, smallPrint } from '../blocks.ts';
import { bold, code, line, say } from '../text.ts';
import { boxes, modal } from './modal.ts';

/** Asks what an approver looked at. All words are the rule's; nothing is ticked beforehand, and nothing has to be. */
export function approve(form: Extract<Form, { is: 'approve' }>): ModalView {
  const what = bold(say`${line(form.number)} ${line(form.title, 120)}, draft ${form.draftVersion}`);
  return modal({
    is: form.is,
    card: form.card,
    title: `Approve ${form.number}`,
    submit: 'Approve',
    blocks: [
      section(say`${what} ${code(shortHash(form.draftSha256))}`),
      section(line(form.means)),
      boxes(form.rule, 'What do you confirm? Nothing has to be ticked.', form.points),
      ...smallPrint([say`Why this is asked: ${line(form.because, 600)}`]),
    ],
  });
}

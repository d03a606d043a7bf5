import type { ModalView } from '@slack/types';
import type { Form } from '../../flow/ports/form.ts';
import { sections } from '../blocks.ts';
import { line, NOTHING, say } from '../text.ts';
import { modal, words } from './modal.ts';

const MOST_FINDINGS = 12;

/** Asks what should be different; the reason goes to whoever redoes it. */
export function sendBack(form: Extract<Form, { is: 'send_back' }>): ModalView {
  const shown = form.findings.slice(0, MOST_FINDINGS).map((f) => say`• ${line(f)}`);
  const left = form.findings.length - shown.length;
  return modal({
    is: form.is,
    card: form.card,
    title: `Send back ${form.number}`,
    submit: 'Send back',
    blocks: [
      words('reason', 'What should be different? The redo gets these words.'),
      ...sections([
        shown.length === 0 ? NOTHING : say`The checks found:`,
        ...shown,
        left > 0 ? say`… and ${left} more` : NOTHING,
      ]),
    ],
  });
}

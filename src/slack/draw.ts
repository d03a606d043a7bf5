import type { ModalView } from '@slack/types';
import type { Form } from '../flow/ports/form.ts';
import type { Message } from '../flow/ports/message.ts';
import { smallPrint } from './blocks.ts';
import type { Blocks } from './blocks.ts';
import { delivered } from './cards/delivered.ts';
import { digest } from './cards/digest.ts';
import { draft } from './cards/draft.ts';
import { gate } from './cards/gate.ts';
import { notice } from './cards/notice.ts';
import { plan } from './cards/plan.ts';
import { question } from './cards/question.ts';
import { received } from './cards/received.ts';
import { checkedMessage, checkedView } from './check.ts';
import type { Drawn } from './check.ts';
import { fallback } from './fallback.ts';
import { approve } from './forms/approve.ts';
import { change } from './forms/change.ts';
import { example } from './forms/example.ts';
import { minutes } from './forms/minutes.ts';
import { pieces } from './forms/pieces.ts';
import { read } from './forms/read.ts';
import { reject } from './forms/reject.ts';
import { sendBack } from './forms/send-back.ts';
import { say } from './text.ts';

/** The mark of everything that stand-ins may have answered. */
export const REHEARSAL = say`REHEARSAL: stand-ins may have answered here. This is not work to use.`;

function body(message: Message): Blocks {
  switch (message.is) {
    case 'received':
      return received(message);
    case 'question':
      return question(message);
    case 'plan':
      return plan(message);
    case 'gate':
      return gate(message);
    case 'draft':
      return draft(message);
    case 'delivered':
      return delivered(message);
    case 'notice':
      return notice(message);
    case 'digest':
      return digest(message);
  }
}

/** Draws a message; pure. Throws Fault `bad_input` if the result is nothing that Slack would take. */
export function draw(message: Message): Drawn {
  const blocks = [...(message.rehearsal ? smallPrint([REHEARSAL]) : []), ...body(message)];
  return checkedMessage({ text: fallback(blocks), blocks });
}

function modal(form: Form): ModalView {
  switch (form.is) {
    case 'send_back':
      return sendBack(form);
    case 'reject':
      return reject(form);
    case 'approve':
      return approve(form);
    case 'change':
      return change(form);
    case 'pieces':
      return pieces(form);
    case 'minutes':
      return minutes(form);
    case 'example':
      return example(form);
    case 'read':
      return read(form);
  }
}

/** Draws a modal; pure. Throws Fault `bad_input` if the result is nothing that Slack would take. */
export function drawForm(form: Form): ModalView {
  return checkedView(modal(form));
}

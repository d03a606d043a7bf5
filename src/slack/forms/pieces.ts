import type { ModalView } from '@slack/types';
import type { Form } from '../../flow/ports/form.ts';
import { section, sections, smallPrint } from '../blocks.ts';
import { join, line, NOTHING, say } from '../text.ts';
import { filledWords, modal } from './modal.ts';

const MOST = 20;

/** The pieces of a plan as text: whoever may change the plan joins, splits, drops and rewords them. */
export function pieces(form: Extract<Form, { is: 'pieces' }>): ModalView {
  const files = form.files.slice(0, MOST).map((name) => line(name, 80));
  const unused = form.context.slice(0, MOST).map((words) => say`"${line(words, 140)}"`);
  return modal({
    is: form.is,
    card: form.card,
    title: `Pieces of ${form.number}`,
    submit: 'Save pieces',
    blocks: [
      section(
        say`Each piece becomes a task of its own. Between two pieces stands a line \`---\`: take it out to join them, put one in to split a piece, delete a piece to drop it.`,
      ),
      ...form.fields.map(({ name, label, text }) => filledWords(name, label, text)),
      ...sections([
        files.length === 0
          ? NOTHING
          : say`Files: ${join(files, ', ')}. A piece that names a file gets it; one that nobody names stays with its words.`,
        unused.length === 0
          ? NOTHING
          : say`Not used as work: ${join(unused, ', ')}. To use it, copy it into a piece.`,
        ...form.fixed.slice(0, MOST).map((why) => line(why, 200)),
      ]),
      ...smallPrint([
        say`What you take out stays on the card as not used as work. New pieces get new numbers, and the rules decide each of them anew.`,
      ]),
    ],
  });
}

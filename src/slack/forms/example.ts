import type { ModalView } from '@slack/types';
import type { ExampleForm } from '../../flow/ports/rows-examples.ts';
import { section, smallPrint } from '../blocks.ts';
import { bold, line, safe, say } from '../text.ts';
import { modal, oneOf } from './modal.ts';

/** As long as the longest example, and what escaping adds. */
const MOST_WORDS = 1200;

/** Shows the words that were kept of a piece, and asks what they may teach. */
export function example(form: ExampleForm): ModalView {
  return modal({
    is: form.is,
    card: form.card,
    title: `Example ${form.number}`,
    submit: 'Save',
    blocks: [
      section(
        say`These words were kept as an example of ${bold(line(form.title, 120))}, for this client alone:`,
      ),
      section(safe(form.words, MOST_WORDS)),
      ...oneOf('piece', 'Which piece', form.pieces),
      ...oneOf('use', 'What shall be done with it', form.uses),
      ...smallPrint([
        say`Used for everyone they name nobody, but whatever the words themselves say is compared with what any client writes. Your choice goes into the record.`,
      ]),
    ],
  });
}

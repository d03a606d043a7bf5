import type { KnownBlock } from '@slack/types';
import type { QuestionMessage } from '../../flow/ports/message.ts';
import { button, row, section, select, smallPrint } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { LIMITS } from '../limits.ts';
import { bold, line, NOTHING, person, safe, say, when } from '../text.ts';
import type { SafeText } from '../text.ts';

/** More options than this are a list to choose from. */
const MOST_BUTTONS = 6;

/** A question that waits for one person; once answered, the answer stays and the buttons are gone. */
export function question(message: QuestionMessage): Blocks {
  const { answered } = message;
  const who = answered === null ? person(message.mention) : NOTHING;
  const head = section(say`${who} ${bold(line(message.number))} ${safe(message.text, 2600)}`);
  if (answered !== null)
    return [
      head,
      section(
        say`Answered by ${person(answered.by)}, ${when(answered.at)}: ${bold(line(answered.label))}`,
      ),
    ];
  return [head, ...choices(message), ...smallPrint([hint(message), origin(message)])];
}

function choices(message: QuestionMessage): KnownBlock[] {
  const { card, number, options } = message;
  if (options.length === 0) return [];
  const all = options.map((o) => ({ verb: 'answer' as const, choice: o.value, label: o.label }));
  if (all.length > MOST_BUTTONS) return row([select(card, all, `Choose an answer for ${number}`)]);
  return row(all.map((choice) => button({ ...choice, card, about: `answer for ${number}` })));
}

function hint(message: QuestionMessage): SafeText {
  if (message.options.length > LIMITS.selectOptions)
    return say`The list shows the first ${LIMITS.selectOptions} of ${message.options.length}; write another one in this thread and mention me.`;
  if (!message.freeText) return NOTHING;
  return message.options.length === 0
    ? say`Answer in this thread and mention me.`
    : say`Or answer in your own words: in this thread, mentioning me.`;
}

function origin(message: QuestionMessage): SafeText {
  if (message.options.some(({ proposed }) => proposed === true))
    return say`The first answer is what the model on our own machine proposes.`;
  return message.about === 'persona' ? say`This question is AI-written.` : NOTHING;
}

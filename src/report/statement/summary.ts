import { SAVED_WORDS } from '../../ledger/sum-minutes.ts';
import type { Sums } from '../../ledger/sum-types.ts';
import { h, join, lines, words } from './html.ts';
import type { Html } from './html.ts';
import type { Shown } from './shown.ts';
import { section } from './table.ts';

/** The four questions of a reader, each answered in a few sentences. */
export function summary(sums: Sums, shown: Shown): Html {
  return section(
    'short',
    'In short',
    h(
      'div',
      { class: 'answers' },
      lines(
        answer('what', 'What did AI do here?', didWhat(shown)),
        answer('who', 'Who checked it?', whoChecked(shown)),
        answer('cost', 'What did it cost?', whatCost(sums, shown)),
        answer('trust', 'Can I trust this page?', trust()),
      ),
    ),
  );
}

function answer(id: string, question: string, said: readonly Html[]): Html {
  return h(
    'div',
    { class: 'answer' },
    h('h3', { id }, question),
    ...said.map((one) => h('p', {}, one)),
  );
}

function didWhat({ total, has }: Shown): readonly Html[] {
  const shares = has('totals', 'share')
    ? words`Of the ${total('share_words')} delivered in ${total('share_of')}, ${total('share')} were written by AI, ${total('share_people')} by people and ${total('share_program')} by exact programs; ${total('share_brought_in')} were in what was sent with the request.`
    : words`Who wrote which words was not recorded for these days.`;
  return [
    words`${total('tasks')} ended in these days: ${total('delivered')} delivered, ${total('rejected')} rejected, ${total('cancelled')} cancelled. Expired undecided: ${total('expired')}. Still open at their end: ${total('open')}.`,
    words`Work of an AI model: ${total('by_ai')}. Work of exact programs alone: ${total('by_program')}. Material left the practice’s own machine for ${total('went_out')}.`,
    shares,
  ];
}

function whoChecked({ total }: Shown): readonly Html[] {
  return [
    words`A person of the practice approved every delivery, and with it exactly the files that were sent. The record shows who it was, and when.`,
    words`Before that, work was sent back by machine checks ${total('sent_back_by_gate')}, and by people ${total('sent_back_by_people')}. Time that people spent on reviews: ${total('review_minutes')}.`,
  ];
}

function whatCost({ totals }: Sums, shown: Shown): readonly Html[] {
  const { total, has } = shown;
  const unpriced = has('totals', 'unpriced')
    ? [
        words`For ${total('unpriced')} no price is known. They are in none of these sums, which does not mean that they cost nothing.`,
      ]
    : [];
  const open = has('totals', 'open_cost')
    ? [words`What the open work has cost so far, ${total('open_cost')}, is in none of these sums.`]
    : [];
  const running = has('totals', 'open_calls') ? [words`${total('open_calls')} had not ended.`] : [];
  return [
    words`${total('cost')} in all: ${total('cash')} metered charges, ${total('allocated')} as a share of what the practice pays anyway, ${total('corrected')} corrections. ${total('work_cost')} of it went into the work and ${total('checking_cost')} into checking it.`,
    ...unpriced,
    ...open,
    ...running,
    whatMinutes(totals, shown),
    words`Saved: ${total('saved')}. ${SAVED_WORDS}`,
  ];
}

/** What would have been by hand: the figure that counts, and between which it lies until a person corrected it. */
function whatMinutes({ delivered }: Sums['totals'], { total, has }: Shown): Html {
  const range = has('totals', 'minutes_range')
    ? words` Until a person corrects a figure, it lies between the owner’s table and the model’s own estimate: ${total('minutes_range')} together.`
    : join();
  const later = has('totals', 'minutes_later')
    ? words` Corrected in these days for work delivered before: ${total('minutes_later')}.`
    : join();
  const about =
    delivered === 0
      ? words`Minutes by hand: ${total('minutes')} (${total('minutes_basis')}).`
      : words`By hand, what was delivered would have taken about ${total('minutes')} (${total('minutes_basis')}).`;
  return join(about, range, later);
}

function trust(): readonly Html[] {
  return [
    join(
      'Every figure and every date on it follows from a signed record that comes with it. You can check that yourself, on your own computer, without the practice and without the internet: ',
      h('a', { href: '#check' }, 'how to check this page'),
      '.',
    ),
    join(
      'No record can show that what was written down was true: ',
      h('a', { href: '#limits' }, 'what the record can and cannot prove'),
      '.',
    ),
  ];
}

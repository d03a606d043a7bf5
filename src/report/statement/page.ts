import { personMark } from '../../ledger/person-mark.ts';
import { costsPart, deliveredPart, stopsPart, tasksPart } from './parts.ts';
import type { StatementNeeds } from './parts.ts';
import { h, lines, words } from './html.ts';
import type { Html } from './html.ts';
import { withoutMoney } from './labels.ts';
import { checkPart, limitsPart, rulesPart, ruleTextsPart } from './proof.ts';
import { showing } from './shown.ts';
import type { Shown } from './shown.ts';
import { STYLE } from './style.ts';
import { summary } from './summary.ts';
import { section, terms } from './table.ts';
import { peopleTable } from './tables.ts';

const PARTS = [
  ['short', 'In short'],
  ['delivered', 'Work delivered'],
  ['tasks', 'All tasks'],
  ['costs', 'What it cost'],
  ['stops', 'What did not go straight'],
  ['rules', 'The rules that decided'],
  ['limits', 'What the record can and cannot prove'],
  ['check', 'How to check this page yourself'],
  ['people', 'Names on this page'],
  ['texts', 'The rules, word for word'],
] as const;

/** The page of a statement: one file, no script, nothing from elsewhere; the same input gives the same bytes. */
export function statementPage(given: StatementNeeds): Uint8Array {
  const needs = { ...given, labels: withoutMoney(given.labels) };
  const shown = showing(needs.figures);
  const page = h(
    'html',
    { lang: 'en' },
    lines(
      headOf(needs),
      h('body', {}, lines(header(needs, shown), main(needs, shown), footer(shown))),
    ),
  );
  return new TextEncoder().encode(`<!doctype html>\n${page.html}\n`);
}

function headOf({ labels, figures }: StatementNeeds): Html {
  const { totals } = figures;
  const mark = totals.has('rehearsal') ? 'REHEARSAL: ' : '';
  const title = `${mark}Work statement ${totals.get('number') ?? ''} for ${labels.client}, ${totals.get('days') ?? ''}`;
  return h(
    'head',
    {},
    lines(
      { html: '<meta charset="utf-8">' },
      { html: '<meta name="viewport" content="width=device-width, initial-scale=1">' },
      { html: '<meta name="color-scheme" content="light dark">' },
      h('title', {}, title),
      { html: `<style>${STYLE}</style>` },
    ),
  );
}

function header({ labels }: StatementNeeds, { total, has, as }: Shown): Html {
  const banners = ['provisional', 'rehearsal'].filter((name) => has('totals', name));
  const contents = PARTS.map(([id, title]) => h('li', {}, h('a', { href: `#${id}` }, title)));
  return h(
    'header',
    {},
    lines(
      ...banners.map((name) => h('p', { class: 'banner' }, as('span', 'totals', name))),
      h('p', { class: 'kicker' }, words`Work statement ${total('number')}`),
      h('h1', {}, `What AI did for ${labels.client}, who checked it, and what it cost`),
      terms([
        ['Client', labels.client],
        ['Practice', labels.practice],
        ['Days', total('days')],
        [
          'Made on',
          words`${total('made')}. All times are those of the practice: ${total('clock')}`,
        ],
        ['Record', words`${total('size')} entries, ${total('mark')}`],
      ]),
      h(
        'nav',
        { 'aria-labelledby': 'contents' },
        h('p', { id: 'contents' }, 'Contents'),
        h('ul', {}, ...contents),
      ),
    ),
  );
}

function main(needs: StatementNeeds, shown: Shown): Html {
  const { sums, labels, rules, keys } = needs;
  return h(
    'main',
    {},
    lines(
      summary(sums, shown),
      deliveredPart(needs, shown),
      tasksPart(needs, shown),
      costsPart(sums, shown),
      stopsPart(needs, shown),
      rulesPart(rules, shown),
      limitsPart(shown),
      checkPart(keys, shown),
      section(
        'people',
        'Names on this page',
        h(
          'p',
          {},
          'The record knows people by a random mark alone. The practice stands for the names beside it.',
        ),
        peopleTable(sums, labels, personMark),
      ),
      ruleTextsPart(rules, shown),
    ),
  );
}

function footer({ total }: Shown): Html {
  return h(
    'footer',
    {},
    h(
      'p',
      {},
      words`Work statement ${total('number')}, made by AIOS from the record at ${total('mark')}.`,
    ),
  );
}

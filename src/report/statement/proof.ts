import { RANGE_WORDS } from '../../ledger/sums.ts';
import { h, join, lines, para, words } from './html.ts';
import type { Html } from './html.ts';
import type { Shown } from './shown.ts';
import { section, table, terms } from './table.ts';

/** Which rules decided, in their own words, with what they decided about. */
export function rulesPart(rules: readonly string[], { rule }: Shown): Html {
  return section(
    'rules',
    'The rules that decided',
    para`Every step that no person took follows from a rule that the practice had written down before. These are the ones the record of your work names, as they stood then; their exact text is at the end of this page.`,
    table({
      id: 'rules-caption',
      caption: 'Rules, why each exists, and the tasks of these days it decided about',
      head: ['Rule', 'What it says', 'Why it exists', 'Decided about'],
      rows: rules.map((sha256) =>
        ['name', 'title', 'because', 'used'].map((name) => rule(`${sha256}/${name}`)),
      ),
    }),
  );
}

/** The same rules word for word. */
export function ruleTextsPart(rules: readonly string[], { rule, as }: Shown): Html {
  const texts = rules.map((sha256) =>
    join(h('h3', {}, rule(`${sha256}/name`)), as('pre', 'rules', `${sha256}/text`)),
  );
  return section('texts', 'The rules, word for word', ...texts);
}

/** What is counted, and what a record can show at all. */
export function limitsPart({ total }: Shown): Html {
  return section(
    'limits',
    'What the record can and cannot prove',
    para`*It can prove that it was not changed* since a checkpoint that you hold yourself. A checkpoint is one short line, such as ${total('mark')}: how many entries there are, and a fingerprint of all of them. It stands on receipts and in this bundle. Whoever changes, adds or takes away one entry ends up with another fingerprint.`,
    para`*It cannot prove that what was written down was true*, or that no work was done that was never written down. For that you rely on the practice, as before.`,
    para`And so that nothing here is taken for more than it is:`,
    list(
      words`“Not recorded” means that nobody wrote it down. It does not mean that it was not done.`,
      words`That Read was pressed shows that a draft was opened to be read. Nobody can record how closely it was read.`,
      words`The record holds no names and no texts, only marks and fingerprints of them. Names on this page are put in by the practice, which signs the whole page. Texts are kept apart, encrypted, and can be erased without breaking the record.`,
      words`Minutes by hand are an estimate, with its basis beside it, and so is what they save. They are not a bill. That a review took as long as it is counted with, the record cannot show.`,
      RANGE_WORDS,
    ),
  );
}

function list(...items: readonly (Html | string)[]): Html {
  return h('ul', {}, lines(...items.map((item) => h('li', {}, item))));
}

/** Step by step, for somebody who has never used a terminal. */
export function checkPart(keys: number, { total }: Shown): Html {
  const each = Array.from({ length: keys }, (_, i) => total(`key_${i + 1}`));
  return section(
    'check',
    'How to check this page yourself',
    para`You need the folder this page came in, a computer, and Node.js 20.19 or newer (free, from nodejs.org). Nothing of it needs the internet or the practice.`,
    h('ol', {}, lines(...STEPS.map((step) => h('li', {}, step)))),
    para`The signing key of this record. What follows the last plus sign must be the same in your contract:`,
    ...each.map((key) => h('p', {}, h('code', {}, key))),
    terms([
      ['Entries', words`${total('size')} in the whole record, ${total('entries')} of these days`],
      ['Fingerprint (root)', h('code', {}, total('root'))],
      ['Short form', total('mark')],
      ['Name of the record', h('code', {}, total('origin'))],
    ]),
    para`The files: {report.html} is this page, {tasks.csv} the same figures for a spreadsheet, {entries.jsonl} the record itself, one entry a line, {checkpoint} the signed fingerprint, {key} the keys that may sign, {rules} the texts of the rules, {manifest} the signed list of all files, and {verify.mjs} the program that checks them.`,
  );
}

const STEPS: readonly Html[] = [
  words`Open a terminal in the folder: on Windows, right-click in it and choose Open in Terminal; on a Mac, drag the folder onto Terminal.`,
  words`Type {node verify.mjs --key}, a space, and the key that stands in your contract, and press Enter.`,
  words`It says in plain words what it checked, and ends with ACCEPTED or NOT ACCEPTED. The figures it prints must be those on this page.`,
  words`Keep the file {checkpoint}. Next time, add {--earlier} and its name, and it is also checked that nothing was changed in between. A mark from a receipt, in quotes, serves as well.`,
];

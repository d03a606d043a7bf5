import { ASKED, missingIn, wrongWith } from '../../library/imported.ts';
import type { AskedField, Draft } from '../../library/imported.ts';

/** Puts one question and gives the line that was typed. */
export type Ask = (says: string) => Promise<string>;

/** What one line of an answer becomes; fields of several lines end with an empty one. */
type Form = {
  readonly hint: string;
  readonly lines: 'one' | 'many';
  read(lines: readonly string[]): unknown;
};

const LINE: Form = { hint: '', lines: 'one', read: ([line]) => line };

const FORMS: Readonly<Record<AskedField, Form>> = {
  scope: LINE,
  accepts: {
    hint: 'with commas between them',
    lines: 'one',
    read: ([line = '']) => parts(line, ','),
  },
  declines: {
    hint: 'a line each, and an empty one at the end: spelling alone > proofreader: mind the commas; any typos?',
    lines: 'many',
    read: (lines) => lines.map(declineOf),
  },
  lane: LINE,
  gate: LINE,
  inputs: LINE,
  questions: { hint: 'a line each, and an empty one at the end', lines: 'many', read: (l) => l },
  deliverable: LINE,
};

function parts(text: string, mark: string): readonly string[] {
  return text
    .split(mark)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `what > to: example; example` */
function declineOf(line: string): unknown {
  const [, what = '', to = '', examples = ''] = /^([^>]*)>([^:]*):?(.*)$/.exec(line) ?? [];
  return { what: what.trim(), to: to.trim(), examples: parts(examples, ';') };
}

/** Asks for every field that is missing, until what is typed may stand; an empty answer leaves it for later. */
export async function interview(draft: Draft, ask: Ask): Promise<Draft> {
  let known = draft.known;
  for (const field of missingIn(draft)) {
    const value = await answerTo(field, ask);
    if (value !== undefined) known = { ...known, [field]: value };
  }
  return { ...draft, known };
}

async function answerTo(field: AskedField, ask: Ask): Promise<unknown> {
  const form = FORMS[field];
  const says = [`${field}: ${ASKED[field]}`, form.hint].filter((part) => part !== '').join('; ');
  let wrong: readonly string[] = [];
  for (;;) {
    const lines = await linesTo([...wrong, says].join('\n'), form, ask);
    if (lines.length === 0) return undefined;
    const value = form.read(lines);
    wrong = wrongWith(field, value);
    if (wrong.length === 0) return value;
  }
}

async function linesTo(says: string, form: Form, ask: Ask): Promise<readonly string[]> {
  const first = (await ask(says)).trim();
  if (first === '') return [];
  const lines = [first];
  while (form.lines === 'many') {
    const next = (await ask(`${lines.length + 1}`)).trim();
    if (next === '') break;
    lines.push(next);
  }
  return lines;
}

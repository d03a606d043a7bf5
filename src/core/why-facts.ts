import type { Fact, FactName, Origin, Sourced } from './facts.ts';

/** Facts are told in sentences of their own, each with where it came from. */

type Value = string | number | readonly string[];

const FROM: Readonly<Record<Origin, string>> = {
  person: 'a person said so',
  setting: 'a setting says so',
  cue: 'words of the request say so',
  examples: 'it reads like our examples of it',
  default: 'nothing said otherwise',
};

/** The words behind a fact stand in its trace until they are erased. */
function source({ from, because }: Fact<Value>): string {
  if (because === undefined || because === '') return FROM[from];
  if (from === 'cue') return `the words say so: ${because}`;
  if (from === 'default') return `so it is written for ${because}`;
  return `${FROM[from]}: ${because}`;
}

const CLOUD: Readonly<Record<string, string>> = {
  unset: 'nobody has said yet whether it may leave the machine',
  never: 'work of this client never leaves the machine (a setting)',
  redacted: 'work of this client leaves the machine only redacted (a setting)',
  allowed: 'ordinary work of this client may leave the machine (a setting)',
};

type Tell = (facts: Sourced) => string | undefined;

/** One sentence for each fact; undefined where there is nothing to say. What matters most comes first. */
const SENTENCES: readonly Tell[] = [
  ({ kind, confidence }) =>
    kind.from === 'person'
      ? `kind of work: ${kind.value}; ${source(kind)}`
      : `kind of work: ${kind.value}, ${confidence.value} of 100 sure; ${source(kind)}${near(confidence)}`,
  ({ consequence }) => `consequence: ${consequence.value}; ${source(consequence)}`,
  ({ sensitivity }) => `sensitivity: ${sensitivity.value}; ${source(sensitivity)}`,
  ({ suspected }) =>
    suspected && `hinted at, and nobody has said: ${suspected.value}; ${source(suspected)}`,
  ({ judgement }) => judgement && `judgement it takes: ${judgement.value}; ${source(judgement)}`,
  ({ lane }) => lane && `lane asked for: ${lane.value}; ${source(lane)}`,
  ({ persona }) => persona && `specialist asked for: ${persona.value}; ${source(persona)}`,
  ({ asker }) => (asker?.value === 'approver' ? 'who asks: an approver (a setting)' : undefined),
  ({ words, pasted, files, fileTypes }) =>
    `size: ${words.value} words${pastedIn(pasted?.value ?? 0)}${filesIn(files.value, fileTypes.value)}`,
  ({ promised }) => promised && `spoken of and not there: ${promised.value}; ${source(promised)}`,
  ({ opposed }) =>
    opposed && `asked for and not possible together: ${opposed.value}; ${source(opposed)}`,
  ({ follows }) => follows && 'it works on what another piece of the request brings',
  ({ rounds }) => (rounds.value === 0 ? undefined : `sent back so far: ${rounds.value}`),
  ({ cloud }) => CLOUD[cloud.value],
];

function near({ because }: Fact<number>): string {
  return because === undefined ? '' : ` (${because})`;
}

function pastedIn(count: number): string {
  return count === 0 ? '' : `, ${count} of them brought along`;
}

function filesIn(count: number, types: readonly string[]): string {
  if (count === 0) return ', no file';
  return `, ${count} ${count === 1 ? 'file' : 'files'} (${types.join(', ')})`;
}

/** What a decision went by, one sentence a line. */
export function factLines(facts: Sourced): readonly string[] {
  return SENTENCES.flatMap((tell) => {
    const sentence = tell(facts);
    return sentence === undefined ? [] : [`- ${sentence}`];
  });
}

/** How a fact is called inside a sentence. */
export const FACT_WORDS = {
  kind: 'kind of work',
  judgement: 'judgement it takes',
  sensitivity: 'sensitivity',
  consequence: 'consequence',
  suspected: 'suspected sensitivity',
  words: 'number of words',
  pasted: 'number of words brought along',
  files: 'number of files',
  fileTypes: 'file types',
  confidence: 'confidence',
  lane: 'lane asked for',
  persona: 'specialist asked for',
  rounds: 'times it was sent back',
  cloud: 'answer about the cloud',
  follows: 'piece it waits for',
  promised: 'things spoken of and not there',
  opposed: 'demands that exclude each other',
  asker: 'role of who asks',
} as const satisfies Record<FactName, string>;

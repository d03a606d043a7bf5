import { numberText, readNumber } from '../../core/id.ts';
import type { EntryId, NumberRef } from '../../core/id.ts';
import { nearest } from '../../core/nearest.ts';
import { READERS, readEntryId } from './log-values.ts';
import type { LogFlag, LogValues } from './log-values.ts';
import { unexpected } from './subcommand.ts';

/** What is asked about: the whole record, one request or task, or one entry in full. */
export type LogAbout =
  | { readonly is: 'all' }
  | { readonly is: 'work'; readonly number: NumberRef }
  | { readonly is: 'entry'; readonly id: EntryId }
  /** By its place in the log of a client; null is the practice's own. */
  | { readonly is: 'place'; readonly client: string | null; readonly index: number };

/** The words behind `log`, taken apart and checked as far as they can be without looking anything up. */
export type LogWords = {
  readonly about: LogAbout;
  readonly values: Partial<LogValues>;
  /** The end of the record instead of its beginning. */
  readonly latest: boolean;
  readonly form: 'lines' | 'json' | 'csv';
};

const BARE = ['latest', 'json', 'csv'] as const;
type Bare = (typeof BARE)[number];
const VALUED = Object.keys(READERS) as LogFlag[];

/** The same words in Slack and on the command line. Throws Fault `bad_input` that says what was expected, and what is nearest. */
export function readLogWords(given: readonly string[]): LogWords {
  const { words, values, bare } = apart(short(given));
  const about = aboutOf(words);
  refuseTogether(about, values, bare);
  return { about, values, latest: bare.has('latest'), form: formOf(bare) };
}

/** `log client acme` is short for the latest entries of that client. */
function short([first, ...rest]: readonly string[]): readonly string[] {
  if (first?.toLowerCase() === 'client')
    return ['--client', rest[0] ?? '', '--latest', ...rest.slice(1)];
  return first === undefined ? [] : [first, ...rest];
}

type Apart = {
  readonly words: string[];
  readonly values: Partial<LogValues>;
  readonly bare: Set<Bare>;
};

function apart(given: readonly string[]): Apart {
  const found: Apart = { words: [], values: {}, bare: new Set() };
  const left = [...given];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word.startsWith('--')) takeFlag(found, word, left);
    else found.words.push(word);
  }
  return found;
}

function takeFlag(found: Apart, word: string, left: string[]): void {
  const [, name = '', inline] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const bare = BARE.find((flag) => flag === name);
  const valued = VALUED.find((flag) => flag === name);
  if (bare !== undefined && inline === undefined) found.bare.add(bare);
  else if (valued === undefined) throw unknownFlag(word, name);
  else takeValue(found, valued, inline ?? nextValue(left));
}

/** Another flag is no value. */
function nextValue(left: string[]): string {
  return left[0]?.startsWith('--') === true ? '' : (left.shift() ?? '');
}

function takeValue({ values }: Apart, flag: LogFlag, value: string): void {
  if (flag in values) throw unexpected(`--${flag} once`, 'twice', 'Leave one of them out.');
  if (value === '')
    throw unexpected(`a value behind --${flag}`, '', `For example: ${SAMPLE[flag]}`);
  Object.assign(values, { [flag]: READERS[flag](value) });
}

function unknownFlag(word: string, name: string) {
  const flags = [...VALUED, ...BARE];
  const near = nearest(name, flags);
  const list = `They are: ${flags.map((flag) => `--${flag}`).join(', ')}.`;
  return unexpected('a flag of log', word, near === undefined ? list : `Did you mean --${near}?`);
}

/** What each flag looks like: for errors, and the docs. */
export const SAMPLE: Readonly<Record<LogFlag, string>> = {
  client: '--client acme',
  person: '--person @ada',
  model: '--model claude-opus-5-5',
  rule: '--rule LANE-010',
  type: '--type draft.approved',
  lane: '--lane senior',
  persona: '--persona editor',
  from: '--from 2026-11-01',
  to: '--to 2026-11-30',
  after: '--after <id of an entry>',
  before: '--before <id of an entry>',
  limit: '--limit 10',
};

const INDEX = /^[0-9]{1,3}(?:,?[0-9]{3})*$|^[0-9]{1,12}$/;

function aboutOf(words: readonly string[]): LogAbout {
  const [first, second = '', third = ''] = words;
  if (first === undefined) return { is: 'all' };
  if (words.length === 1) return oneWord(first);
  if (words.length === 2 && INDEX.test(second))
    return { is: 'place', client: first.toLowerCase(), index: indexOf(second) };
  if (words.length === 3 && OWN.test(`${first} ${second}`) && INDEX.test(third))
    return { is: 'place', client: null, index: indexOf(third) };
  throw notAbout(words.join(' '));
}

/** How the log of what concerns the practice alone is named: no short name of a client has two words. */
const OWN = /^own log$/i;

function indexOf(word: string): number {
  return Number(word.replaceAll(',', ''));
}

function oneWord(word: string): LogAbout {
  const id = readEntryId(word);
  if (id !== undefined) return { is: 'entry', id };
  const number = readNumber(word);
  if (number === undefined) throw notAbout(word);
  return { is: 'work', number };
}

function notAbout(got: string) {
  return unexpected(
    'the number of a request or task, the id of an entry, or its place',
    got,
    'For example: log #142, log #142.2, log acme 8,412. Everything else has a flag: log --client acme',
  );
}

/** What cannot be asked for at once. */
const TOGETHER = [
  ['--after', '--before'],
  ['--after', '--latest'],
  ['--before', '--latest'],
  ['--json', '--csv'],
] as const;

function refuseTogether(about: LogAbout, values: Partial<LogValues>, bare: ReadonlySet<Bare>) {
  const given = [...Object.keys(values), ...bare].map((flag) => `--${flag}`);
  const pair = TOGETHER.find((flags) => flags.every((flag) => given.includes(flag)));
  if (pair !== undefined)
    throw unexpected(`${pair[0]} or ${pair[1]}`, 'both', 'Leave one of them out.');
  const { from, to } = values;
  if (from !== undefined && to !== undefined && from > to)
    throw unexpected('--from no later than --to', `${from} to ${to}`, 'Both days count.');
  const extra = given.find((flag) => flag !== '--json' && flag !== '--csv');
  if ((about.is === 'entry' || about.is === 'place') && extra !== undefined)
    throw unexpected('one entry without filters', extra, 'One entry is shown whole: leave it out.');
}

function formOf(bare: ReadonlySet<Bare>): LogWords['form'] {
  if (bare.has('json')) return 'json';
  return bare.has('csv') ? 'csv' : 'lines';
}

/** How a command is typed in Slack, and in a shell, where a number sign begins a comment. */
export type Typed = '/aios' | 'aios';

/** The words again, exactly as they are typed there. */
export function typedAgain({ about, values, latest, form }: LogWords, typed: Typed): string {
  const flags = Object.entries(values).map(
    ([flag, value]) => `--${flag} ${/\s/.test(String(value)) ? `"${value}"` : value}`,
  );
  return [
    typed,
    'log',
    ...aboutTyped(about, typed),
    ...flags,
    ...(latest ? ['--latest'] : []),
    ...(form === 'lines' ? [] : [`--${form}`]),
  ].join(' ');
}

function aboutTyped(about: LogAbout, typed: Typed): readonly string[] {
  if (about.is === 'all') return [];
  if (about.is === 'entry') return [about.id];
  if (about.is === 'place') return [about.client ?? 'own log', String(about.index)];
  const number = numberText(about.number);
  return [typed === 'aios' ? number.slice(1) : number];
}

import { ENTRY_TYPES } from '../../core/entry-type.ts';
import type { EntryType } from '../../core/entry-type.ts';
import { readDay } from '../../core/day.ts';
import type { Day } from '../../core/day.ts';
import type { EntryId } from '../../core/id.ts';
import { LANES } from '../../core/lane.ts';
import type { Lane } from '../../core/lane.ts';
import { nearest } from '../../core/nearest.ts';
import { isTechnicalName } from '../../core/technical-name.ts';
import type { RuleName } from '../ports/record.ts';
import { unexpected } from './subcommand.ts';

/** What stands behind each flag of `log` that has a value, as it was checked. */
export type LogValues = {
  readonly client: string;
  readonly person: string;
  readonly model: string;
  readonly rule: string;
  readonly type: EntryType;
  readonly lane: Lane;
  readonly persona: string;
  readonly from: Day;
  readonly to: Day;
  readonly after: EntryId;
  readonly before: EntryId;
  readonly limit: number;
};
export type LogFlag = keyof LogValues;

/** Reads the value of each flag. Each throws Fault `bad_input` that says what was expected, with the nearest known word. */
export const READERS: { readonly [F in LogFlag]: (value: string) => LogValues[F] } = {
  client: (value) => value.toLowerCase(),
  person: readPerson,
  model: (value) => readName('model', value),
  rule: (value) => {
    readRuleName(value);
    return value;
  },
  type: (value) => known('a type of entry', value.replace(/^aios\./, ''), ENTRY_TYPES),
  lane: (value) => known('a lane', value, LANES),
  persona: (value) => readName('persona', value),
  from: (value) => dayOf('from', value),
  to: (value) => dayOf('to', value),
  after: (value) => cursorOf('after', value),
  before: (value) => cursorOf('before', value),
  limit: readLimit,
};

/** A chosen person comes as `<@U123|ada>` and is kept as their id; a name may begin with @. */
function readPerson(value: string): string {
  return /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$/.exec(value)?.[1] ?? value;
}

function readName(what: 'model' | 'persona', value: string): string {
  if (isTechnicalName(value)) return value;
  throw unexpected(
    `the name of a ${what}, without spaces`,
    value,
    `For example: --${what} ${SAMPLES[what]}`,
  );
}

const SAMPLES = { model: 'claude-opus-5-5', persona: 'editor' } as const;

function known<T extends string>(what: string, value: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const near = nearest(value, words);
  throw unexpected(
    what,
    value,
    near === undefined ? `For example: ${words.slice(-4).join(', ')}.` : `Did you mean ${near}?`,
  );
}

function dayOf(flag: 'from' | 'to', value: string): Day {
  const day = readDay(value);
  if (day !== undefined) return day;
  throw unexpected(
    `a day of the calendar as YYYY-MM-DD behind --${flag}`,
    value,
    `For example: --${flag} 2026-11-30`,
  );
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of an entry; undefined for anything else. */
export function readEntryId(word: string): EntryId | undefined {
  return UUID.test(word) ? (word.toLowerCase() as EntryId) : undefined;
}

function cursorOf(flag: 'after' | 'before', value: string): EntryId {
  const id = readEntryId(value);
  if (id !== undefined) return id;
  throw unexpected(
    `the id of an entry behind --${flag}`,
    value,
    'Take it from the end of the page before this one.',
  );
}

function readLimit(value: string): number {
  const limit = /^[0-9]{1,9}$/.test(value) ? Number(value) : 0;
  if (limit >= 1) return limit;
  throw unexpected('a whole number of at least 1 behind --limit', value, 'For example: --limit 10');
}

const RULE = /^(?:([\w./-]{1,80})#)?([\w.-]{1,80})(?:@([0-9a-f]{16,64}))?$/;

/** Takes `LANE-010`, `lanes.yaml#LANE-010` or a whole reference apart. Throws Fault `bad_input`. */
export function readRuleName(value: string): RuleName {
  const found = RULE.exec(value);
  if (found === null)
    throw unexpected('a rule as LANE-010 or file#LANE-010', value, 'For example: --rule LANE-010');
  const [, file, id = '', hash] = found;
  return { id, ...(file === undefined ? {} : { file }), ...(hash === undefined ? {} : { hash }) };
}

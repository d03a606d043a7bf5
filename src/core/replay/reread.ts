import type { FactName, Origin, Sourced } from '../facts.ts';
import { FACT_NAMES } from '../facts.ts';
import type { Contents } from '../raise.ts';
import type { Given } from '../given.ts';
import { readPiece } from '../read.ts';
import type { ReadBy } from '../read-kind.ts';
import { tokens } from '../words.ts';

type Value = string | number | readonly string[] | null;

/** A fact that the words of a piece would be read as now, beside what it was read as. */
export type OtherFact = { readonly fact: FactName; readonly before: Value; readonly now: Value };

/** The words of a piece as they are kept: its own, the names of its files, and what people answered about it. */
export type Words = {
  readonly text: string;
  readonly files: readonly string[];
  /** Those of the files of which nothing could be read. */
  readonly unread: readonly string[];
  /** What was counted in the files. */
  readonly contents: readonly Contents[];
  readonly said: readonly string[];
  /** What stood around the pieces of the request. */
  readonly around?: string;
  /** The pieces that were said in one breath with it. */
  readonly beside?: readonly string[];
};

/**
 * Reads the words of a piece again and gives the facts that come out otherwise. What a person or a setting said then
 * still counts: only the reading of words is tried, by other cues, examples or another classifier.
 */
export function reread(words: Words, recorded: Sourced, by: ReadBy): readonly OtherFact[] {
  const text = [words.text, ...words.said].join('\n');
  const given = givenThen(recorded, text, words);
  const { facts } = readPiece({ text, files: words.files }, by, given);
  return FACT_NAMES.flatMap((fact) => {
    // How much judgement a kind takes is a matter of the rules, and is not read from words.
    if (fact === 'judgement' || isButton(recorded, facts, fact)) return [];
    const [before, now] = [recorded[fact]?.value ?? null, facts[fact]?.value ?? null];
    return String(before) === String(now) ? [] : [{ fact, before, now }];
  });
}

/** How confidential it is, people answer and settings say. */
const SAID: readonly Origin[] = ['person', 'setting'];

/** Settings and answers of then, as far as facts say that they came from there. */
function givenThen(then: Sourced, text: string, kept: Words): Given {
  const { said, unread, contents, around, beside } = kept;
  const { sensitivity, consequence, kind, words, rounds, cloud, asker, follows } = then;
  const answer = said.at(-1);
  return {
    unread,
    contents,
    ...(around === undefined ? {} : { around }),
    ...(beside === undefined ? {} : { beside }),
    ...(asker?.from === 'setting' ? { asker: asker.value } : {}),
    ...(follows === undefined ? {} : { follows: true }),
    cloud: cloud.value,
    rounds: rounds.value,
    fileWords: Math.max(0, words.value - tokens(text).length),
    ...(answer === undefined ? {} : { answer }),
    ...(SAID.includes(sensitivity.from) ? { sensitivity: sensitivity.value } : {}),
    ...(consequence.from === 'setting' ? { consequence: consequence.value } : {}),
    ...(kind.from === 'person' ? { kind: kind.value } : {}),
  };
}

/** A lane or specialist that a person chose with a button stands in no words. */
function isButton(then: Sourced, now: Sourced, fact: FactName): boolean {
  const isNamed = fact === 'lane' || fact === 'persona';
  return isNamed && then[fact]?.from === 'person' && now[fact] === undefined;
}

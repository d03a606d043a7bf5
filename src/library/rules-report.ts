import type { By, FindingLevel, Remark, Spot, Witness } from '../core/lint/finding.ts';
import { LEVELS, LINT_CODES } from '../core/lint/finding.ts';
import { lintRules } from '../core/lint/lint.ts';
import type { Personas } from '../core/persona.ts';
import { LISTS } from './build-rules.ts';
import type { Checking } from './checking.ts';
import { usually } from './check-examples.ts';
import { unknownTypes } from './check-types.ts';
import { inspectLibrary } from './load.ts';
import type { Problem } from './problems.ts';
import { PROBLEM_CODES } from './problems.ts';

/** Every code a finding can have. */
export const FINDING_CODES = [...PROBLEM_CODES, ...LINT_CODES] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Where something stands; line and column count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** One thing that is to be said about a set of rules. */
export type Finding = {
  readonly place: Place;
  readonly level: FindingLevel;
  readonly code: FindingCode;
  /** Id of the rule or kind it is about; null where it is about a file. */
  readonly rule: string | null;
  /** The rules it names besides, with the part of this rule's combinations each takes, 0 to 1. */
  readonly by: readonly By[];
  readonly says: string;
  /** Facts that show it; null where there can be none. */
  readonly witness: Witness | null;
};

export type Report = {
  /** By file, as the files are read, and by place in it. */
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<FindingLevel, number>>;
};

/**
 * Everything that can be said of a folder of rules and the personas beside it: what the reader refuses, and what comparing
 * the conditions with one another finds. Nothing is thrown for what is wrong there.
 */
export async function reportOnRules(rulesFolder: string, personasFolder: string): Promise<Report> {
  const { problems, read, personas } = await inspectLibrary(rulesFolder, personasFolder);
  const told = problems.all.map((problem) => findingOf(problem, 'error'));
  const findings = [...told, ...(read === undefined ? [] : compared(read, personas, told))];
  const files = [...new Set(findings.map(({ place }) => place.file))];
  findings.sort(
    (a, b) =>
      files.indexOf(a.place.file) - files.indexOf(b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level),
  );
  const count = (level: FindingLevel): number =>
    findings.filter((finding) => finding.level === level).length;
  return {
    findings,
    counts: { error: count('error'), warning: count('warning'), note: count('note') },
  };
}

/** What makes a comparison of conditions say things that are not so. */
const SKEWING: readonly FindingCode[] = ['unreadable', 'bad-shape', 'unknown-name', 'duplicate-id'];

function compared(
  read: Checking,
  personas: Personas,
  told: readonly Finding[],
): readonly Finding[] {
  const types = unknownTypes(read).map((problem) => findingOf(problem, 'warning'));
  const skewed = told.some(({ code, place }) => SKEWING.includes(code) && isOfRules(place));
  if (skewed) return [...types, notYet(read)];
  const { lanes, approving } = read.written;
  const cases = {
    lanes: lanes.lanes.flatMap(({ examples }) => examples.map(caseOf)),
    approving: approving.checklists.flatMap(({ examples }) => examples.map(caseOf)),
  };
  const remarks = lintRules({
    rules: read.rules,
    cases,
    personas: [...personas.byId.keys()],
    accepts: (persona, kind) => personas.byId.get(persona)?.accepts.includes(kind) ?? false,
  });
  return [...types, ...remarks.map((remark) => located(read, remark))];
}

function caseOf({ facts, expect }: { readonly facts: unknown; readonly expect: string }) {
  return { facts: usually(facts), expect };
}

function isOfRules({ file }: Place): boolean {
  return file.startsWith('rules/');
}

function notYet({ files }: Checking): Finding {
  return {
    place: placeOf(files.lanes.at(['lanes'])),
    level: 'note',
    code: 'not-proven',
    rule: null,
    by: [],
    says: 'the conditions are not compared with one another before what is wrong with the files is mended.',
    witness: null,
  };
}

function findingOf({ place, code, rule, says, witness }: Problem, level: FindingLevel): Finding {
  return {
    place: placeOf(place),
    level,
    code,
    rule: rule ?? null,
    by: [],
    says,
    witness: witness ?? null,
  };
}

function located(read: Checking, { spot, rule, ...rest }: Remark): Finding {
  return { place: placeOf(placeIn(read, spot)), ...rest, rule: rule === '' ? null : rule };
}

function placeIn({ files }: Checking, { list, index, part }: Spot): string {
  if (index === 'otherwise') return files[list].at(['otherwise', part]);
  const below = part === 'second' ? ['second', 'when'] : [part];
  return files[list].at([LISTS[list], index, ...below]);
}

function placeOf(place: string): Place {
  const [, file = place, line = '1', column = '1'] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  return { file, line: Number(line), column: Number(column) };
}

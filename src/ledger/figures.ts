import { timeText } from '../core/local-time.ts';
import type { Offset } from '../core/local-time.ts';
import { costCells, cells, totalFigures } from './figure-totals.ts';
import type { TotalNeeds } from './figure-totals.ts';
import { taskCells } from './figure-tasks.ts';
import { actorWords, erasedWords, groundWords, stopWords } from './figure-words.ts';
import { personMark } from './person-mark.ts';
import { refParts, ruleWords } from './rule-words.ts';
import type { Erasure, LaterCost, Stop } from './sum-types.ts';

/**
 * Every text of a statement that follows from the record, by its mark. A page shows each of them at least once, letter
 * by letter, in an element that carries the mark; whoever has the entries makes them again and compares.
 */
export type Figures = {
  /** `data-total`: about the whole range. */
  readonly totals: ReadonlyMap<string, string>;
  /** `data-cell`: about one task, lane or event: `task/<id>/cost`. */
  readonly cells: ReadonlyMap<string, string>;
  /** `data-rule`: of a rule's own text: `<sha256>/title`. */
  readonly rules: ReadonlyMap<string, string>;
};

/** The attributes that carry marks, by the figures they name. */
export const MARKS = { totals: 'data-total', cells: 'data-cell', rules: 'data-rule' } as const;

export type FigureNeeds = TotalNeeds & {
  /** Every rule the log names: `file#id@hash`. */
  readonly refs: ReadonlySet<string>;
  /** Texts of rules by the SHA-256 of their bytes, hex. */
  readonly rules: ReadonlyMap<string, string>;
};

export function figuresOf(needs: FigureNeeds): Figures {
  const { sums, head, rules } = needs;
  const { offsets } = head;
  return {
    totals: totalFigures(needs),
    cells: new Map([
      ...[...sums.ended, ...sums.open].flatMap((task) => taskCells(task, offsets)),
      ...costCells(sums),
      ...sums.later.flatMap((later) => laterCells(later, offsets)),
      ...sums.stops.flatMap((stop) => stopCells('stop', stop, offsets)),
      ...sums.nothing.flatMap((stop) => stopCells('nothing', stop, offsets)),
      ...sums.erasures.flatMap((erasure) => erasureCells(erasure, offsets)),
    ]),
    rules: new Map([...rules].flatMap(([sha256, text]) => ruleCells(needs, sha256, text))),
  };
}

const LATER_WORDS = {
  later: 'a call that ended later',
  expired: 'of a task that expired undecided',
};

function laterWords({ item, why }: Pick<LaterCost, 'item' | 'why'>): string {
  if (item.purpose === 'seat') return 'the month of the coding seat was closed';
  return item.purpose === 'correction' ? 'corrected' : LATER_WORDS[why];
}

function laterCells({ item, why }: LaterCost, offsets: readonly Offset[]) {
  return cells(`later/${item.entry}`, {
    at: timeText(item.at, offsets),
    what: laterWords({ item, why }),
  });
}

function stopCells(prefix: string, stop: Stop, offsets: readonly Offset[]) {
  return cells(`${prefix}/${stop.entry}`, {
    number: stop.number,
    at: timeText(stop.at, offsets),
    what: stopWords(stop),
    by: actorWords(stop),
    rule: stop.rule === null ? null : refParts(stop.rule).name,
  });
}

function erasureCells(erasure: Erasure, offsets: readonly Offset[]) {
  return cells(`erasure/${erasure.entry}`, {
    at: timeText(erasure.at, offsets),
    texts: erasedWords(erasure),
    ground: groundWords(erasure.ground),
    by: erasure.orderedBy === null ? 'nobody: a clock did' : personMark(erasure.orderedBy),
  });
}

function ruleCells({ sums, refs }: FigureNeeds, sha256: string, text: string) {
  const isIt = (ref: string): boolean => sha256.startsWith(refParts(ref).hash);
  const { title, because } = ruleWords(text);
  const used = [...sums.uses].flatMap(([ref, numbers]) => (isIt(ref) ? numbers : []));
  return cells(sha256, {
    name: refParts([...refs].find(isIt) ?? '').name,
    title,
    because,
    used: used.length === 0 ? 'nothing in these days' : used.join(', '),
    text,
  });
}

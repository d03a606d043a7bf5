import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readHistory } from '../../src/ledger/history.ts';
import type { Finding } from '../../src/ledger/history.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { throwDice } from '../helpers/dice.ts';
import { soundHistory } from '../helpers/histories.ts';
import type { Size } from '../helpers/histories.ts';
import { clockBack, DAMAGES } from './damages.ts';

function logsOf(seed: number, size?: Size): readonly (readonly Entry[])[] {
  return soundHistory(seed, size).map(({ entries }) =>
    entries.map(({ bytes }) => readEntry(bytes)),
  );
}

function findingsIn(entries: readonly Entry[]): readonly Finding[] {
  const history = readHistory();
  const found = entries.flatMap((entry, index) => history.take(entry, index));
  return [...found, ...history.end()];
}

const isFault = ({ level }: Finding): boolean => level === 'fault';

test('a sound history has no fault, and nothing of note but attempts that are open', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const found = logsOf(seed).flatMap(findingsIn);
      expect(found.filter(({ says }) => !says.includes('has not ended'))).toEqual([]);
    }),
  );
});

describe('each damage is found where it is', () => {
  const long = [1, 2, 3, 4, 5, 6].flatMap((seed) => logsOf(seed, { requests: 9, steps: 400 }));

  test.each(Object.entries(DAMAGES))('%s', (_, damage) => {
    let tried = 0;
    for (const [seed, log] of long.entries()) {
      const damaged = damage(log, throwDice(seed));
      if (damaged === undefined) continue;
      tried += 1;
      const places = findingsIn(damaged.entries)
        .filter(isFault)
        .map(({ place }) => Number(/^entry (\d+)/.exec(place)?.[1]));
      expect(places).toContain(damaged.at);
      expect(Math.min(...places)).toBeGreaterThanOrEqual(damaged.first);
    }
    expect(tried).toBeGreaterThan(3);
  });

  test('a clock that went back is worth a note', () => {
    const damaged = clockBack(long[1] ?? [], throwDice(1));
    const notes = findingsIn(damaged?.entries ?? []).filter(({ says }) => says.includes('clock'));
    expect(notes.map(({ level }) => level)).toContain('note');
    expect(notes[0]?.place).toMatch(`entry ${damaged?.at ?? ''}, `);
  });
});

test('an attempt without an end is told with its place', () => {
  const log = logsOf(1, { requests: 9, steps: 200 })[1] ?? [];
  const at = log.findIndex(({ type }) => type === 'attempt.started');
  const open = findingsIn(log.slice(0, at + 1));
  expect(open).toEqual([
    {
      place: `entry ${at}, attempt.started ${log[at]?.id ?? ''}`,
      level: 'note',
      says: `the attempt ${log[at]?.attempt ?? ''} has not ended: it is running, or was cut off`,
    },
  ]);
});

test('rules and texts that entries name are gathered, wherever they stand', () => {
  const history = readHistory();
  const [, log = []] = logsOf(3, { requests: 9, steps: 300 });
  for (const [index, entry] of log.entries()) history.take(entry, index);
  const named = log.flatMap((entry) => (entry.rule === null ? [] : [entry.rule]));
  const inData = log.flatMap((entry) => entry.data['limits'] ?? []) as string[];
  expect(history.rules()).toEqual(new Set([...named, ...inData]));
  expect([...history.texts()]).toEqual(['c3'.repeat(32)]);
});

import { describe, expect, test } from '@jest/globals';
import type { EntryDraft } from '../../src/core/entry.ts';
import { readHistory } from '../../src/ledger/history.ts';
import { readEntry } from '../../src/ledger/read.ts';
import type { Entry } from '../../src/ledger/read.ts';
import { throwDice } from '../helpers/dice.ts';
import { openPen } from '../helpers/pen.ts';

/** The set under which the pen writes. */
const FIRST = 'ab'.repeat(32);
const [SECOND, THIRD] = ['bc'.repeat(32), 'cd'.repeat(32)];
const ONE_CHANGED = { added: 0, changed: 1, removed: 0 };
const PERSON = { kind: 'person', id: '00000000-0000-7000-8000-00000000000a' } as const;
const BY_START = `life.yaml#RULES-FIRST@${'11'.repeat(8)}`;
const BY_ITSELF = `life.yaml#RULES-AUTO@${'12'.repeat(8)}`;

type Data = NonNullable<EntryDraft['data']>;
const of = (rules: string, before: string | null): Data => ({
  rules_sha256: rules,
  before_sha256: before,
});
const full = (by: string, rules: string, before: string | null): Data => ({
  ...of(rules, before),
  by,
  files: ONE_CHANGED,
  rules: ONE_CHANGED,
  diff_sha256: before === null ? null : 'd1'.repeat(32),
});

type Note = Pick<EntryDraft, 'type'> & Partial<EntryDraft>;
const founded: Note = {
  type: 'practice.founded',
  data: { origin: 'practice', rules_sha256: FIRST },
};
const first: Note = {
  type: 'rules.accepted',
  rule: BY_START as never,
  data: full('first_start', FIRST, null),
};
const byOwner = (rules: string, before: string): Note => ({
  type: 'rules.accepted',
  actor: PERSON,
  data: full('owner', rules, before),
});
const seen: Note = { type: 'person.seen' };

function written(notes: readonly Note[]): readonly Entry[] {
  const pen = openPen(throwDice(1), Date.UTC(2026, 10, 26));
  for (const note of notes) pen.note(note, null);
  return (pen.logs.get(null)?.entries ?? []).map(({ bytes }) => readEntry(bytes));
}

/** Faults of the practice's own log as `index: sentence`. */
function faultsIn(entries: readonly Entry[]): readonly string[] {
  const history = readHistory(null);
  return entries.flatMap((entry, at) =>
    history.take(entry, at).map(({ says }) => `${at}: ${says}`),
  );
}

const faults = (...notes: readonly Note[]): readonly string[] => faultsIn(written(notes));

describe('what is sound', () => {
  test('a first set, and sets that follow one another, there and back', () => {
    expect(
      faults(founded, first, seen, byOwner(SECOND, FIRST), byOwner(FIRST, SECOND), {
        ...byOwner(THIRD, FIRST),
        actor: { kind: 'system', id: 'aios' },
        rule: BY_ITSELF as never,
        data: full('auto', THIRD, FIRST),
      }),
    ).toEqual([]);
  });

  test('a record from before sets were kept whole, and its first set that is', () => {
    const old: Note = { type: 'rules.accepted', data: of(SECOND, FIRST) };
    const kept: Note = {
      ...first,
      data: { ...full('first_start', FIRST, SECOND), diff_sha256: null },
    };
    expect(faults(founded, seen, old, seen, kept, seen)).toEqual([]);
  });

  test('an older version that was put back for a while, and what it accepted', () => {
    const older: Note = { type: 'rules.accepted', data: of(THIRD, FIRST) };
    const again: Note = {
      ...first,
      data: { ...full('first_start', FIRST, THIRD), diff_sha256: null },
    };
    expect(faults(founded, first, older, seen, again, seen)).toEqual([]);
  });

  test('a log that was begun anew does not know what was in force', () => {
    expect(faults(seen, byOwner(THIRD, SECOND), byOwner(FIRST, THIRD))).toEqual([]);
  });
});

describe('what is found', () => {
  test.each<[string, Note, RegExp]>([
    [
      'a set in place of one that was not in force',
      byOwner(THIRD, SECOND),
      /^2: expected a rule set in place of abab\w+, which was in force, got one in place of bcbc/,
    ],
    [
      'a second first one',
      { ...byOwner(SECOND, FIRST), data: full('owner', SECOND, null) },
      /^2: expected a rule set in place of abab\w+, which was in force, got one in place of none/,
    ],
    [
      'the owner’s, by the system',
      { ...byOwner(SECOND, FIRST), actor: { kind: 'system', id: 'aios' } },
      /^2: expected a person who accepted the rule set, got the system aios/,
    ],
    [
      'one by itself, by a person',
      { ...byOwner(SECOND, FIRST), data: full('auto', SECOND, FIRST) },
      /^2: expected the system under the rule RULES-AUTO, got the person/,
    ],
    [
      'one by itself, under another rule',
      { type: 'rules.accepted', rule: BY_START as never, data: full('auto', SECOND, FIRST) },
      /^2: expected the system under the rule RULES-AUTO, got the system aios under life\.yaml#RULES-FIRST/,
    ],
    [
      'one without what is different',
      { ...byOwner(SECOND, FIRST), data: { ...full('owner', SECOND, FIRST), diff_sha256: null } },
      /^2: expected the difference from the rule set before, got none/,
    ],
    [
      'one of which nothing changed',
      {
        ...byOwner(SECOND, FIRST),
        data: { ...full('owner', SECOND, FIRST), files: { added: 0, changed: 0, removed: 0 } },
      },
      /^2: expected a file that came, changed or went, got none/,
    ],
    [
      'a first start in the middle',
      { ...first, data: full('first_start', SECOND, FIRST) },
      /^2: expected somebody who accepted a set in place of a kept one, got a first start/,
    ],
  ])('%s', (_, note, says) => {
    expect(faults(founded, first, note)).toEqual([expect.stringMatching(says)]);
  });

  test('what was written under a set that nobody accepted', () => {
    const entries = written([founded, first, seen]).map((entry, at) =>
      at === 2 ? { ...entry, policy: THIRD } : entry,
    );
    expect(faultsIn(entries)).toEqual([`2: expected a rule set that was accepted, got ${THIRD}`]);
  });

  test('a route by another set than its entry names', () => {
    const pen = openPen(throwDice(1), Date.UTC(2026, 10, 26));
    const client = pen.id() as never;
    const ids = { client, request: pen.id() as never, task: pen.id() as never };
    pen.note({ type: 'task.routed', ...ids, to: 'proposed' }, null);
    const entries = (pen.logs.get(client)?.entries ?? []).map(({ bytes }) => readEntry(bytes));
    const history = readHistory(client);
    const says = entries.flatMap((entry) => history.take({ ...entry, policy: SECOND }, 0));
    expect(says.map((one) => one.says)).toContain(
      'expected a route by the rule set bcbcbcbcbcbcbcbc of its entry, got one by abababababababab',
    );
  });
});

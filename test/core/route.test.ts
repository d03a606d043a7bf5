import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Facts, Sourced } from '../../src/core/facts.ts';
import { CLOUD_ANSWERS, CONSEQUENCES, plainFacts, SENSITIVITIES } from '../../src/core/facts.ts';
import { LANES } from '../../src/core/lane.ts';
import { route } from '../../src/core/route.ts';
import type { Limit } from '../../src/core/rule.ts';
import { byRef, fullRef, refOf } from '../../src/core/rule-set.ts';
import { decide, everyLane, inShort, rules } from '../helpers/decide.ts';

/** Every route a task can take, as facts; confidence 100 as if a person had named the kind. */
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    kind: fc.constantFrom(...rules.kinds.keys(), 'unclear'),
    sensitivity: fc.constantFrom(...SENSITIVITIES),
    consequence: fc.constantFrom(...CONSEQUENCES),
    words: fc.constantFrom(0, 10, 6000, 6001),
    files: fc.nat(3),
    fileTypes: fc.subarray(['html', 'md', 'php', 'ts']),
    confidence: fc.constantFrom(0, 69, 70, 100),
    lane: fc.constantFrom(...LANES),
    rounds: fc.nat(2),
    cloud: fc.constantFrom(...CLOUD_ANSWERS),
  },
  {
    requiredKeys: [
      'kind',
      'sensitivity',
      'consequence',
      'words',
      'files',
      'fileTypes',
      'confidence',
      'rounds',
      'cloud',
    ],
  },
);

const sourced = (plain: Facts): Sourced =>
  Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [name, { value, from: 'default' }]),
  ) as Sourced;

describe('limits can only take lanes away or force a question', () => {
  const limit: fc.Arbitrary<Limit> = fc
    .record({
      forbid: fc.subarray([...LANES]),
      ask: fc.option(fc.constantFrom('cloud' as const, 'kind' as const), { nil: undefined }),
    })
    .filter(({ forbid, ask }) => forbid.length > 0 || ask !== undefined)
    .map(({ forbid, ask }) => ({
      ...rules.otherwise,
      id: 'LIMIT-777',
      when: {},
      forbid,
      ...(ask === undefined ? {} : { ask }),
    }));

  test('whatever the limit: what is forbidden is never used, and what is not stays as it was', () => {
    fc.assert(
      fc.property(facts, limit, (plain, extra) => {
        const before = route(sourced(plain), rules, everyLane);
        const after = route(
          sourced(plain),
          { ...rules, limits: [...rules.limits, extra] },
          everyLane,
        );
        if (after.is === 'lane') {
          const all = [...after.trace.limits.flatMap((applied) => applied.forbid), ...extra.forbid];
          expect(all).not.toContain(after.lane);
        }
        // What no lane limit asked stays a question: a limit cannot make up its mind for a person.
        if (before.is === 'ask' && before.about !== 'cloud') expect(after.is).toBe('ask');
        if (before.is === 'answer') expect(after.is).not.toBe('lane');
        if (before.is === 'lane' && extra.ask === undefined && !extra.forbid.includes(before.lane))
          expect(after).toMatchObject({ is: 'lane', lane: before.lane, rule: before.rule });
      }),
      { numRuns: 2000 },
    );
  });

  test('confidential work, and a client who said no or was not asked, reach no cloud lane', () => {
    fc.assert(
      fc.property(facts, (plain) => {
        const found = route(sourced(plain), rules, everyLane);
        if (found.is !== 'lane' && found.is !== 'hold') return;
        const isOpen = plain.cloud === 'allowed' || plain.cloud === 'redacted';
        if (plain.sensitivity === 'confidential' || !isOpen)
          expect(['tool', 'local']).toContain(found.lane);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('one decision', () => {
  test('is the same again from its recorded facts, and small enough to keep', () => {
    fc.assert(
      fc.property(facts, (plain) => {
        const first = route(sourced(plain), rules, everyLane);
        const kept = JSON.parse(JSON.stringify(first.trace)) as typeof first.trace;
        expect(route(kept.facts, rules, everyLane)).toEqual(first);
        expect(JSON.stringify(first.trace).length).toBeLessThan(4096);
        const { judgement: _derived, ...read } = plainFacts(kept.facts);
        expect(read).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });

  test('names rules that exist, with the text they have', () => {
    fc.assert(
      fc.property(facts, (plain) => {
        const { rule, trace } = route(sourced(plain), rules, everyLane);
        for (const ref of [rule, trace.winner, ...trace.tried.map((t) => t.rule)])
          expect(byRef(rules, ref)).toBeDefined();
      }),
    );
  });

  test('tells of every rule before the winner why it did not win', () => {
    const found = decide('draft the post', ['outline.md']);
    const winner = rules.lanes.findIndex((rule) => rule.id === 'LANE-080');
    expect(found.trace.tried).toHaveLength(winner);
    const byJudgement = found.trace.tried.find(({ rule }) => rule.includes('#LANE-010@'));
    expect(byJudgement).toMatchObject({
      failed: { field: 'judgement', operator: 'is', got: 'senior' },
    });
  });
});

describe('what a person names', () => {
  test('fills the plan in, with the rule that says so', () => {
    const found = decide('draft a blog post about clay, use the local lane');
    expect(found).toMatchObject({ is: 'lane', lane: 'local', persona: 'blog-drafter' });
    expect(found.rule).toMatch(/^lanes\.yaml#LANE-002@/);
    expect(found.is === 'lane' && found.start).toEqual({
      unasked: false,
      rule: refOf(rules, 'START-CLICK'),
    });
  });

  test('gives way to a limit, which is named', () => {
    const found = decide('correct the commas in the patient letter, lane: senior', ['letter.md'], {
      asker: 'approver',
    });
    expect(inShort(found)).toBe('proofread.fix local');
    expect(found.trace.tried).toContainEqual(
      expect.objectContaining({ forbiddenBy: expect.stringContaining('#LIMIT-020@') }),
    );
  });

  test('cannot put judgement on the tool lane', () => {
    const found = decide('draft a blog post about clay, lane: tool');
    expect(inShort(found)).toBe('draft.blog senior');
  });

  test('a persona is taken into the plan even when the words point elsewhere', () => {
    expect(decide('persona: editor, draft a blog post about clay')).toMatchObject({
      persona: 'editor',
    });
  });
});

describe('the cloud question', () => {
  test('is asked when it was never answered and the rule would leave the machine', () => {
    expect(inShort(decide('draft the post', ['o.md'], { cloud: 'unset' }))).toBe('ask cloud');
    expect(inShort(decide('audit the site', ['i.html'], { cloud: 'unset' }))).toBe(
      'audit.content local',
    );
  });
  test('is not asked again after a no; then a person says how to go on', () => {
    expect(inShort(decide('draft the post', ['o.md'], { cloud: 'never' }))).toBe('ask lane');
  });
  test('is not asked for confidential work, which no answer would let out', () => {
    const found = decide('draft the post on our revenue figures, confidential', ['o.md'], {
      cloud: 'unset',
    });
    expect(inShort(found)).toBe('ask lane');
  });
});

describe('lanes that cannot be had', () => {
  test('hold the task instead of moving it', () => {
    const facts = decide('draft the post', ['o.md']).trace.facts;
    const found = route(facts, rules, [{ lane: 'local', price: null }]);
    expect(found).toMatchObject({
      is: 'hold',
      lane: 'senior',
      holdRule: refOf(rules, 'HOLD-LANE-OFF'),
    });
  });
});

test('a start rule starts only what it speaks of, and only when it is turned on', () => {
  const facts = decide('please format these files', ['a.md']).trace.facts;
  const on = { ...rules, starts: rules.starts.map((rule) => ({ ...rule, enabled: true })) };
  const unasked = (set: typeof rules): unknown => {
    const found = route(facts, set, everyLane);
    return found.is === 'lane' && found.start.unasked;
  };
  expect(unasked(rules)).toBe(false);
  expect(rules.starts.filter((rule) => rule.unasked).every((rule) => !rule.enabled)).toBe(true);
  expect(inShort(route(facts, on, everyLane))).toBe('format.files tool');
});

test('one rule flipped in a set shows in the outcome', () => {
  const flipped = {
    ...rules,
    lanes: rules.lanes.map((rule) =>
      rule.id === 'LANE-080' ? { ...rule, lane: 'local' as const } : rule,
    ),
  };
  const facts = decide('draft the post', ['o.md']).trace.facts;
  expect(inShort(route(facts, flipped, everyLane))).toBe('draft.blog local');
});

test('a verdict names its rule in full', () => {
  expect(fullRef(rules, 'gates.yaml#GATE-PASS')).toMatch(/^gates\.yaml#GATE-PASS@[0-9a-f]{16}$/);
});

test('a kind is done by its second persona where its facts say so, and a person named stands above both', () => {
  const personaOf = (text: string, file: string) => {
    const found = decide(text, [file]);
    return found.is === 'lane' ? found.persona : found.is;
  };
  expect(personaOf('format this file', 'notes.md')).toBe('formatter');
  expect(personaOf('format this file', 'admin.php')).toBe('linter');
  expect(personaOf('format this file, persona: formatter', 'admin.php')).toBe('formatter');
});

test('a lane follows the judgement a kind takes by the rules in force, whatever was recorded', () => {
  const { facts } = decide('draft the post', ['o.md']).trace;
  expect(facts.judgement).toMatchObject({ value: 'senior', because: 'kind draft.blog' });
  const stale = { ...facts, judgement: { value: 'none', from: 'default' } as const };
  expect(inShort(route(stale, rules, everyLane))).toBe('draft.blog senior');
});

test('who is asked which of two demands counts is told which two were found, and by which rule', () => {
  const found = decide('cut it down to 50 words and keep every sentence', ['a.md']);
  expect(inShort(found)).toBe('ask demands');
  expect(found.is === 'ask' && found.question).toBe(
    'Two things in this cannot both be met. Which one counts? (I read: cut it down, every sentence (RAISE-OPPOSED))',
  );
});

test('what the formatter reads it formats; other tables and texts are put in order on our own machine', () => {
  expect(inShort(decide('format this', ['a.md']))).toBe('format.files tool');
  const table = decide('format this', ['dates.tsv']);
  expect(inShort(table)).toBe('format.files local');
  expect(table.is === 'lane' && [table.gate, table.program]).toEqual(['editorial', undefined]);
  expect(inShort(decide('format this', ['report.docx']))).toBe('ask files');
});

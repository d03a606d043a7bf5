import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import { countDeclines, declinesIn } from '../../src/ledger/declines.ts';
import type { Entry } from '../../src/ledger/read.ts';

const RULE = `life.yaml#DECLINE-FIT@${'ab'.repeat(8)}`;
const BY_KIND = `life.yaml#DECLINE-KIND@${'ab'.repeat(8)}`;
const PERSON = { kind: 'person', id: 'ada' } as const;

let at = 0;
function entry(type: Entry['type'], more: Partial<Entry> = {}): Entry {
  at += 1;
  return {
    id: `entry-${at}`,
    nonce: '',
    type,
    at: moment(at),
    cause: null,
    build: 'test',
    origin: 'test',
    policy: '',
    actor: { kind: 'system', id: 'test' },
    rule: null,
    client: null,
    request: null,
    task: 'task-1',
    attempt: null,
    from: null,
    to: null,
    lane: null,
    model: null,
    persona: null,
    draft: null,
    costNano: null,
    minutes: null,
    data: {},
    ...more,
  };
}

type Route = {
  readonly kind: string;
  readonly named?: string;
  readonly declined?: readonly [string, string];
};
function route({ kind, named, declined }: Route): Entry['data'] {
  const [by = '', to = ''] = declined ?? [];
  return {
    kind,
    facts: { kind, persona: named ?? null },
    declined: declined === undefined ? null : { by, to, rule: BY_KIND },
  };
}

const routed = (of: Route) => entry('task.routed', { data: route(of) });
const works = (persona: string) => entry('attempt.started', { persona });
const declines = (persona: string, to: string) =>
  entry('task.declined', { persona, rule: RULE, data: { to } });
const asks = (persona: string, to: string) =>
  entry('person.asked', { persona, rule: RULE, data: { declined: true, to, about: 'kind' } });
const answers = (of: Route) =>
  entry('person.answered', {
    actor: PERSON,
    data: { about: 'kind', value: of.kind, route: route(of) },
  });
const changes = (of: Route) => entry('task.changed', { actor: PERSON, data: route(of) });
const delivered = () => entry('draft.delivered');

const BLOG = { kind: 'draft.blog' };
const EDIT = { kind: 'edit.draft' };
const fates = (...entries: readonly Entry[]) =>
  declinesIn(entries).map(({ by, kind, to, fate }) => [by, kind, to, fate].join(' '));

describe('a decline in an answer', () => {
  test('is open until somebody chooses', () => {
    expect(fates(routed(BLOG), works('blog-drafter'), declines('blog-drafter', 'editor'))).toEqual([
      'blog-drafter draft.blog editor open',
    ]);
  });

  test('was right when the colleague’s piece was delivered, or a person names another kind', () => {
    const before = [routed(BLOG), works('blog-drafter')];
    const handed = [...before, declines('blog-drafter', 'editor'), works('editor'), delivered()];
    expect(fates(...handed)).toEqual(['blog-drafter draft.blog editor rightly']);
    const asked = [...before, asks('blog-drafter', 'unknown')];
    expect(fates(...asked, answers(EDIT))).toEqual(['blog-drafter draft.blog unknown rightly']);
  });

  test('was wrong when a person names the same kind, or it was delivered by whom declined it', () => {
    const before = [routed(BLOG), works('blog-drafter'), asks('blog-drafter', 'human')];
    expect(fates(...before, answers(BLOG))).toEqual(['blog-drafter draft.blog human wrongly']);
    expect(fates(...before, works('blog-drafter'), delivered())).toEqual([
      'blog-drafter draft.blog human wrongly',
    ]);
  });

  test('is judged by what was said last', () => {
    const before = [routed(BLOG), works('blog-drafter'), asks('blog-drafter', 'human')];
    expect(fates(...before, answers(EDIT), changes(BLOG), works('editor'), delivered())).toEqual([
      'blog-drafter draft.blog human rightly',
    ]);
  });

  test('is not judged by another lane for the same kind', () => {
    const before = [routed(BLOG), works('blog-drafter'), declines('blog-drafter', 'editor')];
    expect(fates(...before, changes(BLOG))).toEqual(['blog-drafter draft.blog editor open']);
  });
});

describe('a decline by kind, before any model', () => {
  const named = { ...BLOG, named: 'editor', declined: ['editor', 'blog-drafter'] } as const;

  test('counts once, however often the piece is decided again', () => {
    expect(fates(routed(named), changes(named))).toEqual(['editor draft.blog blog-drafter open']);
  });
  test('was right when the colleague delivers', () => {
    expect(fates(routed(named), works('blog-drafter'), delivered())).toEqual([
      'editor draft.blog blog-drafter rightly',
    ]);
  });
  test('was wrong when a person names the same specialist and it takes the piece', () => {
    expect(fates(routed(named), changes({ ...BLOG, named: 'editor' }))).toEqual([
      'editor draft.blog blog-drafter wrongly',
    ]);
  });
});

const persona = fc.constantFrom('editor', 'blog-drafter', 'human');
const kind = fc.constantFrom(BLOG, EDIT);
const step: fc.Arbitrary<(task: string) => Entry> = fc
  .oneof(
    kind.map((of) => () => routed(of)),
    persona.map((p) => () => works(p)),
    fc.tuple(persona, persona).map(
      ([by, to]) =>
        () =>
          declines(by, to),
    ),
    fc.tuple(persona, persona).map(
      ([by, to]) =>
        () =>
          asks(by, to),
    ),
    kind.map((of) => () => answers(of)),
    kind.map((of) => () => changes({ ...of, named: 'editor' })),
    fc.constant(delivered),
    fc.constant(() => entry('draft.read', { actor: PERSON })),
  )
  .map((make) => (task) => ({ ...make(), task }));
const steps = fc.array(fc.tuple(step, fc.constantFrom('task-1', 'task-2')), { maxLength: 30 });

describe('whatever happens to tasks', () => {
  test('only what was declined is a decline, each once, and the counts add up', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const entries = all.map(([make, task]) => make(task));
        const found = declinesIn(entries);
        const ids = entries
          .filter((e) => e.type === 'task.declined' || e.type === 'person.asked')
          .map((e) => e.id);
        for (const { entry: id } of found) expect(ids).toContain(id);
        expect(new Set(found.map((d) => d.entry)).size).toBe(found.length);
        const counted = countDeclines(found).map((c) => c.rightly + c.wrongly + c.open);
        expect(counted.reduce((sum, n) => sum + n, 0)).toBe(found.length);
      }),
    );
  });

  test('no machine judges a decline: without a person’s word or a delivery all stay open', () => {
    const machine = steps.map((all) =>
      all
        .map(([make, task]) => make(task))
        .filter((e) => e.actor.kind !== 'person' && e.type !== 'draft.delivered'),
    );
    fc.assert(
      fc.property(machine, (entries) => {
        expect(declinesIn(entries).every(({ fate }) => fate === 'open')).toBe(true);
      }),
    );
  });

  test('one task says nothing about another', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const entries = all.map(([make, task]) => make(task));
        const alone = ['task-1', 'task-2'].flatMap((task) =>
          declinesIn(entries.filter((e) => e.task === task)),
        );
        const byId = (a: { entry: string }, b: { entry: string }) => a.entry.localeCompare(b.entry);
        expect([...alone].sort(byId)).toEqual([...declinesIn(entries)].sort(byId));
      }),
    );
  });
});

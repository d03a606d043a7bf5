import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  acceptOrDecline,
  handOff,
  standAlonePrompt,
  systemPrompt,
} from '../../src/core/persona.ts';
import type { WorkKind } from '../../src/core/kind.ts';
import type { Persona } from '../../src/core/persona.ts';
import { library, rules } from '../helpers/decide.ts';

const { byId, preamble } = library.personas;
const known = (id: string): boolean => byId.has(id);
const persona = (id: string): Persona => {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no persona ${id}`);
  return found;
};

const kinds: readonly WorkKind[] = [...rules.kinds.values()].filter((kind) => kind.sort === 'work');

/** Who does a kind of work: its persona, and the second one where its facts say so. */
const doersOf = ({ persona: first, second }: WorkKind): readonly string[] =>
  second === undefined ? [first] : [first, second.persona];

describe('a persona takes its own work and hands on the rest', () => {
  test('every kind of work is taken by those it names, and by nobody else', () => {
    for (const kind of kinds) {
      const takers = [...byId.values()].filter(
        (p) => acceptOrDecline(p, kind.id, kind.persona).is === 'accepts',
      );
      expect([kind.id, takers.map((p) => p.id).sort()]).toEqual([
        kind.id,
        [...doersOf(kind)].sort(),
      ]);
    }
  });

  test('foreign work goes straight to whom it belongs', () => {
    for (const kind of kinds)
      for (const p of byId.values()) {
        const found = acceptOrDecline(p, kind.id, kind.persona);
        if (found.is === 'declines') expect(doersOf(kind)).toContain(found.to);
      }
  });

  test('work that no line names goes to the persona of its kind, and from that one to a person', () => {
    const editor = { ...persona('editor'), accepts: ['edit.draft'], declines: [] };
    const other = 'fix.bug';
    expect(acceptOrDecline(editor, other, 'debugger')).toMatchObject({ to: 'debugger' });
    expect(acceptOrDecline(editor, other, 'editor')).toMatchObject({ to: 'human' });
  });
});

describe('hand-offs', () => {
  const most = { most: 2, known };
  test.each([
    ['a first', 'editor', ['proofreader'], { is: 'hand_on', to: 'editor' }],
    ['a second', 'formatter', ['proofreader', 'editor'], { is: 'hand_on', to: 'formatter' }],
    [
      'a third',
      'blog-drafter',
      ['proofreader', 'editor', 'formatter'],
      { is: 'ask', why: 'limit' },
    ],
    ['back', 'proofreader', ['proofreader', 'editor'], { is: 'ask', why: 'back' }],
    ['to itself', 'editor', ['editor'], { is: 'ask', why: 'back' }],
    ['to nobody the practice has', 'wizard', ['editor'], { is: 'ask', why: 'unknown' }],
    ['to a person', 'human', ['editor'], { is: 'ask', why: 'human' }],
    ['to nobody named', null, ['editor'], { is: 'ask', why: 'human' }],
  ])('%s', (_name, to, had, outcome) => {
    expect(handOff(to, had, most)).toEqual(outcome);
  });

  test('whoever declines to whom, work stops after two hand-offs and never comes back', () => {
    const answers = fc.infiniteStream(fc.constantFrom(...byId.keys(), 'human', 'nobody', null));
    fc.assert(
      fc.property(answers, (stream) => {
        const had = ['editor'];
        for (const to of stream) {
          const next = handOff(to, had, most);
          if (next.is === 'ask') break;
          had.push(next.to);
        }
        expect(had.length).toBeLessThanOrEqual(3);
        expect(new Set(had).size).toBe(had.length);
      }),
    );
  });
});

describe('the words a persona works under', () => {
  test('hold the brief, the declines and the shared preamble once, with nothing left to fill in', () => {
    for (const kind of rules.kinds.values()) {
      if (kind.sort !== 'work') continue;
      const p = persona(kind.persona);
      const prompt = systemPrompt(p, kind, { preamble });
      expect(prompt).not.toContain('{{');
      expect(prompt.split(p.brief)).toHaveLength(2);
      expect(prompt.split('# What we hold to')).toHaveLength(2);
      for (const { what, to } of p.declines) expect(prompt).toContain(`- ${what}: ${to}`);
    }
  });
  test('hold a checklist for those alone who have one, and speak of parts only where there are any', () => {
    const work = kinds;
    for (const kind of work) {
      const p = persona(kind.persona);
      const prompt = systemPrompt(p, kind, { preamble });
      expect(prompt.includes('# Your checklist')).toBe(p.checklist.length > 0);
      expect(prompt.includes('- `checks`')).toBe(p.checklist.length > 0);
      for (const { id, asks } of p.checklist) expect(prompt).toContain(`- ${id}: ${asks}`);
      expect(prompt).not.toContain('# In parts');
      expect(systemPrompt(p, kind, { preamble, inParts: true })).toContain('# In parts');
    }
  });
  test('a brief cannot open a part of the preamble', () => {
    const kind = rules.kinds.get('edit.draft');
    if (kind?.sort !== 'work') throw new Error('no kind');
    const sly = { ...persona('blog-drafter'), brief: '{{#parts}}\nsly\n{{/parts}}\n' };
    expect(systemPrompt(sly, kind, { preamble: '{{brief}}' })).toBe(sly.brief);
  });
  test('a brief cannot fill in names of its own', () => {
    const kind = [...rules.kinds.values()].find((k) => k.sort === 'work');
    if (kind?.sort !== 'work') throw new Error('no kind');
    const sly = { ...persona('editor'), brief: '{{scope}} and $& {{nothing}}' };
    expect(systemPrompt(sly, kind, { preamble: 'Brief: {{brief}}' })).toBe(
      'Brief: {{scope}} and $& {{nothing}}',
    );
  });
});

describe('the words a persona works under alone', () => {
  const template =
    '# Craft\n\n{{brief}}\n\n# Checklist\n\n{{checklist}}\n\n# End\n\nSay {{more}}.\n';

  test('of a reviewer hold the checklist', () => {
    const said = standAlonePrompt(persona('editor'), template, { more: 'so' });
    for (const { asks } of persona('editor').checklist) expect(said).toContain(asks);
    expect(said).toContain('Say so.');
  });

  test('of anybody else have no section for one', () => {
    const blog = persona('blog-drafter');
    expect(standAlonePrompt(blog, template, { more: 'so' })).toBe(
      `# Craft\n\n${blog.brief}\n\n# End\n\nSay so.\n`,
    );
  });
});

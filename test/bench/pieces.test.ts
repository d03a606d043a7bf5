import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { POINT_WORDS } from '../../src/core/split/point-words.ts';
import { POINTS } from '../../src/core/split/points.ts';
import { split } from '../../src/core/split/split.ts';
import { built } from '../helpers/built.ts';
import { rules } from '../helpers/decide.ts';

type Labelled = {
  readonly text: string;
  readonly files?: readonly string[];
  readonly pieces: readonly { readonly words: string; readonly persona?: string }[];
};
type Seen = {
  readonly seen: readonly string[];
  readonly begins: boolean;
  readonly weight?: number;
};
type Labels = Readonly<Record<'requests' | 'plain', readonly unknown[]>>;
type Harness = {
  readonly UNIT: number;
  readonly requestsIn: (name: string, rules: unknown) => Promise<readonly unknown[]>;
  readonly bordersFor: (labelled: Labels) => readonly Seen[];
  readonly fit: (borders: readonly Seen[]) => ReadonlyMap<string, number>;
  readonly bordersOf: (request: Labelled, rules: unknown) => readonly Seen[];
};

const read = (name: string): readonly Labelled[] =>
  readFileSync(`fixtures/pieces/${name}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled);

let harness: Harness;
beforeAll(async () => {
  await built();
  const parts: Partial<Harness>[] = [];
  // One after the other: they share modules, which Jest does not link for two imports at once.
  for (const name of ['fit', 'borders', 'read', 'evaluate']) {
    const file: string = `../../bench/pieces/${name}.mjs`;
    parts.push((await import(file)) as Partial<Harness>);
  }
  harness = Object.assign({}, ...parts) as Harness;
}, 120_000);

describe('requests that points are fitted to', () => {
  test('are each there once, and their pieces stand in them, in order', () => {
    const all = [...read('requests'), ...read('plain')];
    expect(all.length).toBeGreaterThan(2000);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
    const astray = all.filter(({ text, pieces }) => {
      let from = 0;
      return !pieces.every(({ words }) => {
        const at = text.indexOf(words, from);
        from = at + words.length;
        return at !== -1;
      });
    });
    expect(astray.map(({ text }) => text)).toEqual([]);
  });

  test.each(read('plain').map(({ text, pieces }) => [text, pieces.length] as const))(
    'what is plain comes out right: %j',
    (text, count) => {
      const found = split(text, [], rules);
      expect(found.unsure).toBeUndefined();
      expect(found.pieces).toHaveLength(count);
    },
  );

  test('most come out as their writers cut them', () => {
    const right = (some: readonly Labelled[]): number => {
      const cut = some.filter(({ text, files = [], pieces }) => {
        const found = split(text, files, rules);
        return found.unsure === undefined && found.pieces.length === pieces.length;
      });
      return cut.length / some.length;
    };
    const all = read('requests');
    expect(right(all.filter(({ pieces }) => pieces.length === 1))).toBeGreaterThan(0.9);
    expect(right(all.filter(({ pieces }) => pieces.length > 1))).toBeGreaterThan(0.65);
  });
});

/** The points of a word table of the program, by the names the fit gives them. */
const tableOf = (prefix: string, written: string): readonly (readonly [string, number])[] =>
  written.split(',').map((entry) => {
    const at = entry.lastIndexOf(' ');
    return [`${prefix}:${entry.slice(0, at).trim()}`, Number(entry.slice(at))];
  });

/** Another version of Node may round otherwise, and a new example moves a point or two. */
const MOST_APART = 4;

test('the points of the program are those of the fit to these requests', async () => {
  const { requestsIn, bordersFor, fit, UNIT } = harness;
  const [requests, plain] = [await requestsIn('requests', rules), await requestsIn('plain', rules)];
  const weights = fit(bordersFor({ requests, plain }));
  const shipped = [
    ...Object.entries(POINTS),
    ...Object.entries(POINT_WORDS).flatMap(([place, words]) => tableOf(place, words)),
  ];
  const apart = shipped.flatMap(([name, points]) => {
    const fitted = Math.round((weights.get(name) ?? 0) * UNIT);
    return Math.abs(fitted - points) > MOST_APART ? [`${name}: ${points}, fitted ${fitted}`] : [];
  });
  // Where this is red: npm run eval:pieces -- --write
  expect(apart).toEqual([]);
}, 120_000);

describe('the fit', () => {
  test('learns what parts from what goes on, and the same borders give the same weights', () => {
    const borders = Array.from({ length: 40 }, (_, i) => ({
      seen: ['always', i % 2 === 0 ? 'joint semicolon' : 'joint and', 'opening:rare'],
      begins: i % 2 === 0,
      weight: 1,
    }));
    const weights = harness.fit(borders);
    expect(weights.get('joint semicolon')).toBeGreaterThan(weights.get('joint and') ?? 0);
    expect([...harness.fit(borders)]).toEqual([...weights]);
    const few = harness.fit(borders.slice(0, 4));
    expect(few.has('opening:rare')).toBe(false);
  });

  test('borders carry what their writer said, judged by what stands before as it was cut', () => {
    const text = 'harden the plugin, translate the menu into French';
    const pieces = [{ words: 'harden the plugin' }, { words: 'translate the menu into French' }];
    expect(harness.bordersOf({ text, pieces }, rules).map(({ begins }) => begins)).toEqual([true]);
    const one = harness.bordersOf({ text, pieces: [{ words: text }] }, rules);
    expect(one.map(({ begins }) => begins)).toEqual([false]);
    expect(() => harness.bordersOf({ text, pieces: [{ words: 'nowhere' }] }, rules)).toThrow(
      'Expected the words of a piece',
    );
  });
});

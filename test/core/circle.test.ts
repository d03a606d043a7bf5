import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { circles } from '../../src/core/circle.ts';

const of = (edges: Readonly<Record<string, readonly string[]>>) =>
  circles(new Map(Object.entries(edges)));

test('two neighbours that name one another are one way round', () => {
  expect(of({ editor: ['proofreader'], proofreader: ['editor', 'formatter'] })).toEqual([
    ['editor', 'proofreader'],
  ]);
});

test('the shortest way is told, once, from its first id on', () => {
  expect(of({ c: ['a'], a: ['b'], b: ['c', 'd'], d: ['c'] })).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'd', 'c'],
  ]);
});

test('a way that ends is no circle', () => {
  expect(of({ a: ['b'], b: ['c', 'nobody'] })).toEqual([]);
  expect(of({ a: ['a'] })).toEqual([['a']]);
});

test('what is told is a way round, whoever hands on to whom', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const some = fc.uniqueArray(fc.constantFrom(...ids));
  fc.assert(
    fc.property(fc.record(Object.fromEntries(ids.map((id) => [id, some]))), (edges) => {
      for (const way of of(edges))
        way.forEach((id, at) => expect(edges[id]).toContain(way[(at + 1) % way.length]));
    }),
  );
});

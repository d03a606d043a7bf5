import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ExampleId } from '../../src/core/id.ts';
import { MOST_EXAMPLES } from '../../src/flow/ports/rows-examples.ts';
import { exampleReads } from '../../src/store/read-examples.ts';
import { keepExample } from './examples-scene.ts';
import * as s from './scene.ts';
import type { Scene, Work } from './scene.ts';

let scene: Scene;
let work: Work;
const own: ExampleId[] = [];
const everyone: ExampleId[] = [];
beforeAll(async () => {
  scene = await s.makeScene();
  work = await s.waitingTask(scene);
  await scene.writer.begin(async (tx) => {
    for (let n = 0; n < MOST_EXAMPLES + 3; n += 1)
      own.push((await keepExample(tx, { scene, work })) as ExampleId);
    for (let n = 0; n < 2; n += 1)
      everyone.push((await keepExample(tx, { scene, work }, { everyone: true })) as ExampleId);
  });
  // All of one moment: then their ids, which grow, say which came first.
  own.sort();
  everyone.sort();
}, 60_000);
afterAll(() => scene.close());

const reads = () => exampleReads(scene.writer);
const idsOf = (rows: readonly { readonly id: ExampleId }[]) => rows.map(({ id }) => id);

test('a client is read with everyone’s and after them the newest of its own, oldest first', async () => {
  expect(idsOf(await reads().examplesFor(scene.client))).toEqual([...everyone, ...own.slice(3)]);
  const nobody = '00000000-0000-7000-8000-000000000000' as typeof scene.client;
  expect(idsOf(await reads().examplesFor(nobody))).toEqual(everyone);
});

test('what is too many is spent, and so is what went out of use; what is erased is neither', async () => {
  const spent = await reads().examplesSpent(10);
  expect(spent.map(({ id, out, source, ordinal }) => ({ id, out, source, ordinal }))).toEqual(
    own.slice(0, 3).map((id) => ({ id, out: 'too_many', source: scene.client, ordinal: 1 })),
  );
  await scene.writer.begin(async (tx) => {
    const last = await s.line(tx, { type: 'example.removed' });
    await tx`update example set out = 'replaced', last_entry = ${last} where id = ${everyone[0] ?? ''}`;
  });
  expect(await reads().examplesSpent(10)).toHaveLength(4);
  await scene.admin`update body set sealed = null, wrapped_key = null, erased_at = now()
    where id = (select body_id from example where id = ${everyone[0] ?? ''})`;
  expect(await reads().examplesSpent(10)).toHaveLength(3);
  expect(await reads().examplesSpent(2)).toHaveLength(2);
  expect(idsOf(await reads().examplesFor(scene.client))[0]).toBe(everyone[1]);
});

test('those of a request, and those whose words come from a client, whoever is read with them', async () => {
  const all = await reads().examplesOf(scene.request);
  expect(all).toHaveLength(own.length + 1);
  expect(await reads().examplesFrom(scene.client)).toHaveLength(own.length + 1);
  expect(await reads().examplesFrom(null)).toHaveLength(own.length + 1);
  expect(new Set(all.map(({ source }) => source))).toEqual(new Set([scene.client]));
});

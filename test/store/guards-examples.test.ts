import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryDraft } from '../../src/core/entry.ts';
import { keepExample } from './examples-scene.ts';
import type { Made } from './examples-scene.ts';
import * as s from './scene.ts';
import type { Scene, Tx, Work } from './scene.ts';

let scene: Scene;
let work: Work;
beforeAll(async () => {
  scene = await s.makeScene();
  work = await s.waitingTask(scene);
});
afterAll(() => scene.close());

const as = (act: (tx: Tx) => Promise<unknown>): Promise<unknown> => scene.writer.begin(act);

const kept = async (made: Made = {}): Promise<string> => {
  let id = '';
  await as(async (tx) => (id = await keepExample(tx, { scene, work }, made)));
  return id;
};

describe('an example', () => {
  test('is kept by its entry, and given to everyone by an approver', async () => {
    await expect(kept()).resolves.toMatch(/-/);
    await expect(kept({ everyone: true })).resolves.toMatch(/-/);
  });

  const REFUSED: readonly [string, () => Made, string][] = [
    [
      'by an entry of another type',
      () => ({ says: { type: 'example.shared' } }),
      'needs a new entry',
    ],
    [
      'by an entry of another person',
      () => ({ row: { person_id: scene.colleague } }),
      'needs a new entry',
    ],
    [
      'by an entry of a rule',
      () => ({ says: { actor: { kind: 'system', id: 'x' } } }),
      'needs a new entry',
    ],
    [
      'by an entry about no client',
      () => ({ says: { client: undefined as never } }),
      'needs a new entry',
    ],
    ['out of use from the beginning', () => ({ row: { out: 'asked' } }), 'needs a new entry'],
    ['at another time', () => ({ row: { made_at: s.NOW - 1 } }), 'needs a new entry'],
    [
      'with words that lie with nothing',
      () => ({ body: { request_id: null } }),
      'must lie with the work',
    ],
    ['with words of another sort', () => ({ body: { kind: 'piece' } }), 'must lie with the work'],
    [
      'for everyone by a colleague',
      () => ({ everyone: true, person: scene.colleague }),
      'may not give words',
    ],
    [
      'for everyone by a guest',
      () => ({ everyone: true, person: scene.guest }),
      'may not give words',
    ],
  ];
  test.each(REFUSED)('is not kept %s', async (_how, made, says) => {
    await expect(kept(made())).rejects.toThrow(says);
  });

  test('is not kept with an entry of an earlier transaction', async () => {
    let old = '';
    await as(
      async (tx) => (old = await s.line(tx, { type: 'example.kept', client: scene.client })),
    );
    await expect(kept({ row: { last_entry: old } })).rejects.toThrow('needs a new entry');
  });

  test('goes out of use once, with an entry that says why, and changes in nothing else', async () => {
    const id = await kept();
    const out = (why: string, type: EntryDraft['type']) =>
      as(async (tx) => {
        const last = await s.line(tx, { type });
        await tx`update example set out = ${why}, last_entry = ${last} where id = ${id}`;
      });
    await expect(scene.writer`update example set out = 'asked' where id = ${id}`).rejects.toThrow(
      'needs a new entry',
    );
    await expect(out('asked', 'client.set')).rejects.toThrow('needs a new entry');
    await expect(out('replaced', 'client.set')).rejects.toThrow('needs a new entry');
    await expect(out('because', 'example.removed')).rejects.toThrow('example_out');
    await expect(scene.admin`update example set kind = 'x' where id = ${id}`).rejects.toThrow(
      'stays what it is',
    );
    await out('replaced', 'example.kept');
    await expect(out('asked', 'example.removed')).rejects.toThrow('stays what it is');
    await expect(scene.admin`update example set out = null where id = ${id}`).rejects.toThrow(
      'stays what it is',
    );
    await expect(scene.admin`delete from example where id = ${id}`).rejects.toThrow(
      'stays what it is',
    );
    await expect(scene.writer`update example set kind = 'x'`).rejects.toThrow('permission denied');
    await expect(scene.writer`delete from example`).rejects.toThrow('permission denied');
  });

  test('teaches nothing from the moment its request is confidential, and none is kept of it then', async () => {
    const id = await kept();
    await as(async (tx) => {
      const last = await s.line(tx, {
        type: 'task.changed',
        task: work.task,
        from: 'waiting',
        to: 'waiting',
      });
      const facts = tx.json({ sensitivity: 'confidential' });
      await tx`update task set facts = ${facts}, version = version + 1, last_entry = ${last} where id = ${work.task}`;
    });
    const [row] = await scene.admin`select out from example where id = ${id}`;
    expect(row).toEqual({ out: 'confidential' });
    await expect(kept()).rejects.toThrow('comes from confidential work');
    await expect(kept({ everyone: true })).rejects.toThrow('comes from confidential work');
  });
});

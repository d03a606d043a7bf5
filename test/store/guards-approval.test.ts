import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { moment } from '../../src/core/moment.ts';
import * as s from './scene.ts';
import type { Scene, Tx } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await s.makeScene();
});
afterAll(() => scene.close());

/** Runs this in one transaction of the program's own role. */
const as = (act: (tx: Tx) => Promise<unknown>): Promise<unknown> => scene.writer.begin(act);
const later = (ms: number) => moment(s.NOW + ms);

describe('an approval', () => {
  const cannot = async (message: string, how: Partial<s.Deciding>) => {
    const work = await s.waitingTask(scene);
    await expect(
      as((tx) => s.decide(tx, work, { person: scene.approver, ...how })),
    ).rejects.toThrow(message.replace('TASK', work.task));
    expect(await scene.writer`select 1 from decision where task_id = ${work.task}`).toHaveLength(0);
  };
  const NO_APPROVER = 'was no approver of the client of task TASK at that time';

  test('is not given by somebody without that right', async () =>
    cannot(NO_APPROVER, { person: scene.colleague }));
  test('is not given by a guest, whatever rights are noted', async () =>
    cannot(NO_APPROVER, { person: scene.guest }));
  test('is not given before the right began', async () => cannot(NO_APPROVER, { at: later(-1) }));
  test('is not given by a former approver, not even with a time at which they were one', async () => {
    await as(async (tx) => {
      await s.appoint(tx, scene, scene.colleague);
      const data = { person: scene.colleague, role: 'approver', in_force: false };
      const last = await s.line(tx, { type: 'role.set', client: scene.client, data }, later(1_000));
      await tx`update approver set until = ${later(1_000)}, last_entry = ${last} where person_id = ${scene.colleague}`;
    });
    await cannot(NO_APPROVER, { person: scene.colleague, at: later(2_000) });
    await cannot(NO_APPROVER, { person: scene.colleague, at: later(500) });
  });
  test('is not given for bytes that are no draft of the task', () =>
    cannot(`task TASK has no draft ${'beef'.repeat(16)}`, { sha256: 'beef'.repeat(16) }));
  test.each([
    ['names another person', { actor: { kind: 'person', id: randomUUID() } }],
    ['was written by the system', { actor: { kind: 'system', id: 'aios' } }],
    ['is of another type', { type: 'task.changed' }],
    ['names other bytes', { draft: 'beef'.repeat(16) }],
  ] as const)('is not given when its entry %s', (_, says) =>
    cannot('the approval of task TASK is not what its entry says', { says }),
  );

  test('is taken back once, with an entry, and never put back in force', async () => {
    const work = await s.waitingTask(scene);
    const decision = await s.approved(scene, work);
    const voided = (at: number | null) =>
      as(async (tx) => {
        const last = await s.line(tx, { task: work.task });
        await tx`update decision set voided_at = ${at}, last_entry = ${last} where id = ${decision}`;
      });
    await expect(
      scene.writer`update decision set voided_at = ${s.NOW} where id = ${decision}`,
    ).rejects.toThrow('a change of decision needs a new entry in the same transaction');
    await voided(s.NOW);
    const again = `decision ${decision} can be taken back once, before its delivery, and never put back in force`;
    await expect(voided(null)).rejects.toThrow(again);
    await expect(voided(s.NOW + 1)).rejects.toThrow(again);
    await expect(
      as((tx) => s.deliver(tx, work, { decision, person: scene.approver })),
    ).rejects.toThrow(`task ${work.task} cannot be delivered: its approval is not in force`);
  });
});

describe('the right to approve', () => {
  const SAYS = 'change at the time of an entry that says so';
  const ONCE = 'begin once and end once, after what was approved under them';

  test('does not begin before its entry', () =>
    expect(
      as(async (tx) => {
        const data = { person: scene.colleague };
        const last = await s.line(tx, { type: 'role.set', client: scene.client, data });
        await tx`insert into approver ${tx({ id: randomUUID(), client_id: scene.client, person_id: scene.colleague, since: later(-1), last_entry: last })}`;
      }),
    ).rejects.toThrow(SAYS));

  test('does not begin with an entry about somebody else', () =>
    expect(
      as(async (tx) => {
        const last = await s.line(tx, {
          type: 'role.set',
          client: scene.client,
          data: { person: scene.guest },
        });
        await tx`insert into approver ${tx({ id: randomUUID(), client_id: scene.client, person_id: scene.colleague, since: s.NOW, last_entry: last })}`;
      }),
    ).rejects.toThrow(SAYS));

  const end = (row: string, at: number | null, person = scene.approver) =>
    as(async (tx) => {
      const data = { person, role: 'approver', in_force: false };
      const last = await s.line(
        tx,
        { type: 'role.set', client: scene.client, data },
        moment(at ?? s.NOW),
      );
      await tx`update approver set until = ${at}, last_entry = ${last} where id = ${row}`;
    });

  test('does not end before what was approved under it, and ends once', async () => {
    await s.approved(scene, await s.waitingTask(scene));
    const [{ id }] = await scene.writer<
      [{ id: string }]
    >`select id from approver where person_id = ${scene.approver}`;
    await expect(end(id, s.NOW)).rejects.toThrow(ONCE);
    await expect(end(id, null)).rejects.toThrow(SAYS);

    let own = '';
    await as(async (tx) => (own = await s.appoint(tx, scene, scene.colleague, later(5_000))));
    await end(own, later(6_000), scene.colleague);
    await expect(end(own, later(7_000), scene.colleague)).rejects.toThrow(ONCE);
    await expect(end(own, null, scene.colleague)).rejects.toThrow(SAYS);
  });
});

describe('a delivery', () => {
  const cannot = async (message: string, how: Partial<s.Delivering>) => {
    const work = await s.waitingTask(scene);
    const decision = await s.approved(scene, work);
    const wrong = { decision, person: scene.approver, ...how };
    await expect(as((tx) => s.deliver(tx, work, wrong))).rejects.toThrow(
      message.replace('TASK', work.task),
    );
    expect(await scene.writer`select 1 from delivery where task_id = ${work.task}`).toHaveLength(0);
  };

  test('needs a decision', () =>
    cannot('task TASK cannot be delivered: its approval is not in force', {
      decision: randomUUID(),
    }));
  test('needs a decision about this task', async () => {
    const other = await s.waitingTask(scene);
    await cannot('delivery_of_an_approval', { decision: await s.approved(scene, other) });
  });
  test('needs a decision about these bytes', () =>
    cannot('delivery_of_an_approval', { sha256: 'beef'.repeat(16) }));
  test.each([
    ['reject', 'delivery_by_approval'],
    ['approve', 'delivery_of_an_approval'],
  ])('called %s does not make a rejection an approval', async (verb, why) => {
    const work = await s.waitingTask(scene);
    let rejected = '';
    await as(async (tx) => {
      const says = { type: 'draft.rejected', to: 'rejected' } as const;
      const made = await s.decide(tx, work, { person: scene.approver, verb: 'reject', says });
      rejected = made.decision;
    });
    const how = { decision: rejected, person: scene.approver, verb };
    await expect(as((tx) => s.deliver(tx, work, how))).rejects.toThrow(why);
  });
  test('names who approved', () => cannot('delivery_of_an_approval', { person: scene.guest }));
  test.each([
    ['of other bytes', { draft: 'beef'.repeat(16) }],
    ['of another task', { task: randomUUID() as never }],
    ['by another name', { type: 'estimate.recorded' }],
  ] as const)('needs a disclosure, not one %s', (_, disclosed) =>
    cannot('task TASK cannot be delivered: no disclosure of these bytes', { disclosed }),
  );
  test('needs an entry that says so', () =>
    cannot('the delivery of task TASK is not what its entry says', {
      says: { type: 'task.changed' },
    }));

  test('with everything right passes, once, and is the end', async () => {
    const work = await s.waitingTask(scene);
    const decision = await s.approved(scene, work);
    const right = { decision, person: scene.approver };
    await as(async (tx) => {
      const entry = await s.deliver(tx, work, right);
      await s.move(tx, work.task, { from: 'approved', to: 'delivered', entry });
    });
    await expect(as((tx) => s.deliver(tx, work, right))).rejects.toThrow('delivery_pkey');
    await expect(
      as((tx) => s.move(tx, work.task, { from: 'delivered', to: 'queued' })),
    ).rejects.toThrow(`task ${work.task} is delivered for good`);
    await expect(
      as(async (tx) => {
        const last = await s.line(tx, { task: work.task });
        await tx`update decision set voided_at = ${s.NOW}, last_entry = ${last} where id = ${decision}`;
      }),
    ).rejects.toThrow('can be taken back once, before its delivery');
  });
});

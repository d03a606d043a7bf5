import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryId } from '../../src/core/id.ts';
import { nanoUsd } from '../../src/core/money.ts';
import * as s from './scene.ts';
import type { Scene, Tx } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await s.makeScene();
});
afterAll(() => scene.close());

/** Runs this in one transaction of the program's own role. */
const as = (act: (tx: Tx) => Promise<unknown>): Promise<unknown> => scene.writer.begin(act);

describe('what is written stays as it is', () => {
  const kept = ['entry', 'delivery', 'lore', 'ledger_pending', 'draft', 'review', 'body', 'inbox'];
  test.each(kept)('%s cannot be updated, deleted from or emptied by the program', async (table) => {
    const column = { lore: 'kind', ledger_pending: 'id', body: 'kind', inbox: 'event_id' }[table];
    const denied = `permission denied for table ${table}`;
    const name = column ?? 'last_entry';
    const set = table === 'entry' ? 'type = type' : `${name} = ${name}`;
    await expect(scene.writer.unsafe(`update ${table} set ${set}`)).rejects.toThrow(denied);
    await expect(scene.writer.unsafe(`delete from ${table}`)).rejects.toThrow(denied);
    await expect(scene.writer.unsafe(`truncate ${table} cascade`)).rejects.toThrow(denied);
  });

  test.each(['entry', 'delivery', 'lore'])('%s refuses even its owner', async (table) => {
    const refused = (verb: string) =>
      `${table} is append only: ${verb} refused. Write a new entry that corrects the old one.`;
    const column = table === 'lore' ? 'kind' : table === 'entry' ? 'type' : 'ts';
    await expect(scene.admin.unsafe(`update ${table} set ${column} = 'x'`)).rejects.toThrow(
      refused('UPDATE'),
    );
    await expect(scene.admin.unsafe(`delete from ${table}`)).rejects.toThrow(refused('DELETE'));
    await expect(scene.admin.unsafe(`truncate ${table} cascade`)).rejects.toThrow(
      /is append only: TRUNCATE refused/,
    );
  });

  test.each([
    ['alter table entry disable trigger all', 'must be owner of table entry'],
    ['alter table task disable trigger task_with_entry', 'must be owner of table task'],
    ['alter table entry add column x int', 'must be owner of table entry'],
    ['drop table entry', 'must be owner of table entry'],
    ['drop trigger entry_append_only on entry', 'must be owner of relation entry'],
    ['drop function written_with_entry cascade', 'must be owner of function written_with_entry'],
    [
      'create or replace function approver_at(of_task uuid, who uuid, moment timestamptz) returns boolean language sql as $$ select true $$',
      'permission denied for schema public',
    ],
    ['create table public.mine (id int)', 'permission denied for schema public'],
    [
      'set session_replication_role = replica',
      'permission denied to set parameter "session_replication_role"',
    ],
    ['set role postgres', 'permission denied to set role "postgres"'],
  ])('%s', async (statement, message) => {
    await expect(scene.writer.unsafe(statement)).rejects.toThrow(message);
  });

  test('an entry cannot choose its place in the record', async () => {
    const values = `1, gen_random_uuid(), 'x', now(), 'system', 'x', ''`;
    await expect(
      scene.writer.unsafe(
        `insert into entry (id, entry_id, type, at, actor_kind, actor_id, body) overriding system value values (${values})`,
      ),
    ).rejects.toThrow('permission denied for table entry');
  });

  test('a text is kept under its own hash only', async () => {
    await expect(
      scene.writer`insert into lore ${scene.writer({ sha256: 'ab', kind: 'rule', text: 'words' })}`,
    ).rejects.toThrow('lore_by_its_hash');
  });

  test('an open job cannot be deleted from the outbox, a done one can', async () => {
    const job = { job_id: 'work_1', queue: 'aios', name: 'work', subject: 'x', due_at: s.NOW };
    await scene.writer`insert into outbox ${scene.writer(job)}`;
    await expect(scene.writer`delete from outbox`).rejects.toThrow(
      'job work_1 is not done: it stays in the outbox',
    );
    await scene.writer`update outbox set done_at = now()`;
    expect((await scene.writer`delete from outbox`).count).toBe(1);
  });

  test.each([
    ['person', 'slack_user'],
    ['person', 'id'],
    ['client', 'id'],
    ['approver', 'since'],
    ['approver', 'person_id'],
    ['decision', 'draft_sha256'],
    ['decision', 'person_id'],
    ['card', 'draft_id'],
    ['card', 'id'],
    ['task', 'request_id'],
    ['attempt', 'started_at'],
    ['outbox', 'subject'],
  ])('%s.%s is written once', async (table, column) => {
    await expect(scene.writer.unsafe(`update ${table} set ${column} = ${column}`)).rejects.toThrow(
      `permission denied for table ${table}`,
    );
  });

  test('every entry waits for the sequencer, and nothing else can be put there', async () => {
    let written: EntryId | undefined;
    await as(async (tx) => (written = await s.line(tx, {})));
    const [row] = await scene.writer`
      select p.id from ledger_pending p join entry e on e.id = p.id where e.entry_id = ${written ?? ''}`;
    expect(row).toBeDefined();
    await expect(
      as(async (tx) => {
        await tx`create temp table mine (id bigint) on commit drop`;
        await tx`create trigger mine after insert on mine referencing new table as fresh
          for each statement execute function ledger_await()`;
      }),
    ).rejects.toThrow('permission denied for function ledger_await');
  });
});

describe('one act, one record', () => {
  test('a row cannot be changed without a new entry', async () => {
    const change = scene.writer`update person set name = 'Mallory' where id = ${scene.colleague}`;
    await expect(change).rejects.toThrow(
      'a change of person needs a new entry in the same transaction',
    );
  });

  test('a row cannot be added with an entry of an earlier transaction', async () => {
    const [{ lastEntry }] = await scene.writer<
      [{ lastEntry: string }]
    >`select last_entry from person limit 1`;
    await expect(
      scene.writer`insert into client ${scene.writer({ id: randomUUID(), slug: 'b', name: 'B', cloud: 'unset', last_entry: lastEntry })}`,
    ).rejects.toThrow('a change of client needs a new entry in the same transaction');
  });

  test('a row with its entry passes', async () => {
    await as(async (tx) => {
      const last = await s.line(tx, {});
      await tx`update person set name = 'Colleague', last_entry = ${last} where id = ${scene.colleague}`;
    });
  });

  test('a temporary table in place of the entries deceives nobody', async () => {
    const work = await s.waitingTask(scene);
    const [{ lastEntry }] = await scene.writer<
      [{ lastEntry: string }]
    >`select last_entry from task where id = ${work.task}`;
    await expect(
      as(async (tx) => {
        await tx`create temp table entry (entry_id uuid, task_id uuid, from_state text, to_state text, type text) on commit drop`;
        await tx`insert into pg_temp.entry values (${lastEntry}, ${work.task}, 'waiting', 'queued', 'x')`;
        await tx`update task set state = 'queued', version = version + 1 where id = ${work.task}`;
      }),
    ).rejects.toThrow(`task ${work.task} cannot be queued: no new entry says so`);
  });

  test('there is one practice', async () => {
    const found = () =>
      as(async (tx) => {
        const last = await s.line(tx, {});
        await tx`insert into practice ${tx({ id: randomUUID(), origin: 'o', rehearsal: true, policy_sha256: '', last_entry: last })}`;
      });
    await found();
    await expect(found()).rejects.toThrow('practice_only_one');
  });
});

describe('a task', () => {
  const cannot = async (message: string, act: (tx: Tx, work: s.Work) => Promise<unknown>) => {
    const work = await s.waitingTask(scene);
    await expect(as((tx) => act(tx, work))).rejects.toThrow(message.replace('TASK', work.task));
    const [task] = await scene.writer`select state, version from task where id = ${work.task}`;
    expect(task).toEqual({ state: 'waiting', version: 6 });
  };

  test('does not move without an entry', () =>
    cannot(
      'task TASK cannot be queued: no new entry says so',
      (tx, { task }) =>
        tx`update task set state = 'queued', version = version + 1 where id = ${task}`,
    ));
  test('does not move with the entry of another task', () =>
    cannot('task TASK cannot be queued: no new entry says so', async (tx, { task }) => {
      const other = await s.waitingTask(scene);
      const entry = await s.line(tx, { task: other.task, from: 'waiting', to: 'queued' });
      await s.move(tx, task, { from: 'waiting', to: 'queued', entry });
    }));
  test('does not move elsewhere than the entry says', () =>
    cannot('task TASK cannot be queued: no new entry says so', async (tx, { task }) => {
      const entry = await s.line(tx, { task, from: 'waiting', to: 'cancelled' });
      await s.move(tx, task, { from: 'waiting', to: 'queued', entry });
    }));
  test('does not move from elsewhere than the entry says', () =>
    cannot(
      'task TASK cannot go from waiting, version 6, to queued, version 7: its entry says from asking',
      (tx, { task }) => s.move(tx, task, { from: 'asking', to: 'queued' }),
    ));
  test('does not move with the entry of its last move', async () => {
    const work = await s.waitingTask(scene);
    const [{ lastEntry }] = await scene.writer<
      [{ lastEntry: EntryId }]
    >`select last_entry from task where id = ${work.task}`;
    await expect(
      as((tx) => s.move(tx, work.task, { from: 'waiting', to: 'waiting', entry: lastEntry })),
    ).rejects.toThrow('no new entry says so');
  });
  test('does not move twice with one entry', () =>
    cannot('its entry says from waiting', async (tx, { task }) => {
      const entry = await s.line(tx, { task, from: 'waiting', to: 'waiting' });
      await s.move(tx, task, { from: 'waiting', to: 'waiting', entry });
      await s.move(tx, task, { from: 'waiting', to: 'waiting', entry });
    }));
  test('counts its versions one by one', () =>
    cannot('task TASK cannot go from waiting, version 6, to queued, version 8', (tx, { task }) =>
      s.move(tx, task, { from: 'waiting', to: 'queued', by: 2 }),
    ));
  test('does not change its client', () =>
    cannot('task TASK stays with its client', async (tx, { task }) => {
      const entry = await s.line(tx, { task, from: 'waiting', to: 'waiting' });
      await tx`update task set client_id = null, version = version + 1, last_entry = ${entry} where id = ${task}`;
    }));
  test('is not approved without a decision', () =>
    cannot('task TASK cannot be approved: nobody approved its current draft', (tx, { task }) =>
      s.move(tx, task, { from: 'waiting', to: 'approved' }),
    ));
  test('is not approved by the approval of another draft', () =>
    cannot('task TASK cannot be approved: nobody approved its current draft', async (tx, work) => {
      const newer = {
        id: randomUUID(),
        task_id: work.task,
        version: 2,
        sha256: 'beef'.repeat(16),
        files: tx.json([]),
        made_at: s.NOW,
      };
      const made = await s.line(tx, {
        type: 'draft.made',
        task: work.task,
        draft: 'beef'.repeat(16),
      });
      await tx`insert into draft ${tx({ ...newer, last_entry: made })}`;
      const { entry } = await s.decide(tx, work, { person: scene.approver });
      await s.move(tx, work.task, { from: 'waiting', to: 'approved', draft: newer.id, entry });
    }));
  test('is not delivered without a delivery', async () => {
    const work = await s.waitingTask(scene);
    await s.approved(scene, work);
    await expect(
      as((tx) => s.move(tx, work.task, { from: 'approved', to: 'delivered' })),
    ).rejects.toThrow(
      `task ${work.task} cannot be delivered: there is no delivery of its current draft`,
    );
  });
  test('begins as proposed', async () => {
    const work = await s.waitingTask(scene);
    const task = randomUUID();
    await expect(
      as(async (tx) => {
        const last = await s.line(tx, { task: task as never, to: 'waiting' });
        await tx`insert into task select (jsonb_populate_record(t, ${tx.json({ id: task, ordinal: 999, last_entry: last, version: 1 })})).* from task t where t.id = ${work.task}`;
      }),
    ).rejects.toThrow(
      `task ${task} cannot begin as waiting, version 1: a task begins as proposed, version 1`,
    );
  });
});

describe('an attempt', () => {
  const begin = async (tx: Tx, work: s.Work, attempt: string) => {
    const entry = await s.line(tx, {
      type: 'attempt.started',
      task: work.task,
      attempt: attempt as never,
    });
    await tx`insert into attempt ${tx({
      id: attempt,
      task_id: work.task,
      purpose: 'work',
      lane: 'tool',
      persona: 'p',
      persona_hash: 'h',
      started_at: s.NOW,
      rehearsal: false,
      started_entry: entry,
    })}`;
  };
  const end = async (
    tx: Tx,
    work: s.Work,
    { attempt, cost, said }: { attempt: string; cost: number; said: number },
  ) => {
    const entry = await s.line(tx, {
      type: 'attempt.ended',
      task: work.task,
      attempt: attempt as never,
      costNano: nanoUsd(said),
    });
    await tx`update attempt set ended_at = ${s.NOW}, outcome = 'ok', cost_nano = ${cost}, ended_entry = ${entry} where id = ${attempt}`;
  };

  test('is begun and ended once, with an entry each, at the cost the entry says', async () => {
    const work = await s.waitingTask(scene);
    const attempt = randomUUID();
    await as((tx) => begin(tx, work, attempt));
    const once = `attempt ${attempt} is begun once and ended once, at the cost its entry says`;
    await expect(
      scene.writer`update attempt set cost_nano = 0 where id = ${attempt}`,
    ).rejects.toThrow(`attempt ${attempt} needs a new entry of its own`);
    await expect(as((tx) => end(tx, work, { attempt, cost: 0, said: 7 }))).rejects.toThrow(once);
    await as((tx) => end(tx, work, { attempt, cost: 7, said: 7 }));
    await expect(as((tx) => end(tx, work, { attempt, cost: 8, said: 8 }))).rejects.toThrow(once);
  });
});

import type { EntryDraft } from '../../src/core/entry.ts';
import type { ClientId, EntryId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import { project } from '../../src/ledger/projection.ts';
import { seal } from '../../src/ledger/seal.ts';
import type { Sql } from '../../src/store/connect.ts';
import { sampleData } from './entries.ts';

const ID = '00000000-0000-7000-8000-0000000000ff' as EntryId;
const TASK = '00000000-0000-7000-8000-0000000000fe' as TaskId;
const AT = 1_111_111_111_111;

export type Bulk = {
  readonly count: number;
  readonly client: ClientId;
  /** Time of the first, epoch ms; each later one is a minute after the one before. */
  readonly from: number;
  /** How many tasks, each with as many entries one after the other. */
  readonly tasks?: number;
};

/**
 * Many entries at once, made by Postgres from one sealed entry: each has an id, a time and a task of its own and is
 * canonical. Gives the ids of the tasks.
 */
export async function fillRecord(sql: Sql, bulk: Bulk): Promise<readonly TaskId[]> {
  const { count, client, from, tasks = 1 } = bulk;
  const draft: EntryDraft = {
    type: 'attempt.ended',
    actor: { kind: 'persona', id: 'editor', version: '3' },
    rule: `lanes.yaml#LANE-010@${'ab'.repeat(8)}`,
    client,
    task: TASK,
    lane: 'senior',
    model: 'claude-opus-5-5',
    persona: 'editor',
    costNano: nanoUsd(12_345),
    data: { ...sampleData('attempt.ended'), outcome: 'ok' },
  };
  const { bytes } = seal(draft, {
    id: ID,
    nonce: 'ab'.repeat(16),
    at: moment(AT),
    cause: null,
    build: 'test',
    policy: 'ab'.repeat(32),
    origin: 'practice',
  });
  const rows = await sql<{ id: TaskId }[]>`
    with task as (select i, gen_random_uuid() as id from generate_series(0, ${tasks - 1}::int) i),
    line as (
      select n, gen_random_uuid() as id, ${from}::float8::bigint + n * 60000::bigint as at, task.id as task_id
      from generate_series(0, ${count - 1}::int) n join task on task.i = n::bigint * ${tasks}::int / ${count}::int
    ), written as (
      insert into entry (entry_id, at, task_id, body, type, actor_kind, actor_id, client_id, rule, lane, model, persona, cost_nano)
      select line.id, to_timestamp(line.at / 1000.0), line.task_id,
        convert_to(replace(replace(replace(${Buffer.from(bytes).toString()}::text, ${ID}, line.id::text),
          ${String(AT)}, line.at::text), ${TASK}, line.task_id::text), 'UTF8'),
        f.type, f.actor_kind, f.actor_id, f.client_id, f.rule, f.lane, f.model, f.persona, f.cost_nano
      from line, jsonb_populate_record(null::entry, ${sql.json({ ...project(draft) })}) f order by n
    )
    select id from task order by i`;
  return rows.map((row) => row.id);
}

import { commit } from '../../dist/store/commit.js';
import { newId, POLICY } from './work.mjs';

const STAMP = { build: '0.1.0+0123456789ab', origin: 'practice', policy: () => POLICY };

/** The columns of a task that no guard looks at. */
const PLAIN = {
  kind: 'draft.blog',
  persona: 'editor',
  lane: 'local',
  gate: 'editorial',
  rule: 'life.yaml#RESUME@0123456789abcdef',
  facts: '{}',
  trace: '{}',
  round: 0,
  declines: 0,
  attempts: 0,
  minutes: 45,
  cost_nano: 0,
};

/** So many tasks, queued, for that client; written by the owner of the database, past the guards. */
export async function makeTasks(owner, { client, person, count }) {
  // No task has one of these as its last entry.
  const free =
    await owner`select entry_id from entry where type = 'attempt.started' order by id limit ${count}`;
  const last = free[0].entryId;
  const request = newId();
  const tasks = free.map(({ entryId }, at) => ({
    id: newId(),
    ordinal: at + 1,
    last_entry: entryId,
  }));
  await owner.unsafe(
    'alter table request disable trigger user; alter table task disable trigger user',
  );
  await owner`insert into request ${owner({
    id: request,
    number: 900_000_000,
    client_id: client,
    person_id: person,
    team: 'T',
    channel: 'C',
    thread: request,
    ts: request,
    door: 'dm',
    body_id: newId(),
    step: 'planned',
    received_at: Date.now(),
    last_entry: last,
  })}`;
  await owner`insert into task ${owner(
    tasks.map((task) => ({
      ...PLAIN,
      ...task,
      request_id: request,
      client_id: client,
      state: 'queued',
      version: 1,
      body_id: newId(),
      changed_at: Date.now(),
    })),
  )}`;
  await owner.unsafe(
    'alter table request enable always trigger request_with_entry; alter table task enable always trigger task_with_entry',
  );
  return tasks.map(({ id }) => ({ id, request, client, state: 'queued', version: 1, last }));
}

/** Moves a task to and fro as flow does: the state, its entry and a job, in one act. Gives the id of the entry. */
export async function moveOn(sql, task) {
  const to = task.state === 'queued' ? 'held' : 'queued';
  const entry = newId();
  const at = Date.now();
  const draft = {
    type: to === 'held' ? 'task.held' : 'task.resumed',
    actor: { kind: 'rule', id: PLAIN.rule },
    rule: PLAIN.rule,
    client: task.client,
    request: task.request,
    task: task.id,
    from: task.state,
    to,
    lane: PLAIN.lane,
    data: to === 'held' ? { waits_for: 'lane:local' } : {},
  };
  const outcome = await commit(
    sql,
    {
      at,
      entries: [{ id: entry, cause: task.last, draft }],
      changes: [
        {
          update: 'task',
          set: { state: to, version: task.version + 1, changedAt: at, lastEntry: entry },
          where: { id: task.id, version: task.version, state: task.state },
        },
      ],
      cards: [],
      jobs: [{ queue: 'local', name: 'work', subject: task.id, jobId: `work_${entry}`, dueAt: at }],
    },
    STAMP,
  );
  if (outcome !== 'done') throw new Error(`a move of task ${task.id} was ${outcome}`);
  Object.assign(task, { state: to, version: task.version + 1, last: entry });
  return entry;
}

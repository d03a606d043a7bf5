import { randomUUID } from 'node:crypto';
import type { EntryDraft } from '../../src/core/entry.ts';
import { sha256 } from '../../src/core/draft.ts';
import type { ClientId, EntryId, PersonId, RequestId, TaskId } from '../../src/core/id.ts';
import { moment } from '../../src/core/moment.ts';
import type { State } from '../../src/core/task.ts';
import { project } from '../../src/ledger/projection.ts';
import { seal } from '../../src/ledger/seal.ts';
import { connect } from '../../src/store/connect.ts';
import type { Sql } from '../../src/store/connect.ts';
import { migrateStore } from '../../src/store/migrate.ts';
import { rolePasswords } from '../helpers/keys.ts';
import { freshDatabase } from '../helpers/postgres.ts';
import { sampleData } from '../helpers/entries.ts';

export type Tx = Parameters<Parameters<Sql['begin']>[1]>[0];
export const NOW = moment(Date.UTC(2026, 10, 23, 9));

/** A client with an approver, a member without that right and a guest; statements go through the program's own role. */
export type Scene = {
  /** Logged in with the program's own credentials. */
  readonly writer: Sql;
  /** The owner of the database. */
  readonly admin: Sql;
  readonly writerUrl: string;
  readonly client: ClientId;
  readonly request: RequestId;
  readonly approver: PersonId;
  readonly colleague: PersonId;
  readonly guest: PersonId;
  close(): Promise<void>;
};

const id = <T extends string>(): T => randomUUID() as string as T;

export async function makeScene(): Promise<Scene> {
  const database = await freshDatabase();
  const urls = await migrateStore(database.url, rolePasswords());
  const writerUrl = urls.writer;
  const writer = connect(writerUrl, 4);
  const admin = connect(database.url, 1);
  const scene: Scene = {
    writer,
    admin,
    writerUrl,
    client: id(),
    request: id(),
    approver: id(),
    colleague: id(),
    guest: id(),
    close: async () => {
      await Promise.all([writer.end(), admin.end()]);
      await database.drop();
    },
  };
  await writer.begin(async (tx) => {
    const last = await line(tx, { type: 'client.created', client: scene.client });
    const person = (it: PersonId, role: string) =>
      tx`insert into person ${tx({ id: it, team: 'T', slack_user: it, name: role, role, last_entry: last })}`;
    await person(scene.approver, 'colleague');
    await person(scene.colleague, 'colleague');
    await person(scene.guest, 'guest');
    await tx`insert into client ${tx({ id: scene.client, slug: 'acme', name: 'Acme', cloud: 'unset', last_entry: last })}`;
    await tx`insert into request ${tx({
      id: scene.request,
      client_id: scene.client,
      person_id: scene.approver,
      team: 'T',
      channel: 'C',
      thread: '1',
      ts: '1',
      door: 'dm',
      body_id: randomUUID(),
      step: 'planned',
      received_at: NOW,
      last_entry: last,
    })}`;
    await appoint(tx, scene, scene.approver);
    await appoint(tx, scene, scene.guest);
  });
  return scene;
}

/** Writes an entry as the store does and gives its id. */
export async function line(tx: Tx, draft: Partial<EntryDraft>, at = NOW): Promise<EntryId> {
  const { type = 'client.set', data } = draft;
  const full: EntryDraft = {
    actor: { kind: 'system', id: 'test' },
    ...draft,
    type,
    data: { ...sampleData(type), ...data },
  };
  const entry = id<EntryId>();
  const { bytes } = seal(full, {
    id: entry,
    nonce: '00',
    at,
    cause: null,
    build: 'test',
    policy: '00',
    origin: 'test',
  });
  await tx`insert into entry ${tx({ ...project(full), entry_id: entry, at, body: bytes })}`;
  return entry;
}

/** Names an approver of the client from `at` on. */
export async function appoint(tx: Tx, scene: Scene, person: PersonId, at = NOW): Promise<string> {
  const data = { person, role: 'approver', in_force: true };
  const last = await line(tx, { type: 'role.set', client: scene.client, data }, at);
  const row = randomUUID();
  await tx`insert into approver ${tx({ id: row, client_id: scene.client, person_id: person, since: at, last_entry: last })}`;
  return row;
}

/** The columns of a task that no guard looks at. */
const PLAIN = {
  kind: 'k',
  persona: 'p',
  lane: 'tool',
  gate: 'none',
  rule: 'r',
  facts: {},
  trace: {},
  round: 0,
  declines: 0,
  attempts: 0,
  minutes: 0,
  cost_nano: 0,
  changed_at: NOW,
};

let ordinal = 0;

export type Work = { readonly task: TaskId; readonly draft: string; readonly sha256: string };

/** A task in `waiting` with one draft, at version 5, the way every task comes there. */
export async function waitingTask(scene: Scene): Promise<Work> {
  const work: Work = { task: id(), draft: randomUUID(), sha256: sha256(randomUUID()) };
  await scene.writer.begin(async (tx) => {
    const last = await line(tx, { type: 'task.routed', task: work.task, to: 'proposed' });
    await tx`insert into task ${tx({
      ...PLAIN,
      id: work.task,
      request_id: scene.request,
      client_id: scene.client,
      ordinal: (ordinal += 1),
      state: 'proposed',
      version: 1,
      body_id: randomUUID(),
      last_entry: last,
    })}`;
  });
  const path: readonly State[] = ['proposed', 'queued', 'working', 'reviewing', 'waiting'];
  for (const [at, to] of path.slice(1).entries())
    await scene.writer.begin((tx) => move(tx, work.task, { from: path[at] ?? 'proposed', to }));
  await scene.writer.begin(async (tx) => {
    const last = await line(tx, { type: 'draft.made', task: work.task, draft: work.sha256 });
    await tx`insert into draft ${tx({ id: work.draft, task_id: work.task, version: 1, sha256: work.sha256, files: tx.json([]), made_at: NOW, last_entry: last })}`;
    await move(tx, work.task, { from: 'waiting', to: 'waiting', draft: work.draft });
  });
  return work;
}

export type Move = {
  readonly from: State;
  readonly to: State;
  readonly draft?: string;
  readonly entry?: EntryId;
  /** How much the version grows. */
  readonly by?: number;
};

/** Moves a task with an entry of its own, or with the given one. */
export async function move(tx: Tx, task: TaskId, how: Move): Promise<void> {
  const { from, to } = how;
  const last = how.entry ?? (await line(tx, { type: 'task.changed', task, from, to }));
  const draft = how.draft === undefined ? tx`draft_id` : tx`${how.draft}`;
  await tx`update task set state = ${to}, version = version + ${how.by ?? 1}, draft_id = ${draft}, last_entry = ${last} where id = ${task}`;
}

export type Deciding = {
  readonly person: PersonId;
  readonly verb?: string;
  readonly sha256?: string;
  readonly at?: typeof NOW;
  /** Fields of its entry that differ from what a true one says. */
  readonly says?: Partial<EntryDraft>;
};

/** Writes a decision with its entry; gives the decision's id and the entry's. */
export async function decide(
  tx: Tx,
  work: Work,
  how: Deciding,
): Promise<{ decision: string; entry: EntryId }> {
  const { person, verb = 'approve', sha256: hash = work.sha256, at = NOW } = how;
  const entry = await line(
    tx,
    {
      type: 'draft.approved',
      task: work.task,
      draft: hash,
      from: 'waiting',
      to: 'approved',
      actor: { kind: 'person', id: person },
      ...how.says,
    },
    at,
  );
  const decision = randomUUID();
  await tx`insert into decision ${tx({ id: decision, task_id: work.task, draft_sha256: hash, verb, person_id: person, at, last_entry: entry })}`;
  return { decision, entry };
}

/** Approves a task as its approver does, in one transaction. */
export async function approved(scene: Scene, work: Work): Promise<string> {
  let made = '';
  await scene.writer.begin(async (tx) => {
    const { decision, entry } = await decide(tx, work, { person: scene.approver });
    await move(tx, work.task, { from: 'waiting', to: 'approved', entry });
    made = decision;
  });
  return made;
}

export type Delivering = {
  readonly decision: string;
  readonly person: PersonId;
  readonly verb?: string;
  readonly sha256?: string;
  readonly disclosed?: Partial<EntryDraft>;
  readonly says?: Partial<EntryDraft>;
};

/** Writes a delivery with its disclosure and entry; gives the entry's id. */
export async function deliver(tx: Tx, work: Work, how: Delivering): Promise<EntryId> {
  const hash = how.sha256 ?? work.sha256;
  const about = { task: work.task, draft: hash };
  const disclosure = await line(tx, { type: 'disclosure.issued', ...about, ...how.disclosed });
  const step = { from: 'approved', to: 'delivered' } as const;
  const last = await line(tx, { type: 'draft.delivered', ...about, ...step, ...how.says });
  await tx`insert into delivery ${tx({
    task_id: work.task,
    decision_id: how.decision,
    draft_sha256: hash,
    verb: how.verb ?? 'approve',
    person_id: how.person,
    disclosure_entry: disclosure,
    channel: 'C',
    ts: '1',
    at: NOW,
    last_entry: last,
  })}`;
  return last;
}

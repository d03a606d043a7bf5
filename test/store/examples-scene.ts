import { randomUUID } from 'node:crypto';
import type { EntryDraft } from '../../src/core/entry.ts';
import type { PersonId } from '../../src/core/id.ts';
import * as s from './scene.ts';
import type { Scene, Tx, Work } from './scene.ts';

export type Made = {
  readonly everyone?: boolean;
  readonly person?: PersonId;
  readonly says?: Partial<EntryDraft>;
  readonly body?: Readonly<Record<string, string | null>>;
  readonly row?: Readonly<Record<string, string | number>>;
};

type At = { readonly scene: Scene; readonly work: Work };

/** Keeps an example as the program does, but for what is given; gives its id. */
export async function keepExample(tx: Tx, { scene, work }: At, made: Made = {}): Promise<string> {
  const { everyone = false, person = scene.approver } = made;
  const about = { client: scene.client, request: scene.request, task: work.task };
  const last = await s.line(tx, {
    type: everyone ? 'example.shared' : 'example.kept',
    ...about,
    actor: { kind: 'person', id: person },
    ...made.says,
  });
  const body = randomUUID();
  const client = everyone ? null : scene.client;
  await tx`insert into body ${tx({
    id: body,
    client_id: client,
    request_id: scene.request,
    task_id: work.task,
    kind: 'example',
    key_name: client === null ? 'practice' : `client-${client}`,
    wrapped_key: Buffer.from('k'),
    sealed: Buffer.from('s'),
    digest: 'd',
    size: 1,
    ...made.body,
  })}`;
  const id = randomUUID();
  await tx`insert into example ${tx({
    id,
    client_id: client,
    kind: 'draft.blog',
    body_id: body,
    request_id: scene.request,
    task_id: work.task,
    person_id: person,
    made_at: s.NOW,
    last_entry: last,
    ...made.row,
  })}`;
  return id;
}

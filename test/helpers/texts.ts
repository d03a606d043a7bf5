import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BodyId, ClientId, RequestId } from '../../src/core/id.ts';
import { openAct } from '../../src/flow/act.ts';
import { command } from '../../src/flow/command/command.ts';
import { ofRequest } from '../../src/flow/about.ts';
import type { BodyKind, BodyRow } from '../../src/flow/ports/rows.ts';
import type { RequestStep } from '../../src/flow/ports/rows-work.ts';
import type { BodyAbout } from '../../src/flow/ports/world.ts';
import { unlock } from '../../src/store/lock.ts';
import { sampleData } from './entries.ts';
import type { TestWorld } from './world.ts';

type In = Pick<TestWorld, 'world'>;

/** Makes a client, as the owner, and gives its id. */
export async function newClient(t: In, slug: string): Promise<ClientId> {
  const { team, ownerUser: user } = t.world.facility;
  const text = `client new ${slug} "Client ${slug}"`;
  const reply = await command(t.world, { team, channel: '', user, text, eventId: slug });
  if (!reply.ok) throw new Error(reply.lines.join('\n'));
  return clientId(t, slug);
}

export async function clientId(t: In, slug: string): Promise<ClientId> {
  const found = (await t.world.store.clients()).find((client) => client.slug === slug);
  if (found === undefined) throw new Error(`there is no client ${slug}`);
  return found.id;
}

/** A request of a client that had no work in it, or stands elsewhere. */
export async function someRequest(
  t: In,
  client: ClientId | null,
  step: RequestStep = 'empty',
): Promise<RequestId> {
  const { team, ownerUser } = t.world.facility;
  const owner = await t.world.store.personBySlack(team, ownerUser);
  if (owner === null) throw new Error('the practice has no owner');
  const act = openAct(t.world.clock);
  const id = act.newId<RequestId>();
  const body = await t.world.bodies.put('request', ofRequest({ id, clientId: client }), '{}');
  const lastEntry = act.note(
    {
      type: 'request.received',
      actor: { kind: 'person', id: owner.id },
      request: id,
      data: sampleData('request.received'),
    },
    null,
  );
  act.change({ insert: 'body', row: body.row });
  act.change({
    insert: 'request',
    row: {
      id,
      clientId: client,
      personId: owner.id,
      team,
      channel: 'C0SOMEWHERE',
      thread: id,
      ts: id,
      door: 'dm',
      bodyId: body.ref.id,
      step,
      receivedAt: act.at,
      lastEntry,
    },
  });
  await t.world.store.commit(act.close());
  return id;
}

/** Keeps a text and gives its row as it was first written. */
export async function keep(
  t: In,
  about: Partial<BodyAbout>,
  text: Uint8Array | string,
  kind: BodyKind = 'file',
): Promise<BodyRow> {
  const whole = { client: null, request: null, task: null, ...about };
  const { row } = await t.world.bodies.put(kind, whole, text);
  const act = openAct(t.world.clock);
  act.change({ insert: 'body', row });
  await t.world.store.commit(act.close());
  return row;
}

export async function textOf(t: In, id: BodyId): Promise<string> {
  return Buffer.from(await t.world.bodies.get(id)).toString();
}

type Locked = Pick<BodyRow, 'id' | 'wrappedKey' | 'sealed'>;

/** What a row from any copy of the database says with the keys in a folder: with the first that opens it, else null. */
export function openWith(folder: string, { id, wrappedKey, sealed }: Locked): string | null {
  if (wrappedKey === null || sealed === null) return null;
  for (const name of readdirSync(folder).filter((file) => /\.key(?:\.|$)/.test(file))) {
    const key = Buffer.from(readFileSync(path.join(folder, name), 'utf8').trim(), 'hex');
    try {
      const own = unlock(key, wrappedKey, id);
      return unlock(own.subarray(0, 32), sealed, id).toString();
    } catch {
      continue;
    }
  }
  return null;
}

/** Every entry so far: its bytes by its place. */
export async function entryBytes(t: Pick<TestWorld, 'sql'>): Promise<ReadonlyMap<number, string>> {
  const rows = await t.sql<
    { id: number; body: Uint8Array }[]
  >`select id, body from entry order by id`;
  return new Map(rows.map(({ id, body }) => [id, Buffer.from(body).toString('hex')]));
}

import type { ClientId, PersonId } from '../core/id.ts';
import type {
  ApproverRow,
  ChannelRow,
  ClientRow,
  PersonRow,
  PracticeRow,
} from '../flow/ports/rows-settings.ts';
import type { Store } from '../flow/ports/store.ts';
import { reach } from './connect.ts';
import type { Sql } from './connect.ts';

type Part = Pick<
  Store,
  | 'practice'
  | 'personBySlack'
  | 'person'
  | 'people'
  | 'clients'
  | 'client'
  | 'approversOf'
  | 'channel'
  | 'channels'
>;

/** Reads of what the owner set: people, clients, who approves, which channel is whose. */
export function settingsReads(sql: Sql): Part {
  return {
    practice: () => one(sql<PracticeRow[]>`select * from practice`),
    personBySlack: (team, slackUser) =>
      one(
        sql<PersonRow[]>`select * from person where team = ${team} and slack_user = ${slackUser}`,
      ),
    person: (id: PersonId) => one(sql<PersonRow[]>`select * from person where id = ${id}`),
    people: () => all(sql<PersonRow[]>`select * from person order by name`),
    clients: () => all(sql<ClientRow[]>`select * from client order by name`),
    client: (id: ClientId) => one(sql<ClientRow[]>`select * from client where id = ${id}`),
    approversOf: (client) => approversOf(sql, client),
    channel: (team, channel) =>
      one(sql<ChannelRow[]>`select * from channel where team = ${team} and channel = ${channel}`),
    channels: (client) =>
      all(sql<ChannelRow[]>`select * from channel where client_id = ${client} order by channel`),
  };
}

/** Approvers in force now, owner last, so that a colleague who may decide is asked before the owner is. */
export async function approversOf(
  sql: Sql,
  client: ClientId,
): Promise<readonly (ApproverRow & { readonly person: PersonRow })[]> {
  const rows = await all(
    sql<(ApproverRow & { person: PersonRow })[]>`
      select a.*, jsonb_build_object('id', p.id, 'team', p.team, 'slackUser', p.slack_user, 'name', p.name,
        'role', p.role, 'lastEntry', p.last_entry) as person
      from approver a join person p on p.id = a.person_id
      where a.client_id = ${client} and a.until is null
      order by p.role = 'owner', a.since`,
  );
  return rows;
}

export async function one<T>(query: PromiseLike<readonly T[]>): Promise<T | null> {
  const rows = await reach(async () => query);
  return rows[0] ?? null;
}

export async function all<T>(query: PromiseLike<readonly T[]>): Promise<readonly T[]> {
  return reach(async () => query);
}

import type { Actor } from '../../core/entry.ts';
import type { ClientId, EntryId, Id } from '../../core/id.ts';
import { RETENTION_DAYS } from '../../core/record-words.ts';
import type { OpenAct } from '../act.ts';
import type { ApproverRow, ClientRow, PersonRow } from '../ports/rows-settings.ts';

export type NewClient = {
  readonly slug: string;
  readonly name: string;
  /** Approves from the first moment on: the database takes an approval only from somebody in force. */
  readonly owner: PersonRow;
  readonly by: Actor;
  /** The entry that led to it. */
  readonly cause?: EntryId;
};

/** Adds a client and its first approver to the act, each with its entry. The cloud question is still to be asked. */
export function createClient(act: OpenAct, how: NewClient): ClientRow {
  const id = act.newId<ClientId>();
  const lastEntry = act.note(
    { type: 'client.created', actor: how.by, client: id, data: { cloud: 'unset' } },
    how.cause ?? null,
  );
  const client: ClientRow = {
    id,
    slug: how.slug,
    name: how.name,
    cloud: 'unset',
    termsBody: null,
    reviewChannel: null,
    retentionDays: RETENTION_DAYS,
    requesterCapNano: null,
    erasedAt: null,
    lastEntry,
  };
  act.change({ insert: 'client', row: client });
  addApprover(act, { client, person: how.owner, by: how.by });
  return client;
}

/** From now on this person may decide for that client. */
export function addApprover(
  act: OpenAct,
  { client, person, by }: { client: ClientRow; person: PersonRow; by: Actor },
): void {
  const lastEntry = act.note(
    {
      type: 'role.set',
      actor: by,
      client: client.id,
      data: { person: person.id, role: 'approver', in_force: true },
    },
    client.lastEntry,
  );
  const row: ApproverRow = {
    id: act.newId<Id<'approver'>>(),
    clientId: client.id,
    personId: person.id,
    since: act.at,
    until: null,
    lastEntry,
  };
  act.change({ insert: 'approver', row });
}

/** From now on this person may no longer decide; what they decided before stays theirs. */
export function endApprover(act: OpenAct, { row, by }: { row: ApproverRow; by: Actor }): void {
  const lastEntry = act.note(
    {
      type: 'role.set',
      actor: by,
      client: row.clientId,
      data: { person: row.personId, role: 'approver', in_force: false },
    },
    row.lastEntry,
  );
  act.change({
    update: 'approver',
    set: { until: act.at, lastEntry },
    where: { id: row.id, until: null },
  });
}

import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { connect } from '../../dist/store/connect.js';
import { entry, newId, PERSONA, pieceOfWork, POLICY, PRICE, RULES } from './work.mjs';

/** Work is written in lots, each one COPY for each table. */
const LOT = 1_000;
const BEGAN = Date.UTC(2025, 0, 6, 8);
/** In the order in which they refer to one another. */
const TABLES = ['request', 'task', 'attempt', 'draft', 'review', 'decision', 'delivery'];
const SYSTEM = { kind: 'system', id: 'aios' };

/**
 * Fills a migrated database in which no practice is founded with at least that many entries, as many years of sound work
 * would: entries in the outbox of the record, and the rows that go with them. `owner` logs in as a superuser, for rows
 * come faster than their guards allow. `lot` is how many pieces of work are written at once, `afterLot` is called after
 * each. Gives the practice and its clients; the sequencer does the rest.
 */
export async function fill({
  owner,
  entries,
  clients = 20,
  lot = LOT,
  afterLot = () => undefined,
}) {
  const sql = connect(owner, 1);
  try {
    for (const table of [...TABLES, 'practice', 'person', 'client', 'approver'])
      await sql.unsafe(`alter table ${table} disable trigger user`);
    const founded = await found(sql, clients);
    let written = founded.written;
    for (let number = 1; written < entries; number += lot) {
      const works = Array.from({ length: lot }, (_, i) => {
        const { client, approver } = founded.clients[(number + i) % clients];
        return pieceOfWork({
          client,
          approver,
          number: number + i,
          from: BEGAN + (number + i) * 60_000,
        });
      });
      await copyEntries(sql, interleaved(works));
      for (const table of TABLES)
        await copyRows(
          sql,
          table,
          works.map(({ rows }) => rows[table]),
        );
      written += works.reduce((sum, { entries: some }) => sum + some.length, 0);
      await Promise.resolve(afterLot(written));
    }
    for (const table of [...TABLES, 'practice', 'person', 'client', 'approver'])
      await sql.unsafe(`alter table ${table} enable trigger user`);
    await sql.unsafe('analyze');
    return { ...founded, written };
  } finally {
    await sql.end();
  }
}

/** Several pieces are worked on at once: their entries come in turns. */
function interleaved(works) {
  const group = 10;
  const groups = Array.from({ length: Math.ceil(works.length / group) }, (_, at) =>
    works.slice(at * group, (at + 1) * group).map(({ entries }) => entries),
  );
  return groups.flatMap((lists) => {
    const most = Math.max(...lists.map(({ length }) => length));
    return Array.from({ length: most }, (_, n) => lists.flatMap((list) => list[n] ?? [])).flat();
  });
}

async function found(sql, count) {
  const practice = newId();
  const owner = newId();
  const first = entry(
    { type: 'practice.founded', actor: SYSTEM, data: { origin: 'practice', rules_sha256: POLICY } },
    { at: BEGAN },
  );
  const seen = entry(
    { type: 'person.seen', actor: SYSTEM, data: { person: owner, role: 'owner' } },
    { at: BEGAN },
  );
  const texts = [
    ...RULES.map((rule) => ({
      kind: 'rule',
      type: 'rule.published',
      text: rule.text,
      data: { file: 'life.yaml', id: rule.id, sha256: rule.sha256 },
    })),
    {
      kind: 'persona',
      type: 'persona.published',
      text: PERSONA.text,
      data: { id: 'editor', version: 1, sha256: PERSONA.sha256 },
    },
    {
      kind: 'price',
      type: 'price.published',
      text: PRICE.text,
      data: { id: 'model-a@2026-11-01', sha256: PRICE.sha256 },
    },
  ];
  const published = texts.map(({ type, data }) =>
    entry({ type, actor: SYSTEM, data }, { at: BEGAN, cause: first.id }),
  );
  const clients = Array.from({ length: count }, () => {
    const client = newId();
    const created = entry(
      { type: 'client.created', actor: SYSTEM, client, data: { cloud: 'allowed' } },
      { at: BEGAN, cause: first.id },
    );
    const named = entry(
      {
        type: 'role.set',
        actor: SYSTEM,
        client,
        data: { person: owner, role: 'approver', in_force: true },
      },
      { at: BEGAN, cause: created.id },
    );
    return { client, approver: owner, created, named };
  });
  const entries = [
    first,
    seen,
    ...published,
    ...clients.flatMap(({ created, named }) => [created, named]),
  ];
  await copyEntries(sql, entries);
  await sql`insert into lore ${sql(texts.map(({ kind, text, data }) => ({ sha256: data.sha256, kind, text })))}`;
  await sql`insert into practice ${sql({ id: practice, origin: 'practice', rehearsal: false, policy_sha256: POLICY, last_entry: first.id })}`;
  await sql`insert into person ${sql({ id: owner, team: 'T', slack_user: 'U', name: 'Olga Owner', role: 'owner', last_entry: seen.id })}`;
  for (const [n, { client, approver, created, named }] of clients.entries()) {
    await sql`insert into client ${sql({ id: client, slug: `client-${n}`, name: `Client ${n}`, cloud: 'allowed', last_entry: created.id })}`;
    await sql`insert into approver ${sql({ id: newId(), client_id: client, person_id: approver, since: named.at, last_entry: named.id })}`;
  }
  return { practice, owner, clients, written: entries.length };
}

async function copyEntries(sql, entries) {
  const names = ['entry_id', 'at', 'body', ...Object.keys(entries[0].columns)];
  const lines = entries.map(({ id, at, bytes, columns }) =>
    line([
      id,
      new Date(at).toISOString(),
      `\\\\x${Buffer.from(bytes).toString('hex')}`,
      ...Object.values(columns),
    ]),
  );
  await copy(sql, `entry (${names.join(', ')})`, lines);
}

async function copyRows(sql, table, rows) {
  const names = Object.keys(rows[0]);
  const lines = rows.map((row) =>
    line(names.map((name) => (TIMES.has(name) ? new Date(row[name]).toISOString() : row[name]))),
  );
  await copy(sql, `${table} (${names.join(', ')})`, lines);
}

const TIMES = new Set(['at', 'made_at', 'started_at', 'ended_at', 'received_at', 'changed_at']);

/** One line of COPY in text: nothing that is written here holds a tab, a line break or a backslash of its own. */
const line = (values) => `${values.map((value) => value ?? '\\N').join('\t')}\n`;

async function copy(sql, target, lines) {
  const stream = await sql.unsafe(`copy ${target} from stdin`).writable();
  for (let from = 0; from < lines.length; from += LOT)
    if (!stream.write(lines.slice(from, from + LOT).join(''))) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}

import type postgres from 'postgres';
import { keysFolder } from '../main/base.ts';
import { rehearses } from '../main/lanes.ts';
import { readKeyName } from '../store/key-name.ts';
import { keyNamesIn } from '../store/keys.ts';
import { ok, warn } from './check.ts';
import type { Check, Finding } from './check.ts';
import { onServer } from './checks-database.ts';
import type { Ask } from './checks-database.ts';

/** Whether what was erased can still be opened where old copies of the database are. */
export const ERASED: readonly Check[] = [{ id: 'erased', test: (look) => onServer(look, erased) }];

/** Erased texts whose key is left, and how to turn that key. */
type Left = { readonly texts: number; readonly next: string };

async function erased({ sql, config }: Ask): Promise<Finding> {
  const [there] = await sql<{ is: boolean }[]>`
    select to_regclass('public.keyring') is not null as is`;
  if (there?.is !== true) return ok('Nothing was erased: there are no texts yet.');
  const keys = new Set(await keyNamesIn(keysFolder(config, rehearses(config))));
  const left = [...(await underOldKeys(sql, keys)), ...(await onceHeard(sql))];
  const texts = left.reduce((sum, one) => sum + one.texts, 0);
  const next = [...new Set([...left.map((one) => one.next), ...(await unfinished(sql, keys))])];
  if (next.length === 0) return ok('What was erased cannot be opened with any key that is left.');
  return warn(
    `${texts} erased text(s) could still be opened in old copies of the database, for their keys are left.`,
    next.join(' · '),
  );
}

/** Erased texts that name a key which is still there. */
async function underOldKeys(
  sql: postgres.Sql,
  keys: ReadonlySet<string>,
): Promise<readonly Left[]> {
  const rows = await sql<{ key: string; slug: string | null; texts: number }[]>`
    select b.key_name as key, c.slug, count(*)::int as texts
    from body b left join client c on c.id = b.client_id
    where b.erased_at is not null group by b.key_name, c.slug`;
  return rows
    .filter(({ key }) => keys.has(key))
    .map(({ slug, texts }) => ({ texts, next: turning(slug) }));
}

/** Erased words of clients that lay under the practice's key before it was known whose they are. */
async function onceHeard(sql: postgres.Sql): Promise<readonly Left[]> {
  const [row] = await sql<{ texts: number }[]>`
    select count(*)::int as texts from body
    where erased_at is not null and client_id is not null and kind = 'request' and made_at > coalesce(
      (select max(at) from entry where type = 'keys.rotated' and client_id is null), '-infinity')`;
  const texts = row?.texts ?? 0;
  return texts === 0 ? [] : [{ texts, next: turning(null) }];
}

/** Keys that should be destroyed by now: what left them was interrupted. */
async function unfinished(
  sql: postgres.Sql,
  keys: ReadonlySet<string>,
): Promise<readonly string[]> {
  const rings = await sql<
    { owner: string; oldest: number; closed: boolean; slug: string | null }[]
  >`
    select k.owner, k.oldest, k.closed_at is not null as closed, c.slug
    from keyring k left join client c on k.owner = 'client-' || c.id`;
  const found = [...keys].map(readKeyName).filter((read) => read !== undefined);
  return rings.flatMap(({ owner, oldest, closed, slug }) => {
    const own = found.filter((read) => read.owner === owner);
    if (closed && own.length > 0)
      return [`aios erase --client ${slug ?? ''} --ground contract --yes`];
    return own.some(({ generation }) => generation < oldest) ? [turning(slug)] : [];
  });
}

function turning(slug: string | null): string {
  return slug === null ? 'aios keys rotate --practice' : `aios keys rotate --client ${slug}`;
}

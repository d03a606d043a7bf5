import type postgres from 'postgres';
import { changesBetween, manifestOf, readManifest } from '../core/rule-manifest.ts';
import type { RuleManifest } from '../core/rule-manifest.ts';
import type { RuleSet } from '../core/rule-set.ts';
import { sumOf } from '../flow/rule-diff.ts';
import { shortHash } from '../flow/rules-in-force.ts';
import { ok, warn } from './check.ts';
import type { Check, Finding, Look } from './check.ts';

/** The written rules: whether they can be read, and whether they are those in force. */
export const RULES: readonly Check[] = [{ id: 'rules', test: rules }];

async function rules(look: Look): Promise<Finding> {
  const { rules: read, personas } = await look.library();
  const sound = `${read.kinds.size} kinds and ${personas.byId.size} personas, all sound.`;
  const server = await look.server();
  const inForce = server.is === 'up' ? await server.ask(setInForce) : null;
  if (inForce === null) return ok(sound);
  if (inForce.hash === read.hash)
    return ok(`${sound} Rule set ${shortHash(read.hash)} is in force.`);
  return warn(
    `${sound} But the rules on disk are not the rules in force, so a start is refused: ${sumOf(changed(inForce.manifest, read))}.`,
    'aios rules diff shows it; then aios rules accept, or put the files back.',
  );
}

function changed(before: RuleManifest, read: RuleSet) {
  return changesBetween(before, manifestOf(read));
}

/** The set in force; null before the first start, and where sets were not kept whole yet: the next start keeps one. */
async function setInForce(
  sql: postgres.Sql,
): Promise<{ readonly hash: string; readonly manifest: RuleManifest } | null> {
  const [there] = await sql<{ is: boolean }[]>`
    select to_regclass('public.practice') is not null and to_regclass('public.lore') is not null as is`;
  if (there?.is !== true) return null;
  const [row] = await sql<{ hash: string; text: string }[]>`
    select p.policy_sha256 as hash, l.text from practice p join lore l on l.sha256 = p.policy_sha256`;
  const manifest = row === undefined ? undefined : readManifest(row.text);
  return row === undefined || manifest === undefined ? null : { hash: row.hash, manifest };
}

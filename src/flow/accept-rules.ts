import type { Actor, EntryDraft } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import { sha256 } from '../core/draft.ts';
import type { EntryId } from '../core/id.ts';
import type { AcceptedBy } from '../core/record-words.ts';
import { changesBetween, countsOf, manifestOf } from '../core/rule-manifest.ts';
import type { RuleChanges } from '../core/rule-manifest.ts';
import type { RuleSet } from '../core/rule-set.ts';
import { refOf } from '../core/rule-set.ts';
import { openAct } from './act.ts';
import type { OpenAct } from './act.ts';
import { byPerson } from './command/settings.ts';
import { publish } from './lore.ts';
import type { PersonRow, PracticeRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';
import { diffToHand } from './rule-diff.ts';
import type { RuleDiff } from './rule-diff.ts';
import type { Standing } from './rules-in-force.ts';

type Needs = Pick<World, 'store' | 'library' | 'report' | 'clock'>;

/** Who puts a set in force: the owner, or the system by one of its two rules. */
export type Acceptor = PersonRow | 'first_start' | 'auto';

/**
 * Adds to the act what puts the rules at hand in force: the entry that says who, which set and in place of which, the
 * difference word for word, and the practice's row. `publish` keeps the texts. Gives the entry. With `unfounded` the row
 * is the caller's to insert.
 */
export async function noteRules(
  world: Needs,
  act: OpenAct,
  how: { readonly standing: Standing; readonly by: Acceptor; readonly cause: EntryId },
): Promise<{ readonly entry: EntryId; readonly diff: RuleDiff | null }> {
  const { standing } = how;
  const diff = standing.is === 'other' ? await diffToHand(world, standing.manifest) : null;
  const { rules } = world.library;
  const changes = diff?.changes ?? changesBetween(null, manifestOf(rules));
  const diffHash = diff === null ? null : await keepDiff(world, act, diff);
  const practice = standing.is === 'unfounded' ? null : standing.practice;
  const entry = act.note(
    { type: 'rules.accepted', ...whoAccepts(rules, how.by), data: dataOf() },
    how.cause,
  );
  if (practice !== null)
    act.change(inForce(practice, { policySha256: rules.hash, lastEntry: entry }));
  return { entry, diff };

  function dataOf(): NonNullable<EntryDraft['data']> {
    return {
      rules_sha256: rules.hash,
      before_sha256: practice?.policySha256 ?? null,
      by: byWord(how.by),
      ...countsIn(changes),
      diff_sha256: diffHash,
    };
  }
}

/** Whoever else put a set in force meanwhile makes the act lost, also where that set is the same one. */
function inForce(
  { id, lastEntry }: PracticeRow,
  set: Pick<PracticeRow, 'policySha256' | 'lastEntry'>,
) {
  return { update: 'practice', set, where: { id, lastEntry } } as const;
}

function countsIn({ files, rules }: RuleChanges) {
  return { files: countsOf(files), rules: countsOf(rules) };
}

function byWord(by: Acceptor): AcceptedBy {
  return typeof by === 'string' ? by : 'owner';
}

const SYSTEM: Actor = { kind: 'system', id: 'aios' };

function whoAccepts(rules: RuleSet, by: Acceptor): Pick<EntryDraft, 'actor' | 'rule'> {
  if (typeof by !== 'string') return { actor: byPerson(by) };
  const rule = refOf(rules, by === 'auto' ? 'RULES-AUTO' : 'RULES-FIRST');
  return { actor: SYSTEM, rule };
}

/** The difference is kept like any text the practice works by; the same step there and back is kept once. */
async function keepDiff({ store }: Needs, act: OpenAct, { sum, lines }: RuleDiff): Promise<string> {
  const text = [sum, ...lines, ''].join('\n');
  const hash = sha256(text);
  if (!(await store.loreAmong([hash])).has(hash))
    act.change({ insert: 'lore', row: { sha256: hash, kind: 'diff', text } });
  return hash;
}

/** What an acceptance came to: nothing where the rules at hand are in force already. */
export type Acceptance =
  | { readonly is: 'same'; readonly practice: PracticeRow }
  | { readonly is: 'accepted'; readonly before: string; readonly diff: RuleDiff | null };

/**
 * The owner puts the rules at hand in force, from the next start on: a program that runs keeps those it started with.
 * Throws Fault `conflict` when somebody else put a set in force at this moment.
 */
export async function acceptRules(
  world: Needs,
  by: PersonRow,
  standing: Exclude<Standing, { is: 'unfounded' }>,
): Promise<Acceptance> {
  const { practice } = standing;
  if (standing.is === 'same') return { is: 'same', practice };
  const act = openAct(world.clock);
  const { entry, diff } = await noteRules(world, act, { standing, by, cause: practice.lastEntry });
  await publish(world, act, entry);
  if ((await world.store.commit(act.close())) === 'done')
    return { is: 'accepted', before: practice.policySha256, diff };
  throw new Fault(
    'conflict',
    'Somebody else put rules in force at this moment. Nothing was written. Look again: aios rules diff',
  );
}

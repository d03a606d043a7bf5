import { utcText } from '../../core/moment.ts';
import type { PersonId } from '../../core/id.ts';
import type { RuleManifest } from '../../core/rule-manifest.ts';
import { numberIn, recordIn, textIn } from '../../ledger/data.ts';
import type { Data } from '../../ledger/data.ts';
import type { Entry } from '../../ledger/read.ts';
import type { Reply } from '../ports/doors.ts';
import type { PracticeRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import { counted } from '../rule-diff.ts';
import { acceptanceOf, manifestInForce, shortHash } from '../rules-in-force.ts';
import { told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

type Needs = Pick<World, 'store' | 'library'>;

/** `rules`: which set of written rules is in force, since when and by whom. */
export async function rules(world: Needs, asked: Asked): Promise<Reply> {
  if (asked.words.length > 0)
    throw unexpected(
      'nothing behind it',
      asked.rest,
      'What one rule said is told by: why #142. The rules are changed on the command line: aios rules',
    );
  return told(...(await inForceLines(world)), ...(await here(world)));
}

/** The set in force in lines; one line that says so where there is none yet. */
export async function inForceLines({ store }: Needs): Promise<readonly string[]> {
  const practice = await store.practice();
  if (practice === null)
    return ['No rules are in force yet: the first start takes those it finds. npm start'];
  const manifest = await manifestInForce(store, practice);
  const entry = await acceptanceOf(store, practice);
  return [
    `In force: rule set ${practice.policySha256}`,
    ...(entry === null ? [] : [await acceptedLine(store, entry), ...beforeLines(entry)]),
    sizeLine(manifest),
  ];
}

async function acceptedLine(store: World['store'], { at, actor, data }: Entry): Promise<string> {
  const when = `Accepted: ${utcText(at)} UTC`;
  if (actor.kind === 'person') {
    const person = await store.person(actor.id as PersonId);
    return `${when}, by ${person?.name ?? 'the owner'}`;
  }
  return `${when}, ${textIn(data, 'by') === 'auto' ? 'by a start with AIOS_RULES=auto' : 'by the first start, which takes what it finds'}`;
}

function beforeLines({ data }: Entry): readonly string[] {
  const before = textIn(data, 'before_sha256');
  if (before === null) return [];
  const changes = (['rules', 'files'] as const).map((what) => changesIn(data, what));
  return [`In place of: ${shortHash(before)} (${changes.join('; ')})`];
}

function changesIn(data: Data, what: 'rules' | 'files'): string {
  const said = recordIn(data, what) ?? {};
  const count = (is: string): number => numberIn(said, is) ?? 0;
  const counts = { added: count('added'), changed: count('changed'), removed: count('removed') };
  return counted(what.slice(0, -1), counts);
}

function sizeLine(manifest: RuleManifest | null): string {
  return manifest === null
    ? 'It was accepted before AIOS kept sets whole; the next start keeps one.'
    : `It holds: ${manifest.rules.size} rules in ${manifest.files.size} files.`;
}

async function here({ store, library }: Needs): Promise<readonly string[]> {
  const practice: PracticeRow | null = await store.practice();
  const { hash } = library.rules;
  if (practice === null || practice.policySha256 === hash) return ['This AIOS works by it.'];
  return [
    `This AIOS started before that and works by rule set ${shortHash(hash)} until it is started anew.`,
  ];
}

import { linesOf, totalsOf } from '../core/attribution.ts';
import type { Share } from '../core/attribution.ts';
import { authorOf } from '../core/author.ts';
import { markOf, percentsOf } from '../core/blame/blamed.ts';
import type { Blamed, BlamedAuthor, BlamedFile } from '../core/blame/blamed.ts';
import { versionFile } from '../core/blame/blame-held.ts';
import { sha256 } from '../core/draft.ts';
import { Fault } from '../core/fault.ts';
import { taskNumber } from '../core/id.ts';
import type { TaskId } from '../core/id.ts';
import { readAttribution } from '../ledger/attribution.ts';
import type { Kept, KeptFile } from '../ledger/attribution.ts';
import { unlessErased } from './erased.ts';
import type { AttributionRow, DraftRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';

type Needs = Pick<World, 'store' | 'bodies'> & {
  readonly facility: Pick<World['facility'], 'rehearsal'>;
};

/**
 * Who wrote which words of what was delivered for a task, as it was recorded with the delivery. Where texts were
 * erased the shares are left. Throws Fault `not_found` when nothing was delivered or recorded, and `conflict` when what
 * is kept is not what the record names.
 */
export async function blame(world: Needs, id: TaskId): Promise<Blamed> {
  const file = await world.store.taskFile(id);
  if (file === null) throw new Fault('not_found', 'There is no such task.');
  const number = taskNumber(file.request.number, file.task.ordinal);
  const draft = file.drafts.find(({ sha256: hash }) => hash === file.delivery?.draftSha256);
  if (draft === undefined)
    throw new Fault(
      'not_found',
      `Nothing was delivered for ${number}: it is ${file.task.state}. Who wrote what is recorded with the delivery.`,
    );
  const row = await world.store.attribution(draft.id);
  if (row === null)
    throw new Fault(
      'not_found',
      `It was not recorded who wrote what of ${number}: a text on the way was gone when it was delivered, or it was delivered before AIOS recorded this. Its trail says who made each draft: log ${number}`,
    );
  const kept = await sound(world, { number, row, draft });
  const order = orderOf(kept);
  const people = new Map((await world.store.people()).map((p) => [p.id as string, p.name]));
  const says = (source: string): string => authorWords(source, file, people);
  return {
    number,
    sha256: draft.sha256,
    version: draft.version,
    rehearsal: world.facility.rehearsal,
    authors: authorsIn(kept, order, says),
    files: await filesIn(world, { number, kept, order, draft }),
  };
}

type Recorded = {
  readonly number: string;
  readonly row: AttributionRow;
  readonly draft: DraftRow;
};

/** What was kept, if it is what the entry of this draft names. */
async function sound(world: Needs, { number, row, draft }: Recorded): Promise<Kept> {
  const trail = await world.store.trail({ task: row.taskId });
  const entry = trail.findLast((e) => e.type === 'draft.attributed' && e.draft === draft.sha256);
  const named = entry?.data['attribution_sha256'];
  const hash = sha256(row.content);
  if (named === hash) return readAttribution(row.content);
  const said = typeof named === 'string' ? named.slice(0, 12) : 'nothing';
  throw new Fault(
    'conflict',
    `Expected who wrote what of ${number} to be what its entry names (${said}), got ${hash.slice(0, 12)}: one of them was changed. Nothing is shown of it; aios ledger verify says where the record was touched.`,
  );
}

/** The sources of which something is left, who wrote most first: their places in the list that people see. */
function orderOf({ files }: Kept): readonly number[] {
  const present = files.flatMap(({ runs, whole }) => [
    ...runs.map(({ source }) => source),
    ...(whole === null ? [] : [whole]),
  ]);
  const totals = totalsOf(files).map(({ source }) => source);
  return [...new Set([...totals, ...present])];
}

function authorsIn(
  { sources, files }: Kept,
  order: readonly number[],
  says: (source: string) => string,
): readonly BlamedAuthor[] {
  const totals = totalsOf(files);
  const words = order.map((source) => totals.find((share) => share.source === source)?.words ?? 0);
  const percents = percentsOf(words);
  return order.map((source, place) => ({
    mark: markOf(place),
    says: says(sources[source] ?? ''),
    words: words[place] ?? 0,
    percent: percents[place] ?? 0,
  }));
}

/** An author in words. Several drafts by one model and persona are told apart by their numbers. */
function authorWords(
  source: string,
  { attempts, drafts }: TaskFile,
  people: ReadonlyMap<string, string>,
): string {
  const { by, id } = authorOf(source);
  if (by === 'brought_in') return 'brought in with the request';
  if (by === 'person') return `by ${people.get(id) ?? 'a person'}`;
  const attempt = attempts.find((a) => a.id === id);
  if (attempt === undefined) return 'by an attempt';
  const who =
    attempt.lane === 'tool' ? 'an exact program' : `model ${attempt.model ?? 'that is not known'}`;
  const alike = attempts.filter((a) => a.model === attempt.model && a.persona === attempt.persona);
  const made = alike.filter((a) => drafts.some((d) => d.attemptId === a.id)).length;
  const version = drafts.find((d) => d.attemptId === id)?.version;
  const which = made > 1 && version !== undefined ? `, draft ${version}` : '';
  return `by ${who} as persona ${attempt.persona}${which}`;
}

type Draft = {
  readonly number: string;
  readonly kept: Kept;
  readonly order: readonly number[];
  readonly draft: DraftRow;
};

async function filesIn(world: Needs, of: Draft): Promise<readonly BlamedFile[]> {
  const files: BlamedFile[] = [];
  for (const { name, body } of of.draft.files) {
    const kept = of.kept.files.find((file) => file.body === body);
    if (kept === undefined)
      throw new Fault('conflict', `It was not recorded who wrote ${name} of ${of.number}.`);
    const bytes = await unlessErased<Uint8Array | null>(world.bodies.get(body), null);
    files.push(fileOf(kept, { name, bytes, ...of }));
  }
  return files;
}

type Opened = Draft & { readonly name: string; readonly bytes: Uint8Array | null };

function fileOf(kept: KeptFile, { number, name, bytes, order }: Opened): BlamedFile {
  const place = (source: number): number => order.indexOf(source);
  const shares: Share[] = kept.shares.map(({ source, words }) => ({
    source: place(source),
    words,
  }));
  const about = { name, shares, coarse: kept.coarse };
  if (bytes === null) return { ...about, content: { is: 'erased' } };
  const { text } = versionFile(name, bytes);
  if (kept.whole !== null) return { ...about, content: { is: 'bytes', author: place(kept.whole) } };
  if (text === null || (kept.runs.at(-1)?.to ?? 0) > text.length)
    throw new Fault('conflict', `What is recorded of ${name} of ${number} is not about this text.`);
  const runs = kept.runs.map((run) => ({ ...run, source: place(run.source) }));
  return { ...about, content: { is: 'text', lines: linesOf(text, runs) } };
}

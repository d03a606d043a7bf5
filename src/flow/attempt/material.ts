import type { BodyId } from '../../core/id.ts';
import type { Block } from '../../core/fence.ts';
import { turnAfter } from '../../core/order.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Finding } from '../../core/verdict.ts';
import type { WayOut } from './way-out.ts';
import { bodiesOf, filesFor, givenFiles, labelOf, shownOf } from './given-files.ts';
import { countWords, textOf } from '../plan/piece.ts';
import type { BroughtFile } from '../plan/brought.ts';
import type { PieceBody } from '../plan/piece.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { DraftFile, DraftRow, ReviewReport, TaskRow } from '../ports/rows-work.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

export type Material = {
  /** What a model reads, as it was brought; file names as they may go out. */
  readonly blocks: readonly Block[];
  /** The person's own words in it. */
  readonly words: string;
  readonly files: readonly NamedFile[];
  /** The bodies those files are kept in, of a document that of its text and its own. */
  readonly context: readonly BodyId[];
};

/** What a persona gets: the person's words, the files as data, and on a redo what was found in the last draft. */
export async function materialOf(
  world: World,
  file: TaskFile,
  { kind, wayOut }: { readonly kind: WorkKind; readonly wayOut: Pick<WayOut, 'fileName'> },
): Promise<Material> {
  const piece = await pieceOf(world, file.task);
  const all = [...piece.files, ...(await fromBefore(world, file.task))];
  // What was delivered before takes the place of what it was made from.
  const kept = [...new Map(all.map((f) => [f.name, f])).values()];
  const given = await givenFiles(world, kept);
  const before = file.drafts.at(-1);
  const redo = before === undefined ? [] : await redoPart(world, { file, before, wayOut });
  const words = [piece.text, ...piece.said].join('\n');
  const named = given.map((one) => ({
    label: labelOf(one, wayOut.fileName(one.brought.name)),
    text: shownOf(one),
  }));
  const blocks = [{ label: 'request', text: words }, ...named, ...redo];
  const files = filesFor({ lane: file.task.lane, kind }, given);
  return { blocks, words, files, context: given.flatMap(bodiesOf) };
}

/** The files that were delivered of the task this one comes after. */
async function fromBefore(world: World, { after }: TaskRow): Promise<readonly DraftFile[]> {
  const before = after === null ? null : await world.store.taskFile(after);
  if (before === null || turnAfter(before.task.state) !== 'go') return [];
  return before.drafts.find((d) => d.id === before.task.draftId)?.files ?? [];
}

/** Words inside those of the files that are text, and in the text of documents. */
export async function wordsInFiles(
  world: Pick<World, 'bodies'>,
  files: readonly BroughtFile[],
): Promise<number> {
  const texts = (await givenFiles(world, files)).map((f) => textOf(f.bytes));
  return texts.reduce((sum, text) => sum + (text === undefined ? 0 : countWords(text)), 0);
}

export async function pieceOf(world: World, task: TaskRow): Promise<PieceBody> {
  return JSON.parse(textOf(await world.bodies.get(task.bodyId)) ?? '{}') as PieceBody;
}

/** Bytes of kept files by their names. */
export async function filesOf(
  world: World,
  files: readonly DraftFile[],
): Promise<readonly NamedFile[]> {
  return Promise.all(
    files.map(async (f) => ({ name: f.name, bytes: await world.bodies.get(f.body) })),
  );
}

type Redo = {
  readonly file: TaskFile;
  readonly before: DraftRow;
  readonly wayOut: Pick<WayOut, 'fileName'>;
};

async function redoPart(world: World, { file, before, wayOut }: Redo): Promise<readonly Block[]> {
  const drafts = await filesOf(world, before.files);
  const review = file.reviews.findLast((r) => r.draftId === before.id);
  const decision = file.decisions.findLast(
    (d) => d.verb === 'send_back' && d.draftSha256 === before.sha256,
  );
  const findings = review === undefined ? [] : (await reportOf(world, review.reportBody)).findings;
  const reason =
    decision?.reasonBody == null ? null : textOf(await world.bodies.get(decision.reasonBody));
  return [
    ...drafts.map((f) => ({
      label: `last draft ${wayOut.fileName(f.name)}`,
      text: textOf(f.bytes) ?? '(not text)',
    })),
    ...(findings.length === 0
      ? []
      : [{ label: 'findings on the last draft', text: findingLines(findings) }]),
    ...(reason == null ? [] : [{ label: 'why a person sent it back', text: reason }]),
  ];
}

export async function reportOf(world: World, body: ReviewRow['reportBody']): Promise<ReviewReport> {
  return JSON.parse(textOf(await world.bodies.get(body)) ?? '{}') as ReviewReport;
}

type ReviewRow = TaskFile['reviews'][number];

/** At most ten go back, faults before warnings: more than that is not read by anyone. */
function findingLines(findings: readonly Finding[]): string {
  const order = ['error', 'warn'];
  return findings
    .filter((f) => order.includes(f.level))
    .sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
    .slice(0, 10)
    .map(
      (f) =>
        `${f.where.file}:${f.where.line ?? '?'} ${f.ruleId}: ${f.why}${f.fix === undefined ? '' : ` (${f.fix})`}`,
    )
    .join('\n');
}

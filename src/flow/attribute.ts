import { totalsOf } from '../core/attribution.ts';
import { authorOf, BROUGHT_IN, sourceOf } from '../core/author.ts';
import type { Author } from '../core/author.ts';
import { versionFile } from '../core/blame/blame-held.ts';
import type { VersionFile } from '../core/blame/blame-held.ts';
import { addVersion, attributionOf, grainFor, newChain } from '../core/blame/blame.ts';
import { Fault } from '../core/fault.ts';
import { packAttribution } from '../ledger/attribution.ts';
import type { Kept } from '../ledger/attribution.ts';
import type { OpenAct } from './act.ts';
import { draftedFrom, givenFiles } from './attempt/given-files.ts';
import { filesOf, pieceOf } from './attempt/material.ts';
import { noteOn } from './move.ts';
import type { PieceBody } from './plan/piece.ts';
import type { DraftFile, DraftRow, TaskRow } from './ports/rows-work.ts';
import type { TaskFile } from './ports/store.ts';
import type { World } from './ports/world.ts';
import type { RuleRef } from '../core/rule.ts';

type Of = { readonly file: TaskFile; readonly draft: DraftRow };

/**
 * Who wrote which words of a draft: what the person wrote and attached, and every draft up to this one, are compared
 * one after the other. The same bodies have the same answer. Null where one of those texts is gone: then it cannot be
 * said any more.
 */
export async function attributionFor(world: World, { file, draft }: Of): Promise<Kept | null> {
  const drafts = file.drafts.filter(({ version }) => version <= draft.version);
  try {
    return await chained(world, await pieceOf(world, file.task), drafts);
  } catch (thrown) {
    if (thrown instanceof Fault && (thrown.code === 'erased' || thrown.code === 'not_found'))
      return null;
    throw thrown;
  }
}

async function chained(world: World, piece: PieceBody, drafts: readonly DraftRow[]): Promise<Kept> {
  const sizes = [piece.files.map((f) => f.text ?? f), ...drafts.map(({ files }) => files)].map(
    sizeOf,
  );
  const chain = newChain(world.report.diff, grainFor(sizes));
  const given = draftedFrom(await givenFiles(world, piece.files));
  const brought = [wordsOf(piece), ...given.map(({ name, bytes }) => versionFile(name, bytes))];
  addVersion(chain, { source: sourceOf(BROUGHT_IN), files: brought });
  // One draft is read after the other: other work of this process goes on between them.
  for (const draft of drafts)
    addVersion(chain, {
      source: sourceOf(authorIn(draft)),
      files: await filesIn(world, draft.files),
    });
  const { sources, files } = attributionOf(chain);
  const bodies = new Map(drafts.at(-1)?.files.map(({ name, body }) => [name, body]));
  return {
    sources,
    files: files.map(({ name, ...file }) => ({ ...file, body: bodies.get(name) ?? name })),
  };
}

/** Whose how many words are, most first. */
function sharesOf(kept: Kept): readonly (Author & { readonly words: number })[] {
  return totalsOf(kept.files).map(({ source, words }) => ({
    ...authorOf(kept.sources[source] ?? ''),
    words,
  }));
}

function wordsIn(shares: readonly { readonly words: number }[]): number {
  return shares.reduce((sum, { words }) => sum + words, 0);
}

/**
 * How many words of a draft people of the practice wrote or changed, of all its words: part of the evidence of an
 * approval. Null where it holds no text, or where a text it came from is gone.
 */
export async function editedWords(
  world: World,
  of: Of,
): Promise<{ readonly words: number; readonly of: number } | null> {
  const kept = await attributionFor(world, of);
  if (kept === null) return null;
  const shares = sharesOf(kept);
  const all = wordsIn(shares);
  return all === 0 ? null : { words: wordsIn(shares.filter(({ by }) => by === 'person')), of: all };
}

function sizeOf(files: readonly Pick<DraftFile, 'size'>[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

async function filesIn(world: World, files: readonly DraftFile[]): Promise<VersionFile[]> {
  return (await filesOf(world, files)).map(({ name, bytes }) => versionFile(name, bytes));
}

/** What was written in the request itself is brought in like a file. */
function wordsOf({ text, said }: PieceBody): VersionFile {
  return versionFile('request', new TextEncoder().encode([text, ...said].join('\n')));
}

function authorIn({ attemptId, personId, sha256 }: DraftRow): Author {
  if (attemptId !== null) return { by: 'attempt', id: attemptId };
  if (personId !== null) return { by: 'person', id: personId };
  throw new Error(`the draft ${sha256} is neither an attempt's nor a person's`);
}

/** Keeps who wrote which words of a draft, and says so in the record: the hash of it, and how many words are whose. */
export function attribute(
  act: OpenAct,
  task: TaskRow,
  of: { draft: DraftRow; kept: Kept; rule: RuleRef },
): void {
  const { draft, kept, rule } = of;
  const { bytes, sha256 } = packAttribution(kept);
  const shares = sharesOf(kept);
  const lastEntry = noteOn(act, task, {
    type: 'draft.attributed',
    actor: { kind: 'rule', id: rule },
    rule,
    draft: draft.sha256,
    data: {
      attribution_sha256: sha256,
      words: wordsIn(shares),
      shares,
    },
  });
  act.change({
    insert: 'attribution',
    row: {
      draftId: draft.id,
      taskId: task.id,
      clientId: task.clientId,
      sha256,
      content: bytes,
      lastEntry,
    },
  });
}

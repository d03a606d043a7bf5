import { documentType } from '../../core/document.ts';
import { sha256 } from '../../core/draft.ts';
import { countMarks } from '../../core/private-marks.ts';
import { Fault } from '../../core/fault.ts';
import { ofRequest } from '../about.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import type { RequestBody } from '../request-body.ts';
import { answerBy, nothingToDo } from './nothing.ts';
import type { BroughtFile } from './brought.ts';
import { countWords, textOf } from './piece.ts';
import { placedBefore } from './place-request.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestFile } from '../ports/store.ts';
import type { BodyAbout, World } from '../ports/world.ts';

/** A request whose client is known. */
export type Placed = RequestFile & { readonly client: ClientRow };
export type TakenFile = { readonly file: BroughtFile; readonly words: number };

/** Fetches and keeps the files; null when they cannot be had, which the requester is told. */
export async function takeFiles(
  world: World,
  act: OpenAct,
  { around, body }: { around: Placed; body: RequestBody },
): Promise<readonly TakenFile[] | null> {
  try {
    return await keepFiles(world, act, {
      files: await world.slack.fetch(body.files),
      about: ofRequest(around.request, around.client.id),
    });
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.retry) throw thrown;
    const told = openAct(world.clock);
    await nothingToDo(world, told, {
      around,
      answered: [answerBy(world, 'ASK-FILES', thrown.message)],
      cause: await placedBefore(world, told, around),
    });
    return null;
  }
}

/**
 * Puts files into bodies; names are kept as the person wrote them, made safe as paths. The text of a document is read
 * once, here, and kept beside it as a body of its own that is erased with it.
 */
export async function keepFiles(
  world: World,
  act: OpenAct,
  { files, about }: { files: readonly NamedFile[]; about: BodyAbout },
): Promise<readonly TakenFile[]> {
  const kept: TakenFile[] = [];
  for (const file of files) {
    const { name, bytes } = file;
    const { ref, row } = await world.bodies.put('file', about, bytes);
    act.change({ insert: 'body', row });
    const brought = { name, size: bytes.length, sha256: sha256(bytes), body: ref.id };
    kept.push(
      documentType(name) === undefined
        ? counted(brought, textOf(bytes))
        : await withText(world, act, { file, brought, about }),
    );
  }
  return kept;
}

type Document = {
  readonly file: NamedFile;
  readonly brought: BroughtFile;
  readonly about: BodyAbout;
};

async function withText(
  world: World,
  act: OpenAct,
  { file, brought, about }: Document,
): Promise<TakenFile> {
  const read = await world.exact.read(file, new AbortController().signal);
  if (read.is === 'unreadable') return { file: { ...brought, unread: read.why }, words: 0 };
  const { ref, row } = await world.bodies.put('file', about, read.text);
  act.change({ insert: 'body', row });
  const text = { body: ref.id, size: ref.bytes, notes: read.notes };
  return counted({ ...brought, text }, read.text);
}

/** What is kept of a text beside the text: how many words it has and which private marks. */
function counted(brought: BroughtFile, text: string | undefined): TakenFile {
  if (text === undefined) return { file: brought, words: 0 };
  return { file: { ...brought, marks: countMarks(text) }, words: countWords(text) };
}

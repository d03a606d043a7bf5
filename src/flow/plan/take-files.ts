import { sha256 } from '../../core/draft.ts';
import { Fault } from '../../core/fault.ts';
import { ofRequest } from '../about.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import type { RequestBody } from '../request-body.ts';
import { answerBy, nothingToDo } from './nothing.ts';
import { countWords, textOf } from './piece.ts';
import { placedBefore } from './place-request.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { DraftFile } from '../ports/rows-work.ts';
import type { RequestFile } from '../ports/store.ts';
import type { BodyAbout, World } from '../ports/world.ts';

/** A request whose client is known. */
export type Placed = RequestFile & { readonly client: ClientRow };
export type TakenFile = { readonly file: DraftFile; readonly words: number };

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

/** Puts files into bodies; names are kept as the person wrote them, made safe as paths. */
export async function keepFiles(
  world: World,
  act: OpenAct,
  { files, about }: { files: readonly NamedFile[]; about: BodyAbout },
): Promise<readonly TakenFile[]> {
  const kept: TakenFile[] = [];
  for (const { name, bytes } of files) {
    const { ref, row } = await world.bodies.put('file', about, bytes);
    act.change({ insert: 'body', row });
    const text = textOf(bytes);
    kept.push({
      file: { name, size: bytes.length, sha256: sha256(bytes), body: ref.id },
      words: text === undefined ? 0 : countWords(text),
    });
  }
  return kept;
}

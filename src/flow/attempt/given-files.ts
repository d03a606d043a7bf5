import { documentType, textName } from '../../core/document.ts';
import type { BodyId } from '../../core/id.ts';
import type { WorkKind } from '../../core/kind.ts';
import type { Lane } from '../../core/lane.ts';
import type { BroughtFile } from '../plan/brought.ts';
import { textOf } from '../plan/piece.ts';
import type { NamedFile } from '../ports/exact.ts';
import type { World } from '../ports/world.ts';

/** A file that came with a piece, as it is worked on. */
export type GivenFile = {
  readonly brought: BroughtFile;
  /** Its bytes; of a document those of its text. */
  readonly bytes: Uint8Array;
  /** The body these are kept in. */
  readonly body: BodyId;
};

/** The files that came with a piece. Throws Fault `erased` when one of them is gone. */
export async function givenFiles(
  { bodies }: Pick<World, 'bodies'>,
  files: readonly BroughtFile[],
): Promise<readonly GivenFile[]> {
  return Promise.all(
    files.map(async (brought) => {
      const body = brought.text?.body ?? brought.body;
      return { brought, bytes: await bodies.get(body), body };
    }),
  );
}

/** The bodies behind a file, so that whoever wants it erased finds both in the record. */
export function bodiesOf({ brought, body }: GivenFile): readonly BodyId[] {
  return body === brought.body ? [body] : [body, brought.body];
}

/** What stands above a file in the material, by the name it goes out under: a text that was read out of it is no longer the whole file. */
export function labelOf({ brought: { text } }: GivenFile, name: string): string {
  if (text === undefined) return `file ${name}`;
  const lost = ['layout, images and comments are not in it', ...text.notes].join('; ');
  return `text of ${name}, as read by the program; ${lost}`;
}

/** What stands for a file in the material. */
export function shownOf({ brought: { unread }, bytes }: GivenFile): string {
  if (unread !== undefined) return `(could not be read: ${unread})`;
  return textOf(bytes) ?? `(${bytes.length} bytes, not text)`;
}

/** The files under the names people know them by; for an exact program that takes documents, their text is Markdown. */
export function filesFor(
  { lane, kind }: { readonly lane: Lane; readonly kind: WorkKind },
  given: readonly GivenFile[],
): readonly NamedFile[] {
  return given.map(({ brought: { name, text }, bytes }) => {
    const type = documentType(name) ?? '';
    const isProse = text !== undefined && kind.needs.files?.includes(type) === true;
    return { name: lane === 'tool' && isProse ? `${name}.md` : name, bytes };
  });
}

/** The files as a draft may go back to them: of a document the text, under the name that it comes back by. */
export function draftedFrom(given: readonly GivenFile[]): readonly NamedFile[] {
  return given.map(({ brought: { name, text }, bytes }) => ({
    name: text === undefined ? name : textName(name),
    bytes,
  }));
}

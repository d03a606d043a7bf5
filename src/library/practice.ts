import { sha256 } from '../core/draft.ts';
import { readText } from './read-text.ts';

/** A source that is not there, and which half of it. */
type Dead = { readonly says: string; readonly at: 'document' | 'heading' };

/** The practice's own documents: finds the section a rule rests on. */
export type Practice = {
  /** SHA-256 hex of the section under a heading; a sentence when the document or the heading is not there. */
  section(document: string, heading: string): { readonly hash: string } | Dead;
  /** Every document that is there, by name, with its exact text. */
  readonly documents: readonly (readonly [name: string, text: string])[];
};

/** Reads the documents that rules cite, from the folder of the rules. A missing one is told at the rule that cites it. */
export async function readPractice(folder: string, names: readonly string[]): Promise<Practice> {
  const texts = new Map<string, string | undefined>();
  const gots = new Map<string, string>();
  for (const name of [...new Set(names)].sort()) {
    const found = await readText(folder, name);
    texts.set(name, 'text' in found ? found.text : undefined);
    if ('got' in found) gots.set(name, found.missing ? 'none' : found.got);
  }
  const sections = new Map([...texts].map(([name, text]) => [name, sectionsOf(text ?? '')]));
  return {
    documents: [...texts].flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    section: (document, heading) => {
      if (texts.get(document) === undefined)
        return {
          at: 'document',
          says: `expected the document rules/${document}, got ${gots.get(document) ?? 'none'}. Write it or mend the name.`,
        };
      const text = sections.get(document)?.get(heading);
      if (text === undefined)
        return {
          at: 'heading',
          says: `expected the heading "${heading}" in rules/${document}, got none. Write that paragraph or cite another.`,
        };
      return { hash: sha256(text) };
    },
  };
}

/** The sections of a Markdown text by heading: each up to the next heading of the same or a higher level. */
export function sectionsOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n');
  const heads = lines.flatMap((line, at) => {
    const found = /^(#{1,6})\s+(.+?)\s*#*$/.exec(line);
    return found === null ? [] : [{ at, level: found[1]?.length ?? 1, title: found[2] ?? '' }];
  });
  return new Map(
    heads.map(({ at, level, title }) => {
      const end = heads.find((next) => next.at > at && next.level <= level)?.at ?? lines.length;
      return [title, lines.slice(at, end).join('\n').trim()];
    }),
  );
}

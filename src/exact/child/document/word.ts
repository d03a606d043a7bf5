import mammoth from 'mammoth';
import { markdownOf } from './markdown.ts';
import type { Reader } from './reader.ts';
import { sieve } from './sieve.ts';

/** Text, styles, numbering, foot- and endnotes, links: not pictures, comments, macros, headers or what is embedded. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/[\w.]+\.rels|(document\d*|styles|numbering|footnotes|endnotes)\.xml))$/;

/** Reads a docx: what Word shows with all changes accepted, as Markdown with its headings, lists and tables. */
export const readWord: Reader = async (bytes) => {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(sieve(bytes, PARTS)) },
    {
      // A docx may bring a style map of its own: how it is read is ours to say.
      includeEmbeddedStyleMap: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    },
  );
  const { text, pictures } = markdownOf(value);
  return { text, notes: pictures === 0 ? [] : [`${pictures} of its pictures cannot be seen`] };
};

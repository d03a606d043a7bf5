import type { DocumentType } from '../../../core/document.ts';
import { documentType } from '../../../core/document.ts';
import { Fault } from '../../../core/fault.ts';
import type { ReadDocument } from '../../../flow/ports/exact.ts';
import { CAPS } from '../../caps.ts';
import type { WireFile } from '../../wire.ts';
import type { EngineName, Engines } from '../engine.ts';

/** A document that cannot be read, and why in words: thrown from wherever that shows. */
export class Unreadable extends Error {}

/** The text of a document and what of it is no text. Throws `Unreadable`; whatever else it throws says that it is broken. */
export type Reader = (bytes: Uint8Array) => Promise<{ text: string; notes: readonly string[] }>;

type Engine = { readonly name: EngineName; readonly load: () => Promise<Reader> };

/** Each library is loaded when the first document of its type comes: nothing else pays for it. */
const ENGINES: Readonly<Record<DocumentType, Engine>> = {
  docx: { name: 'mammoth', load: async () => (await import('./word.ts')).readWord },
  pdf: { name: 'unpdf', load: async () => (await import('./pdf.ts')).readPdf },
  xlsx: { name: 'read-excel-file', load: async () => (await import('./sheets.ts')).readSheets },
};

/** Reads one document. Whatever is wrong with it is said in words. Throws Fault `bad_input` for a file of another type. */
export async function readDocument(
  file: WireFile | undefined,
  engines: Engines,
): Promise<ReadDocument> {
  const type = documentType(file?.name ?? '');
  if (file === undefined || type === undefined)
    throw new Fault('bad_input', 'Expected one docx, pdf or xlsx to read, got another file.');
  const { name, load } = ENGINES[type];
  const reader = await load();
  try {
    const bytes = new Uint8Array(Buffer.from(file.base64 ?? '', 'base64'));
    return fitting(await engines.run(name, () => reader(bytes)));
  } catch (thrown) {
    const why =
      thrown instanceof Unreadable
        ? thrown.message
        : `it is damaged, or no ${type} whatever its name says. Save it anew, or add its text.`;
    return { is: 'unreadable', why };
  }
}

function fitting({ text, notes }: Awaited<ReturnType<Reader>>): ReadDocument {
  const whole = `${text.trim()}\n`;
  holdLength(Buffer.byteLength(whole));
  if (!/[\p{L}\p{N}]/u.test(whole))
    throw new Unreadable('it has no text, only pictures or nothing at all. Add it as text.');
  return { is: 'text', text: whole, notes };
}

/** No longer than what every exact program takes: half a text would be worse than none. */
export function holdLength(bytes: number): void {
  if (bytes > CAPS.file)
    throw new Unreadable(
      `its text is longer than ${CAPS.file / 1024} KB, about 40,000 words. Send the part it is about.`,
    );
}

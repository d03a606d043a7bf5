import type { DocumentType } from '../../../core/document.ts';
import { documentType } from '../../../core/document.ts';
import { Fault } from '../../../core/fault.ts';
import type { ReadDocument } from '../../../flow/ports/exact.ts';
import type { WireFile } from '../../wire.ts';
import type { EngineName, Engines } from '../engine.ts';
import { holdLength, Unreadable } from './reader.ts';
import type { Reader } from './reader.ts';

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

/** Types of files that are no text themselves and whose text an exact program reads. */
export const DOCUMENT_TYPES = ['docx', 'pdf', 'xlsx'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** The type of a document by the end of its name; undefined for every other file. */
export function documentType(name: string): DocumentType | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return name.includes('.') ? DOCUMENT_TYPES.find((type) => type === ending) : undefined;
}

/** The name under which the text of a document comes back, `report.docx` as `report.md`; any other name as it is. */
export function textName(name: string): string {
  return documentType(name) === undefined ? name : `${name.slice(0, name.lastIndexOf('.'))}.md`;
}

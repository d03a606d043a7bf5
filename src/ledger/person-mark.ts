/** How a document names somebody the record knows by a random id alone: `person 551766c5304c`, the part of it that is random. */
export function personMark(id: string): string {
  return `person ${id.slice(id.lastIndexOf('-') + 1)}`;
}

/** One row of CSV (RFC 4180) with its line break. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Quoted where it must be; a leading sign that a spreadsheet would take for a formula is made text, but for numbers. */
function cell(text: string): string {
  const plain =
    /^[=+\-@\t\r]/.test(text) && !/^-?[0-9]+(?:\.[0-9]+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

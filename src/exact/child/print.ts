/** Small printers for the files the programs make. Everything that comes from a draft is escaped here. */

/** A value inside a Markdown table or line: nothing of it can become markup. */
export function md(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`)
    .trim();
}

/** A quote in Markdown as code, with a fence longer than any run of backticks in it. */
export function mdCode(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...[...words.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${words}\`` : `${fence} ${words} ${fence}`;
}

/** The same inside a table cell, where a bar would end the cell. */
export function mdCell(text: string): string {
  return mdCode(text).replaceAll('|', '\\|');
}

export function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** RFC 4180; a leading =, +, - or @ gets a ' so that no spreadsheet takes a draft's words for a formula. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => row.map(csvCell).join(',')).join('\r\n') + '\r\n';
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `1 page`, `3 pages`. */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many} ${many === 1 ? one : more}`;
}

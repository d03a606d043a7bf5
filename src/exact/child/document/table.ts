/** A cell of a table, with how many columns and rows it covers. */
export type Cell = { readonly text: string; readonly columns: number; readonly rows: number };

/**
 * Rows as a Markdown table, the first as its head. A cell that covers several places stands in the first, the others
 * are empty, so that every column stays a column.
 */
export function tableText(rows: readonly (readonly Cell[])[]): string {
  const placed = placedRows(rows);
  const width = Math.max(0, ...placed.map((row) => row.length));
  if (width === 0) return '';
  const lines = placed.map((row) => line(Array.from({ length: width }, (_, at) => row[at] ?? '')));
  const [head = '', ...body] = lines;
  return [head, line(Array.from({ length: width }, () => '---')), ...body].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}

function placedRows(rows: readonly (readonly Cell[])[]): string[][] {
  /** For each column, how many rows a cell from above still covers. */
  const covered: number[] = [];
  return rows.map((row) => {
    const placed: string[] = [];
    const skip = (): void => {
      while ((covered[placed.length] ?? 0) > 0) {
        covered[placed.length] = (covered[placed.length] ?? 0) - 1;
        placed.push('');
      }
    };
    for (const cell of row) {
      skip();
      for (let column = 0; column < cell.columns; column += 1) {
        covered[placed.length] = cell.rows - 1;
        placed.push(column === 0 ? cell.text : '');
      }
    }
    skip();
    return placed;
  });
}

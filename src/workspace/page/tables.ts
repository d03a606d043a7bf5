import type { DataTableBlock, TableBlock } from '@slack/types';
import { type Child, h } from './dom.ts';
import { scrolling } from './prose.ts';
import { richText } from './rich.ts';
import type { Directory } from './scene.ts';

type Cell = TableBlock['rows'][number][number];

function cellContent(directory: Directory, cell: Cell): Child {
  return cell.type === 'rich_text' ? richText(directory, cell) : cell.text;
}

interface Shape {
  readonly caption?: string;
  /** Which column names its row. */
  readonly header: number;
  readonly aligns: readonly (string | undefined)[];
}

function grid(directory: Directory, rows: TableBlock['rows'], shape: Shape): HTMLElement {
  const props = (one: Cell, column: number): { class: string } => {
    const natural = one.type === 'raw_number' ? 'right' : 'left';
    return { class: `to-${shape.aligns[column] ?? natural}` };
  };
  const [head = [], ...body] = rows;
  const top = head.map((one, column) =>
    h('th', { scope: 'col', ...props(one, column) }, cellContent(directory, one)),
  );
  const lines = body.map((row) =>
    row.map((one, column) =>
      column === shape.header
        ? h('th', { scope: 'row', ...props(one, column) }, cellContent(directory, one))
        : h('td', props(one, column), cellContent(directory, one)),
    ),
  );
  const made = h(
    'table',
    {},
    shape.caption === undefined ? null : h('caption', {}, shape.caption),
    h('thead', {}, h('tr', {}, ...top)),
    h('tbody', {}, ...lines.map((cells) => h('tr', {}, ...cells))),
  );
  return scrolling(shape.caption ?? 'Table', made);
}

/** A table block: the first row is its head. */
export function table(directory: Directory, block: TableBlock): HTMLElement {
  const aligns = (block.column_settings ?? []).map((setting) => setting?.align);
  return grid(directory, block.rows, { header: -1, aligns });
}

/** A data_table block: with a caption and a column that names each row. */
export function dataTable(directory: Directory, block: DataTableBlock): HTMLElement {
  const header = block.row_header_column_index ?? 0;
  return grid(directory, block.rows, { caption: block.caption, header, aligns: [] });
}

import { h, lines } from './html.ts';
import type { Child, Html } from './html.ts';

export type Table = {
  readonly id: string;
  readonly caption: string;
  readonly head: readonly string[];
  /** Columns of numbers, from 0 on, which are set to the right. */
  readonly numbers?: readonly number[];
  /** Cells row by row; the first of a row is its heading. */
  readonly rows: readonly (readonly Child[])[];
  readonly foot?: readonly Child[];
};

/** A table that can be scrolled where it is wider than the window, by keyboard too, and is never cut in print. */
export function table({ id, caption, head, numbers = [], rows, foot }: Table): Html {
  const look = (i: number): Record<string, string> => (numbers.includes(i) ? { class: 'n' } : {});
  const row = (cells: readonly Child[]): Html =>
    h(
      'tr',
      {},
      ...cells.map((cell, i) =>
        i === 0 ? h('th', { scope: 'row' }, cell) : h('td', look(i), cell),
      ),
    );
  const heads = head.map((name, i) => h('th', { scope: 'col', ...look(i) }, name));
  return h(
    'div',
    { class: 'scroll', role: 'region', 'aria-labelledby': id, tabindex: '0' },
    h(
      'table',
      {},
      h('caption', { id }, caption),
      h('thead', {}, h('tr', {}, ...heads)),
      h('tbody', {}, lines(...rows.map(row))),
      ...(foot === undefined ? [] : [h('tfoot', {}, row(foot))]),
    ),
  );
}

/** Terms and what is said of each. */
export function terms(rows: readonly (readonly [string, Child])[]): Html {
  return h(
    'dl',
    {},
    lines(...rows.map(([term, said]) => h('div', {}, h('dt', {}, term), h('dd', {}, said)))),
  );
}

/** A part of the page under a heading, by which it is known. */
export function section(id: string, title: string, ...children: readonly Child[]): Html {
  return h('section', { 'aria-labelledby': id }, lines(h('h2', { id }, title), ...children));
}

import { MARKS } from '../../ledger/figures.ts';
import type { Figures } from '../../ledger/figures.ts';
import { h } from './html.ts';
import type { Html } from './html.ts';

/** Figures as elements that say which figure they are, so that they can be checked. */
export type Shown = {
  readonly total: (name: string) => Html;
  readonly cell: (key: string) => Html;
  readonly rule: (key: string) => Html;
  /** Whether such a figure is there. */
  readonly has: (of: keyof Figures, key: string) => boolean;
  /** A figure as the whole of an element, e.g. of a table cell. */
  readonly as: (element: string, of: keyof Figures, key: string) => Html;
};

/** Throws Error for a figure that is not there: a page must not make one up. */
export function showing(figures: Figures): Shown {
  const as = (element: string, of: keyof Figures, key: string): Html => {
    const text = figures[of].get(key);
    if (text === undefined) throw new Error(`there is no figure ${of} ${key}`);
    return h(element, { [MARKS[of]]: key }, text);
  };
  return {
    total: (name) => as('span', 'totals', name),
    cell: (key) => as('span', 'cells', key),
    rule: (key) => as('span', 'rules', key),
    has: (of, key) => figures[of].has(key),
    as,
  };
}

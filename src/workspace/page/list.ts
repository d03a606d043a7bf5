/** One line of a list: what it is, what it looks like now, and how to draw it. */
export interface Line {
  readonly key: string;
  /** Changes exactly when the line must be drawn again. */
  readonly look: string;
  readonly draw: () => HTMLElement;
}

/**
 * Keeps the children of `list` in step with `lines`, touching only what changed, so that focus, selection and
 * half-filled inputs of the other lines stay. A line that is drawn anew while it holds the focus gives it to the
 * same control, or where that is gone (a decided card) to its article.
 */
export function makeList(list: HTMLElement): (lines: readonly Line[]) => void {
  let drawn = new Map<string, { readonly look: string; readonly item: HTMLElement }>();
  return (lines) => {
    const next = new Map<string, { readonly look: string; readonly item: HTMLElement }>();
    for (const { key, look, draw } of lines) {
      const before = drawn.get(key);
      const item = before?.item ?? document.createElement('li');
      if (before?.look !== look) redraw(item, draw);
      next.set(key, { look, item });
    }
    for (const [key, { item }] of drawn) if (!next.has(key)) item.remove();
    let at = list.firstElementChild;
    for (const { item } of next.values()) {
      if (item === at) at = at.nextElementSibling;
      else list.insertBefore(item, at);
    }
    drawn = next;
  };
}

function redraw(item: HTMLElement, draw: () => HTMLElement): void {
  const focused = item.contains(document.activeElement) ? document.activeElement : null;
  item.replaceChildren(draw());
  if (focused === null) return;
  const same = focused.id === '' ? null : item.querySelector(`#${CSS.escape(focused.id)}`);
  const target = same ?? item.querySelector('article');
  if (target instanceof HTMLElement) target.focus();
}

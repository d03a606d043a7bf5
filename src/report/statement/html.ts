import { escaped } from '../../ledger/page-tokens.ts';

/** HTML that is finished. A plain string is words, and is escaped where it is put in. */
export type Html = { readonly html: string };
export type Child = Html | string;

type Attributes = Readonly<Record<string, string>>;

/** An element, e.g. `h('p', { id: 'a' }, 'Words')`. */
export function h(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Html {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return { html: `<${name}${written.join('')}>${htmlOf(children)}</${name}>` };
}

/** Several, one after another. */
export function join(...children: readonly Child[]): Html {
  return { html: htmlOf(children) };
}

/** Several, each on a line of its own, so that a place in the page can be found by its line. */
export function lines(...children: readonly Child[]): Html {
  return { html: children.map((child) => `\n${htmlOf([child])}`).join('') };
}

function htmlOf(children: readonly Child[]): string {
  return children
    .map((child) => (typeof child === 'string' ? escaped(child) : child.html))
    .join('');
}

/** A sentence with figures in it: words`It cost ${total('cost')}.` In its own text, {x} is code and *x* is strong. */
export function words(texts: readonly string[], ...between: readonly Child[]): Html {
  return join(...texts.flatMap((text, i) => [prose(text), between[i] ?? '']));
}

/** A paragraph of such a sentence. */
export function para(texts: readonly string[], ...between: readonly Child[]): Html {
  return h('p', {}, words(texts, ...between));
}

function prose(text: string): Html {
  const parts = text.split(/(\{[^}]+\}|\*[^*]+\*)/);
  return join(
    ...parts.map((part) => {
      if (part.startsWith('{')) return h('code', {}, part.slice(1, -1));
      return part.startsWith('*') ? h('strong', {}, part.slice(1, -1)) : part;
    }),
  );
}

import {
  applyEdits,
  childOf,
  childrenOf,
  insert,
  nameOf,
  type Edit,
  type PhpNode,
} from './php-source.ts';

const REQUEST = new Set(['_GET', '_POST', '_REQUEST', '_COOKIE']);
/** Whoever calls one of these has dealt with the value. */
const CLEANING =
  /^(?:sanitize_\w+|esc_\w+|absint|intval|floatval|wp_verify_nonce|wp_kses\w*|json_decode|map_deep|rawurlencode|in_array|array_map)$/;
const ASKING = new Set(['isset', 'empty', 'unset', 'cast']);

/** Whether a node is a value of the request such as `$_POST['id']`, however deep. */
export function isRequestValue(node: PhpNode | undefined): boolean {
  if (node?.kind !== 'offsetlookup') return false;
  const what = childOf(node, 'what');
  return REQUEST.has(nameOf(what)) || isRequestValue(what);
}

/** Edits that clean every request value below a node which nothing cleans yet. */
export function cleanRequestValues(node: PhpNode): Edit[] {
  if (ASKING.has(node.kind)) return [];
  if (node.kind === 'call') {
    const called = nameOf(childOf(node, 'what'));
    if (CLEANING.test(called)) return [];
    if (called === 'wp_unslash') return wrap(node, 'sanitize_text_field( ', ' )');
  }
  if (isRequestValue(node)) return wrap(node, 'sanitize_text_field( wp_unslash( ', ' ) )');
  return childrenOf(node).flatMap(cleanRequestValues);
}

/** The source text of a node with its request values cleaned. */
export function cleanText(node: PhpNode, source: string): string {
  const edits = cleanRequestValues(node).map((e) => ({
    ...e,
    start: e.start - node.start,
    end: e.end - node.start,
  }));
  return applyEdits(source.slice(node.start, node.end), edits);
}

export function wrap(node: PhpNode, before: string, after: string): Edit[] {
  return [insert(node.start, before), insert(node.end, after)];
}

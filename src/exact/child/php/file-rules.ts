import type { PhpHit } from './hit.ts';
import {
  calledFunction,
  children,
  everywhere,
  field,
  list,
  nameOf,
  stringOf,
  type PhpNode,
} from './tree.ts';

const GUARDS = new Set(['ABSPATH', 'WPINC', 'WP_UNINSTALL_PLUGIN']);
const INERT = new Set([
  'class',
  'interface',
  'trait',
  'enum',
  'namespace',
  'usegroup',
  'declare',
  'inline',
]);

/** A file of a plugin that does something when its address is opened, because nothing at its head stops it. */
export function guardHits(root: PhpNode): PhpHit[] {
  const top = topLevel(root);
  const guarded = top.some((node) => {
    const all = [node, ...everywhere(node)];
    const asks = all.some(
      (one) =>
        calledFunction(one) === 'defined' && GUARDS.has(stringOf(list(one, 'arguments')[0]) ?? ''),
    );
    return (
      asks &&
      all.some((one) => one.kind === 'exit' || one.kind === 'return' || one.kind === 'throw')
    );
  });
  if (guarded) return [];
  const level = top.every((node) => INERT.has(node.kind)) ? 'note' : 'error';
  return [
    {
      ruleId: 'wp/abspath-guard',
      level,
      node: undefined,
      why: 'The file runs when its address is opened directly.',
      fix: "Begin the file with if ( ! defined( 'ABSPATH' ) ) { exit; }.",
    },
  ];
}

function topLevel(root: PhpNode): PhpNode[] {
  return children(root).flatMap((node) =>
    node.kind === 'namespace' ? [...children(node)] : [node],
  );
}

export type GlobalName = { readonly name: string; readonly node: PhpNode };

/** Names a file puts into the one room all plugins share. */
export function globalNames(root: PhpNode): GlobalName[] {
  const open = children(root).flatMap((node) =>
    node.kind === 'if' ? [node, ...everywhere(node)] : [node],
  );
  return open.flatMap((node) => {
    const expression = field(node, 'expression');
    if (expression !== undefined && calledFunction(expression) === 'define')
      return [{ name: stringOf(list(expression, 'arguments')[0]) ?? '', node }];
    const isNamed =
      node.kind === 'function' ||
      node.kind === 'class' ||
      node.kind === 'interface' ||
      node.kind === 'trait';
    return isNamed && nameOf(node) !== '' ? [{ name: nameOf(node), node }] : [];
  });
}

/** The prefix most of the names share, undefined when less than half share one. */
export function commonPrefix(names: readonly GlobalName[]): string | undefined {
  const many = new Map<string, number>();
  for (const { name } of names) {
    const first = name.toLowerCase().split('_')[0] ?? '';
    if (name.includes('_') && first.length >= 3) many.set(first, (many.get(first) ?? 0) + 1);
  }
  const [best] = [...many].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] * 2 >= names.length ? best[0] : undefined;
}

/** Global names without the plugin's prefix: another plugin may have the same. */
export function prefixHits(names: readonly GlobalName[], prefix: string | undefined): PhpHit[] {
  return names
    .filter(({ name }) =>
      prefix === undefined ? !name.includes('_') : !name.toLowerCase().startsWith(prefix),
    )
    .map(({ name, node }) => ({
      ruleId: 'wp/prefix-globals',
      level: 'warn' as const,
      node,
      why: `The global name ${name} carries no prefix of this plugin; another plugin may use it too.`,
      fix: `Begin the name with ${prefix === undefined ? "the plugin's own prefix" : `${prefix}_`}, or put the file into a namespace.`,
    }));
}

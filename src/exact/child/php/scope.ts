import type { Source } from '../source.ts';
import { calledFunction, calledMethod, everywhere, inside, nameOf, type PhpNode } from './tree.ts';

/** A piece of code that runs as one: a function, a method, a closure, or what a file does when it is opened. */
export type Scope = {
  readonly source: Source;
  readonly node: PhpNode;
  /** Lower-case; empty for closures and for the file itself. */
  readonly name: string;
  /** Lower-case names of functions and methods it calls. */
  readonly calls: ReadonlySet<string>;
};

const KINDS = new Set(['function', 'method', 'closure', 'arrowfunc']);

/** The scopes of a file, the file itself first. */
export function scopesOf(source: Source, root: PhpNode): Scope[] {
  const nodes = [root, ...[...everywhere(root)].filter((node) => KINDS.has(node.kind))];
  return nodes.map((node) => ({
    source,
    node,
    name: node === root ? '' : nameOf(node).toLowerCase(),
    calls: callsOf(node),
  }));
}

function callsOf(node: PhpNode): Set<string> {
  const calls = new Set<string>();
  for (const one of inside(node)) {
    calls.add(calledFunction(one));
    calls.add(calledMethod(one));
  }
  calls.delete('');
  return calls;
}

/** A scope and, as far as they are among the files, all that it calls, directly or through others. */
export function withCallees(
  scope: Scope,
  byName: ReadonlyMap<string, readonly Scope[]>,
): Set<Scope> {
  const reached = new Set<Scope>([scope]);
  const open = [scope];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const callee of [...next.calls].flatMap((name) => byName.get(name) ?? [])) {
      if (reached.has(callee)) continue;
      reached.add(callee);
      open.push(callee);
    }
  }
  return reached;
}

import { REQUEST, valueOf, worst, type Known, type Value } from './value.ts';
import { children, field, list, nameOf, type PhpNode } from './tree.ts';

/** Called for every node of a scope with what its variables hold at that place. */
export type Visit = (node: PhpNode, known: Known) => void;

const CONDITIONAL = new Set([
  'if',
  'for',
  'foreach',
  'while',
  'do',
  'switch',
  'case',
  'try',
  'catch',
  'match',
  'retif',
]);
const SCOPES = new Set(['function', 'method', 'closure', 'arrowfunc']);

/**
 * Walks one scope in the order of its source and follows what its variables hold. An assignment that always happens
 * replaces what was known; one inside a branch can only make it worse.
 */
export function follow(scope: PhpNode, visit: Visit): void {
  const known = new Map<string, Value>();
  const walk = (node: PhpNode, sure: boolean): void => {
    if (SCOPES.has(node.kind)) return;
    visit(node, known);
    const inner = sure && !CONDITIONAL.has(node.kind);
    if (node.kind === 'foreach') learn(known, loopVariable(node, known), false);
    for (const child of children(node)) walk(child, inner);
    if (node.kind === 'assign') learn(known, assigned(node, known), sure);
  };
  for (const child of children(scope)) walk(child, true);
}

type Learned = { readonly name: string; readonly value: Value };

function learn(known: Map<string, Value>, what: Learned | undefined, sure: boolean): void {
  if (what === undefined || REQUEST.has(what.name)) return;
  const before = known.get(what.name);
  known.set(what.name, sure || before === undefined ? what.value : worst([before, what.value]));
}

function assigned(node: PhpNode, known: Known): Learned | undefined {
  const left = field(node, 'left');
  if (left?.kind !== 'variable') return undefined;
  const right = valueOf(field(node, 'right'), known);
  const before = known.get(nameOf(left)) ?? { trust: 'unknown' as const, query: false };
  return { name: nameOf(left), value: node['operator'] === '=' ? right : worst([before, right]) };
}

function loopVariable(node: PhpNode, known: Known): Learned | undefined {
  const value = field(node, 'value');
  if (value?.kind !== 'variable') return undefined;
  return { name: nameOf(value), value: { ...valueOf(field(node, 'source'), known), query: false } };
}

/** The expressions a node prints, none for a node that prints nothing. */
export function printed(node: PhpNode): PhpNode[] {
  if (node.kind === 'echo') return list(node, 'expressions');
  const one = field(node, 'expression');
  return (node.kind === 'print' || node.kind === 'exit') && one !== undefined ? [one] : [];
}

import php from 'php-parser';

/** A node of php-parser's tree, as loosely as its many kinds ask for. */
export type PhpNode = {
  readonly kind: string;
  readonly loc?: { readonly start: Spot; readonly end: Spot };
  readonly [field: string]: unknown;
};

type Spot = { readonly line: number; readonly column: number; readonly offset: number };

const engine = new php.Engine({
  parser: { extractDoc: false, suppressErrors: false },
  ast: { withPositions: true },
});

export type Parsed =
  | { readonly is: 'tree'; readonly root: PhpNode }
  | { readonly is: 'broken'; readonly says: string; readonly line: number };

/** Parses PHP; a text that does not parse is an answer, not a throw. */
export function parsePhp(text: string): Parsed {
  try {
    return { is: 'tree', root: engine.parseCode(text, 'draft.php') as unknown as PhpNode };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    const line = 'lineNumber' in thrown ? Number(thrown.lineNumber) : 1;
    return { is: 'broken', says: thrown.message.replace(/\s+on line \d+$/, ''), line };
  }
}

export function isNode(value: unknown): value is PhpNode {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'
  );
}

/** A field as node, undefined when it is none. */
export function field(node: PhpNode | undefined, name: string): PhpNode | undefined {
  const value = node?.[name];
  return isNode(value) ? value : undefined;
}

/** A field as list of nodes. */
export function list(node: PhpNode | undefined, name: string): PhpNode[] {
  const value = node?.[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The nodes right below, in the order of the source. */
export function children(node: PhpNode): PhpNode[] {
  return Object.entries(node)
    .filter(([name]) => name !== 'loc' && name !== 'leadingComments')
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

const SCOPES = new Set(['function', 'method', 'closure', 'arrowfunc']);

/** Every node below, in order; what stands inside another function belongs to that one and is left out. */
export function* inside(node: PhpNode): Generator<PhpNode> {
  for (const child of children(node)) {
    yield child;
    if (!SCOPES.has(child.kind)) yield* inside(child);
  }
}

/** Every node below, functions included. */
export function* everywhere(node: PhpNode): Generator<PhpNode> {
  for (const child of children(node)) {
    yield child;
    yield* everywhere(child);
  }
}

/** A name as written: `foo`, `wpdb`, the `b` of `$a->b`; empty when it is computed. */
export function nameOf(node: PhpNode | undefined): string {
  if (node === undefined) return '';
  const { name } = node;
  if (typeof name === 'string') return name.replace(/^\\/, '');
  return isNode(name) ? nameOf(name) : '';
}

/** The lower-case name of a called function, empty for methods and computed calls. */
export function calledFunction(node: PhpNode): string {
  const what = field(node, 'what');
  return node.kind === 'call' && what?.kind === 'name' ? nameOf(what).toLowerCase() : '';
}

/** The lower-case name of a called method: `$this->save()`, `Acme::save()`. */
export function calledMethod(node: PhpNode): string {
  const what = field(node, 'what');
  const isMethod =
    what?.kind === 'propertylookup' ||
    what?.kind === 'staticlookup' ||
    what?.kind === 'nullsafepropertylookup';
  return node.kind === 'call' && isMethod ? nameOf(field(what, 'offset')).toLowerCase() : '';
}

/** The method called on WordPress's database, as `get_results`; empty for any other call. */
export function databaseCall(node: PhpNode): string {
  const owner = field(field(node, 'what'), 'what');
  const isDatabase = nameOf(owner) === 'wpdb' || nameOf(field(owner, 'offset')) === 'wpdb';
  return isDatabase ? calledMethod(node) : '';
}

/** The text of a string node. */
export function stringOf(node: PhpNode | undefined): string | undefined {
  return node?.kind === 'string' && typeof node['value'] === 'string' ? node['value'] : undefined;
}

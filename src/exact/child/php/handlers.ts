import type { PhpHit } from './hit.ts';
import { withCallees, type Scope } from './scope.ts';
import {
  calledFunction,
  databaseCall,
  everywhere,
  inside,
  list,
  nameOf,
  stringOf,
  type PhpNode,
} from './tree.ts';

const NONCE = /^(?:check_admin_referer|check_ajax_referer|wp_verify_nonce)$/;
const ALLOWED =
  /^(?:current_user_can|user_can|is_super_admin|current_user_can_for_blog|current_user_can_for_site)$/;
const WRITES =
  /^(?:(?:update|add|delete)_(?:site_)?option|(?:update|add|delete)_(?:post|user|term|comment)_meta|wp_(?:insert|update|delete|trash)_\w+|wp_create_user|wp_set_\w+|wp_mail|wp_handle_upload|media_handle_upload|file_put_contents|fwrite|unlink|rename|move_uploaded_file|set_transient|delete_transient)$/;
const DATABASE_WRITES = /^(?:query|insert|update|delete|replace)$/;
const HOOK = /^(?:admin_post|wp_ajax)_(nopriv_)?/;

type Handler = { readonly open: boolean };

/**
 * Handlers without a nonce or capability check. A handler is what `admin_post_*` or `wp_ajax_*` calls, or what reads
 * the request and changes data; checks and changes count wherever they happen below it, in any of the files.
 */
export function handlerHits(scopes: readonly Scope[]): Map<Scope, PhpHit[]> {
  const byName = new Map<string, Scope[]>();
  for (const scope of scopes)
    if (scope.name !== '') byName.set(scope.name, [...(byName.get(scope.name) ?? []), scope]);
  const hooked = hookedNames(scopes);
  const hits = new Map<Scope, PhpHit[]>();
  for (const scope of scopes) {
    const all = [...withCallees(scope, byName)];
    const changes = all.some((one) => [...inside(one.node)].some(isWrite));
    const handler = hooked.get(scope.name);
    const reads = [...inside(scope.node)].some(
      (node) =>
        node.kind === 'variable' && (nameOf(node) === '_POST' || nameOf(node) === '_REQUEST'),
    );
    if (!changes || (handler === undefined && !reads)) continue;
    const callers = scope.name === '' ? [] : scopes.filter((one) => one.calls.has(scope.name));
    const guard = { own: [...all, ...callers], handler };
    hits.set(scope, [...withoutNonce(scope.node, guard), ...withoutCapability(scope.node, guard)]);
  }
  return hits;
}

type Guard = { readonly own: readonly Scope[]; readonly handler: Handler | undefined };

function withoutNonce(node: PhpNode, guard: Guard): PhpHit[] {
  if (guard.own.some((scope) => calls(scope, NONCE))) return [];
  return [
    {
      ruleId: 'wp/nonce',
      level: 'error',
      node,
      why: 'This handler changes data without checking a nonce: another site can make a logged-in visitor do it.',
      fix: "Print wp_nonce_field( 'action' ) in the form and call check_admin_referer( 'action' ) first.",
    },
  ];
}

/** A handler that is open to visitors who are not logged in has nobody to ask for a capability. */
function withoutCapability(node: PhpNode, guard: Guard): PhpHit[] {
  if (guard.handler?.open === true || guard.own.some((scope) => calls(scope, ALLOWED))) return [];
  const level = guard.handler === undefined ? 'warn' : 'error';
  return [
    {
      ruleId: 'wp/capability',
      level,
      node,
      why: 'This handler changes data without asking whether the user may.',
      fix: "Begin with if ( ! current_user_can( 'manage_options' ) ) { wp_die(); }, with the capability the page asks for.",
    },
  ];
}

function calls(scope: Scope, names: RegExp): boolean {
  return [...scope.calls].some((name) => names.test(name));
}

function isWrite(node: PhpNode): boolean {
  return WRITES.test(calledFunction(node)) || DATABASE_WRITES.test(databaseCall(node));
}

function hookedNames(scopes: readonly Scope[]): Map<string, Handler> {
  const found = new Map<string, Handler>();
  for (const root of scopes.filter((scope) => scope.node.kind === 'program')) {
    for (const node of everywhere(root.node)) {
      if (calledFunction(node) !== 'add_action') continue;
      const [hook, callback] = list(node, 'arguments');
      const match = HOOK.exec(stringOf(hook) ?? '');
      const name = callbackName(callback);
      if (match === null || name === '') continue;
      const open = match[1] !== undefined || found.get(name)?.open === true;
      found.set(name, { open });
    }
  }
  return found;
}

/** `'name'`, `array( $this, 'name' )`, `[ __CLASS__, 'name' ]`, `'Acme::name'`. */
function callbackName(node: PhpNode | undefined): string {
  const entry = list(node, 'items').at(-1)?.['value'] as PhpNode | undefined;
  const name = stringOf(node) ?? stringOf(entry) ?? '';
  return (name.split('::').pop() ?? '').toLowerCase();
}

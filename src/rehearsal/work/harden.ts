import type { AnswerFile } from '../../core/answer.ts';
import { askFor, endingOf, type Reading, type Work } from '../reading.ts';
import { escapeEcho } from './php-print.ts';
import { prepareQuery } from './php-query.ts';
import { cleanRequestValues, isRequestValue } from './php-request.ts';
import {
  applyEdits,
  childOf,
  insert,
  listOf,
  nameOf,
  parsePhp,
  walk,
  type Edit,
  type PhpNode,
} from './php-source.ts';

/** Who answers a form or an Ajax call: its action, and whether visitors who are not signed in may send it. */
type Handler = { readonly action: string; readonly open: boolean };
type Handlers = ReadonlyMap<string, Handler>;

const HOOK =
  /add_action\(\s*['"](?:admin_post|wp_ajax)(_nopriv)?_([\w-]+)['"]\s*,\s*['"](\w+)['"]/g;
const HIDDEN_ACTION = /([ \t]*)<input\b[^>]*\bname="action"[^>]*\bvalue="([\w-]+)"[^>]*>/g;
const GUARD = "if ( ! defined( 'ABSPATH' ) ) {\n\texit;\n}\n\n";

/**
 * Real, simple hardening of WordPress PHP by fixed rules: a guard against direct opening, escaped output, cleaned request
 * values, prepared queries, nonce and capability checks in the plugin's form handlers, JSON in place of unserialize.
 */
export function harden(reading: Reading): Work {
  const php = reading.files.filter((file) => endingOf(file.name) === 'php');
  if (php.length === 0)
    return askFor('Which plugin should I harden? No PHP file came with the request.');
  const handlers = handlersIn(php);
  const done = php.map((file) => ({ name: file.name, text: hardened(file.text, handlers) }));
  const unread = php.filter((file) => parsePhp(file.text) === undefined).map((file) => file.name);
  return {
    files: done.map(({ name, text }, i) => ({ name, text: text ?? php[i]?.text ?? '' })),
    questions: [],
    assumptions: [
      'Only people who may manage options use the handlers for signed-in users.',
      'Whatever a function returns as markup may keep the tags of a post.',
      ...unread.map((name) => `${name} could not be read as PHP and is unchanged.`),
    ],
    minutes: 30 + 20 * php.length,
  };
}

function handlersIn(files: readonly AnswerFile[]): Handlers {
  const found = new Map<string, Handler>();
  for (const file of files) {
    for (const [, open, action, name] of file.text.matchAll(HOOK)) {
      if (name === undefined || action === undefined) continue;
      found.set(name, { action, open: open !== undefined || found.get(name)?.open === true });
    }
  }
  return found;
}

function hardened(source: string, handlers: Handlers): string | undefined {
  const tree = parsePhp(source);
  if (tree === undefined) return undefined;
  const whole: Edit[] = [];
  const fine: Edit[] = [];
  walk(tree, (node) => {
    const own = node.kind === 'call' ? rewritten(node, source) : [];
    whole.push(...own);
    return own.length === 0;
  });
  walk(tree, (node) => {
    const own = editsFor(node, source, handlers);
    fine.push(...own.edits);
    return own.goOn;
  });
  // What is rewritten as a whole has its values cleaned already.
  const apart = fine.filter((e) => !whole.some((w) => e.start >= w.start && e.end <= w.end));
  return guarded(applyEdits(source, [...whole, ...apart]));
}

function rewritten(call: PhpNode, source: string): Edit[] {
  return [...prepareQuery(call, source), ...jsonForSerialized(call, source)];
}

type Own = { readonly edits: readonly Edit[]; readonly goOn: boolean };

function editsFor(node: PhpNode, source: string, handlers: Handlers): Own {
  if (node.kind === 'echo') return { edits: escapeEcho(node, source), goOn: false };
  if (node.kind === 'inline') return { edits: nonceFields(node, source, handlers), goOn: false };
  if (node.kind === 'function') return { edits: checks(node, source, handlers), goOn: true };
  if (node.kind === 'call') return callEdits(node);
  if (
    isRequestValue(node) ||
    node.kind === 'isset' ||
    node.kind === 'empty' ||
    node.kind === 'cast'
  ) {
    return { edits: cleanRequestValues(node), goOn: false };
  }
  return { edits: [], goOn: true };
}

/** A call is cleaned as one, so that what it cleans itself is left alone; a function given to it is gone through. */
function callEdits(call: PhpNode): Own {
  const takesCode = listOf(call, 'arguments').some((argument) => argument.kind === 'closure');
  return { edits: takesCode ? [] : cleanRequestValues(call), goOn: takesCode };
}

/** `unserialize( base64_decode( x ) )` reads JSON, `base64_encode( serialize( x ) )` writes it. */
function jsonForSerialized(call: PhpNode, source: string): Edit[] {
  const name = nameOf(childOf(call, 'what'));
  const inner = listOf(call, 'arguments')[0];
  if (inner === undefined) return [];
  const below = listOf(inner, 'arguments')[0];
  const innerName = nameOf(childOf(inner, 'what'));
  const text = (node: PhpNode) => source.slice(node.start, node.end);
  if (name === 'unserialize') {
    const from = innerName === 'base64_decode' && below !== undefined ? below : inner;
    const read = isRequestValue(from) ? `wp_unslash( ${text(from)} ?? '' )` : text(from);
    return [{ start: call.start, end: call.end, text: `(array) json_decode( ${read}, true )` }];
  }
  const writes = name === 'base64_encode' && innerName === 'serialize' && below !== undefined;
  return writes
    ? [{ start: call.start, end: call.end, text: `wp_json_encode( ${text(below)} )` }]
    : [];
}

/** Capability and nonce checks at the head of a handler that has none. */
function checks(node: PhpNode, source: string, handlers: Handlers): Edit[] {
  const handler = handlers.get(nameOf(node));
  const body = childOf(node, 'body');
  if (handler === undefined || body === undefined) return [];
  const text = source.slice(body.start, body.end);
  const may =
    "\n\tif ( ! current_user_can( 'manage_options' ) ) {\n\t\twp_die( 'You may not do this.' );\n\t}";
  const sent = `\n\tcheck_admin_referer( '${handler.action}' );`;
  const needsMay = !handler.open && !text.includes('current_user_can');
  const needsSent = !/check_admin_referer|check_ajax_referer|wp_verify_nonce/.test(text);
  return [insert(body.start + 1, `${needsMay ? may : ''}${needsSent ? sent : ''}`)];
}

/** A nonce field beside each hidden action of a form that a known handler answers. */
function nonceFields(inline: PhpNode, source: string, handlers: Handlers): Edit[] {
  const known = new Set([...handlers.values()].map((handler) => handler.action));
  const markup = source.slice(inline.start, inline.end);
  return [...markup.matchAll(HIDDEN_ACTION)].flatMap((found) => {
    const [whole, indent = '', action = ''] = found;
    const there = new RegExp(`wp_nonce_field\\(\\s*'${action}'`).test(source);
    if (!known.has(action) || there) return [];
    return [
      insert(
        inline.start + found.index + whole.length,
        `\n${indent}<?php wp_nonce_field( '${action}' ); ?>`,
      ),
    ];
  });
}

/** The guard stands after the file's own doc comment, `declare` and `namespace`. */
function guarded(text: string): string {
  if (/defined\(\s*['"](?:ABSPATH|WPINC|WP_UNINSTALL_PLUGIN)['"]/.test(text)) return text;
  const head =
    /^<\?php\s+(?:\/\*\*(?:(?!\*\/)[\s\S])*(?:@package|Plugin Name)(?:(?!\*\/)[\s\S])*\*\/\s*)?(?:declare\s*\([^)]*\)\s*;\s*)?(?:namespace\s+[\w\\]+\s*;\s*)?/.exec(
      text,
    )?.[0];
  return head === undefined ? text : head + GUARD + text.slice(head.length);
}

import {
  calledFunction,
  calledMethod,
  databaseCall,
  field,
  list,
  nameOf,
  type PhpNode,
} from './tree.ts';

/** How far a value may be printed as it is, from best to worst. */
export const TRUST = ['safe', 'unknown', 'stored', 'request'] as const;
export type Trust = (typeof TRUST)[number];

/** What is known of a value: may it be printed, may it stand in a query. */
export type Value = { readonly trust: Trust; readonly query: boolean };

/** What a function's variables hold so far. */
export type Known = ReadonlyMap<string, Value>;

const SAFE: Value = { trust: 'safe', query: true };
const UNKNOWN: Value = { trust: 'unknown', query: false };

export const REQUEST = new Set(['_GET', '_POST', '_REQUEST', '_COOKIE', '_SERVER', '_FILES']);

const ESCAPES =
  /^(?:esc_\w+|wp_kses\w*|wp_json_encode|json_encode|number_format(?:_i18n)?|htmlspecialchars|htmlentities|rawurlencode|urlencode|wp_nonce_\w+|checked|selected|disabled|date_i18n|wp_date|count|strlen|admin_url|home_url|site_url|plugins_url|tag_escape|antispambot|wp_trim_words)$/;
const NUMBERS = /^(?:absint|intval|floatval|boolval|count|strlen|time|abs|round|floor|ceil)$/;
const CLEANS = /^(?:sanitize_\w+|wp_strip_all_tags|strip_tags)$/;
const STORED =
  /^(?:get_option|get_site_option|get_(?:post|user|term|comment)_meta|get_transient|get_query_var|get_theme_mod|file_get_contents)$/;
const PASSES =
  /^(?:wp_unslash|stripslashes|stripslashes_deep|trim|ltrim|rtrim|strtolower|strtoupper|ucfirst|ucwords|urldecode|rawurldecode|base64_decode|html_entity_decode|sprintf|vsprintf|implode|join|nl2br|str_replace|substr|json_decode|array_map|strval|__|_x|wpautop|unserialize|maybe_unserialize)$/;
const PLAIN = new Set([
  'string',
  'number',
  'boolean',
  'nullkeyword',
  'magic',
  'isset',
  'empty',
  'name',
  'classreference',
  'inline',
  'nowdoc',
]);
const JOINS = new Set(['.', '??', '?:']);

/** The worse of several values: what is put together is no better than its worst part. */
export function worst(values: readonly Value[]): Value {
  return {
    trust: values.reduce<Trust>(
      (so, one) => (TRUST.indexOf(one.trust) > TRUST.indexOf(so) ? one.trust : so),
      'safe',
    ),
    query: values.every((one) => one.query),
  };
}

/** What is known of the value of an expression. */
export function valueOf(node: PhpNode | undefined, known: Known): Value {
  if (node === undefined || PLAIN.has(node.kind)) return SAFE;
  const look = LOOK[node.kind];
  return look === undefined ? UNKNOWN : look(node, known);
}

type Look = (node: PhpNode, known: Known) => Value;

const LOOK: Readonly<Record<string, Look>> = {
  variable: (node, known) =>
    REQUEST.has(nameOf(node))
      ? { trust: 'request', query: false }
      : (known.get(nameOf(node)) ?? UNKNOWN),
  offsetlookup: (node, known) => ({ ...valueOf(field(node, 'what'), known), query: false }),
  propertylookup: (node, known) =>
    nameOf(field(node, 'what')) === 'wpdb'
      ? SAFE
      : { ...valueOf(field(node, 'what'), known), query: false },
  assign: (node, known) => valueOf(field(node, 'right'), known),
  silent: (node, known) => valueOf(field(node, 'expr'), known),
  retif: (node, known) =>
    worst([
      valueOf(field(node, 'trueExpr') ?? field(node, 'test'), known),
      valueOf(field(node, 'falseExpr'), known),
    ]),
  bin: (node, known) =>
    JOINS.has(String(node['type']))
      ? worst([valueOf(field(node, 'left'), known), valueOf(field(node, 'right'), known)])
      : SAFE,
  unary: () => SAFE,
  cast: (node, known) =>
    /^(?:int|integer|float|double|bool|boolean)$/.test(String(node['type']))
      ? SAFE
      : valueOf(field(node, 'expr'), known),
  encapsed: (node, known) =>
    worst(list(node, 'value').map((part) => valueOf(field(part, 'expression'), known))),
  array: (node, known) =>
    worst(list(node, 'items').map((entry) => valueOf(field(entry, 'value'), known))),
  call: callValue,
};

function callValue(node: PhpNode, known: Known): Value {
  if (databaseCall(node) === 'prepare')
    return { trust: 'unknown', query: valueOf(list(node, 'arguments')[0], known).query };
  if (/^(?:get_charset_collate|esc_like)$/.test(databaseCall(node))) return SAFE;
  const name = calledFunction(node);
  const args = list(node, 'arguments');
  if (NUMBERS.test(name)) return SAFE;
  if (ESCAPES.test(name)) return { trust: 'safe', query: name === 'esc_sql' };
  if (STORED.test(name)) return { trust: 'stored', query: false };
  if (PASSES.test(name)) return { ...worst(args.map((arg) => valueOf(arg, known))), query: false };
  if (CLEANS.test(name)) return UNKNOWN;
  // A call without arguments cannot carry the request: it names a table or a setting.
  return { trust: 'unknown', query: args.length === 0 && calledMethod(node) + name !== '' };
}

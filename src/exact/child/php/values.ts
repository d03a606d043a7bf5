import type { PhpHit } from './hit.ts';
import { follow, printed } from './flow.ts';
import { calledFunction, databaseCall, field, list, type PhpNode } from './tree.ts';
import { valueOf, type Known } from './value.ts';
import type { Scope } from './scope.ts';

const QUERIES = /^(?:query|get_results|get_var|get_row|get_col)$/;
const PRINTS = /^(?:printf|vprintf|print_r|wp_die|_e|var_dump)$/;
const DANGEROUS =
  /^(?:create_function|unserialize|extract|shell_exec|system|exec|passthru|proc_open|popen|pcntl_exec)$/;

/** What happens to values in a scope: printed without escaping, put into queries, handed to calls that run them. */
export function valueHits(scope: Scope): PhpHit[] {
  const hits: PhpHit[] = [];
  follow(scope.node, (node, known) => {
    hits.push(...unescaped(node, known), ...unprepared(node, known), ...dangerous(node, known));
  });
  return hits;
}

function unescaped(node: PhpNode, known: Known): PhpHit[] {
  const shown = PRINTS.test(calledFunction(node)) ? list(node, 'arguments') : printed(node);
  return shown.flatMap((one): PhpHit[] => {
    const { trust } = valueOf(one, known);
    const isVariable =
      one.kind === 'variable' || one.kind === 'propertylookup' || one.kind === 'offsetlookup';
    if (trust === 'safe') return [];
    const fix = 'Escape where it is printed: esc_html(), esc_attr(), esc_url() or wp_kses_post().';
    if (trust === 'request')
      return [
        {
          ruleId: 'wp/escape-output',
          level: 'error',
          node: one,
          why: 'A value of the request is printed as it came: a visitor can put a script into the page.',
          fix,
        },
      ];
    if (trust === 'stored')
      return [
        {
          ruleId: 'wp/escape-output',
          level: 'error',
          node: one,
          why: 'A stored value is printed as it is: whoever could store it can put a script into the page.',
          fix,
        },
      ];
    return [
      {
        ruleId: 'wp/escape-output',
        level: isVariable ? 'warn' : 'note',
        node: one,
        why: 'It cannot be seen here that what is printed was escaped.',
        fix,
      },
    ];
  });
}

function unprepared(node: PhpNode, known: Known): PhpHit[] {
  const call = databaseCall(node);
  const [first] = list(node, 'arguments');
  if (first === undefined || !(QUERIES.test(call) || call === 'prepare')) return [];
  if (valueOf(first, known).query) return [];
  const why =
    call === 'prepare'
      ? 'The query handed to prepare() is already put together from values.'
      : 'The query is put together from values and not prepared: a visitor can write queries of their own.';
  return [
    {
      ruleId: 'wp/prepare-sql',
      level: 'error',
      node,
      why,
      fix: 'Use $wpdb->prepare() with %s, %d and %i (for names) in the text and the values behind it.',
    },
  ];
}

function dangerous(node: PhpNode, known: Known): PhpHit[] {
  const what = dangerName(node);
  if (what !== undefined) {
    const why = `${what} runs or builds whatever it is given.`;
    const fix = DANGER_FIX[what] ?? 'Say directly what the code should do.';
    return [{ ruleId: 'php/dangerous-call', level: 'error', node, why, fix }];
  }
  if (node.kind !== 'include' || valueOf(field(node, 'target'), known).trust !== 'request')
    return [];
  const why = 'The request says which file is run.';
  return [
    {
      ruleId: 'php/include-request',
      level: 'error',
      node,
      why,
      fix: 'Choose from a fixed list of files.',
    },
  ];
}

function dangerName(node: PhpNode): string | undefined {
  if (node.kind === 'eval') return 'eval()';
  if (node.kind === 'encapsed' && node['type'] === 'shell') return 'The shell operator';
  const name = calledFunction(node);
  return DANGEROUS.test(name) ? `${name}()` : undefined;
}

const DANGER_FIX: Readonly<Record<string, string>> = {
  'unserialize()': 'Use json_decode(): unserialize() builds objects that the sender chose.',
  'extract()': 'Read each value by its name: extract() lets the sender overwrite variables.',
};

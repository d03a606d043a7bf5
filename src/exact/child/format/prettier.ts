import * as prettier from 'prettier';
import type { Options, Plugin } from 'prettier';

export type Parser = 'markdown' | 'html' | 'css' | 'babel' | 'typescript' | 'json' | 'yaml' | 'php';

export type Pretty =
  | { readonly is: 'done'; readonly text: string }
  | { readonly is: 'broken'; readonly says: string; readonly line: number | undefined };

/** Options are all given here: configuration among the files is data and never read. */
async function optionsFor(parser: Parser): Promise<Options> {
  const plugins = parser === 'php' ? [await phpPlugin()] : [];
  // Code inside prose is a quotation: it stays as its author wrote it.
  const embedded = parser === 'markdown' ? 'off' : 'auto';
  // Left to itself the PHP plugin looks for a composer.json on disk.
  const php = parser === 'php' ? { phpVersion: '8.3' } : {};
  return { parser, plugins, embeddedLanguageFormatting: embedded, ...php };
}

/** Its types describe another build: the module itself is the plugin. */
async function phpPlugin(): Promise<Plugin> {
  return (await import('@prettier/plugin-php')) as unknown as Plugin;
}

/** Formats a text. A text that does not parse is an answer, not a throw. */
export async function pretty(text: string, parser: Parser): Promise<Pretty> {
  try {
    return { is: 'done', text: await prettier.format(text, await optionsFor(parser)) };
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    const says = plainly(said.split('\n')[0] ?? '');
    return { is: 'broken', says, line: lineOf(thrown) };
  }
}

/** The parser's words without the place, which the sentence around them gives. */
function plainly(said: string): string {
  if (said.startsWith('Maximum call stack')) return 'it is nested too deeply';
  return said
    .replace(/\s*\(\d+:\d+\)$/, '')
    .replace(/^CssSyntaxError: /, '')
    .replace(/\.? on line \d+$/, '')
    .replace(/\.$/, '');
}

/** Prettier's parsers put the place into `loc.start.line`. */
function lineOf(thrown: unknown): number | undefined {
  const line = fieldOf(fieldOf(fieldOf(thrown, 'loc'), 'start'), 'line');
  return typeof line === 'number' ? line : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

type Debug = {
  parse(text: string, options: Options, how: { massage: boolean }): Promise<{ ast: unknown }>;
};

/**
 * The syntax tree with everything that is only layout taken out: the very tree Prettier's own tests compare before
 * and after. It is not in the published types.
 */
export async function layoutFreeTree(text: string, parser: Parser): Promise<string> {
  const { __debug: debug } = prettier as unknown as { __debug: Debug };
  const options = { ...(await optionsFor(parser)), originalText: text };
  return JSON.stringify((await debug.parse(text, options, { massage: true })).ast);
}

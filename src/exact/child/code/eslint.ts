import { Linter } from 'eslint';
import * as sonarjs from 'eslint-plugin-sonarjs';
import tseslint from 'typescript-eslint';
import type { Level } from '../../../core/verdict.ts';
import type { Raw } from '../finding.ts';
import { lineFinder, quoteOf, type Source } from '../source.ts';

/** Cognitive complexity: the 90th percentile of well-kept sources is about 25, so beyond that a reader suffers. */
const COGNITIVE = { note: 15, warn: 25, error: 40 } as const;

/** Each rule asked, with how hard it counts and what to do. */
const RULES: Readonly<Record<string, readonly [Level, unknown[], string]>> = {
  'sonarjs/cognitive-complexity': [
    'warn',
    [COGNITIVE.note],
    'Take parts of the function out into functions with names.',
  ],
  'max-depth': ['error', [4], 'Return early, or take the inner part out into a function.'],
  'max-params': ['warn', [5], 'Pass one object with named fields.'],
  'max-lines-per-function': [
    'note',
    [{ max: 120, skipBlankLines: true, skipComments: true }],
    'Take parts of the function out into functions with names.',
  ],
  'max-statements-per-line': ['error', [{ max: 2 }], 'One statement a line.'],
  'no-fallthrough': ['error', [], 'End the case with break or return.'],
  'no-self-assign': ['error', [], 'Take the assignment out.'],
  'no-eval': ['error', [], 'Say directly what the code should do.'],
  'no-implied-eval': ['error', [], 'Pass a function, not a text.'],
  'no-unreachable': ['error', [], 'Take the code out that is never reached.'],
  'no-dupe-keys': ['error', [], 'Keep one of the two.'],
  'no-empty': ['warn', [], 'Handle it, or say in a comment why nothing is to be done.'],
  'no-var': ['warn', [], 'Write const or let.'],
  eqeqeq: ['warn', ['always', { null: 'ignore' }], 'Compare with === or !==.'],
  'no-nested-ternary': ['warn', [], 'Write the inner choice as an if or a function.'],
  'sonarjs/no-identical-functions': ['warn', [], 'Keep one of the functions and call it twice.'],
  'sonarjs/no-collapsible-if': ['note', [], 'Join the conditions with &&.'],
  '@typescript-eslint/no-explicit-any': [
    'warn',
    [],
    'Name the type, or take unknown and check it.',
  ],
};

const linter = new Linter({ configType: 'flat' });

/** The whole configuration: nothing is read from disk, and comments in the draft cannot change it. */
function configFor(file: string): Linter.Config[] {
  const config = {
    files: [file],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { ecmaFeatures: { jsx: true } },
    },
    plugins: { sonarjs, '@typescript-eslint': tseslint.plugin },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules: Object.fromEntries(
      Object.entries(RULES).map(([id, [, options]]) => [id, ['error', ...options]]),
    ),
  };
  return [config as unknown as Linter.Config];
}

/**
 * Lints one file under a name of our own, because a draft's name can switch ESLint off (`node_modules/x.js`,
 * `../x.js`). Throws when ESLint did not look at the file.
 */
export function runEslint(source: Source): Raw[] {
  const file = /x$/i.test(source.name) ? `draft.${source.kind}x` : `draft.${source.kind}`;
  const messages = linter
    .verify(source.text, configFor(file), file)
    .filter((message) => !isDirectiveNote(message));
  const place = lineFinder(source.text);
  return messages.map((message) => {
    const start = offsetOf(source.text, message.line, message.column);
    const end = source.text.indexOf('\n', start);
    const where = {
      file: source.name,
      ...place(start),
      quote: quoteOf(source.text, start, end === -1 ? source.text.length : end),
    };
    return message.fatal === true ? parseError(message.message, where) : rawOf(message, where);
  });
}

/** ESLint remarks that it ignored a directive; suppressions are found for all languages elsewhere. */
function isDirectiveNote(message: Linter.LintMessage): boolean {
  return message.ruleId === null && message.message.includes('noInlineConfig');
}

function parseError(says: string, where: Raw['where']): Raw {
  return {
    ruleId: 'eslint/syntax',
    level: 'error',
    why: `The file does not parse: ${says.replace(/^Parsing error: /, '')}`,
    source: 'the language itself',
    where,
    fix: 'Mend the syntax here.',
  };
}

function rawOf(message: Linter.LintMessage, where: Raw['where']): Raw {
  const rule = message.ruleId === null ? undefined : RULES[message.ruleId];
  if (rule === undefined || message.ruleId === null)
    throw new Error(`ESLint did not look at ${where.file}: ${message.message}`);
  const [level, , fix] = rule;
  return {
    ruleId: `eslint/${message.ruleId}`,
    level:
      message.ruleId === 'sonarjs/cognitive-complexity' ? cognitiveLevel(message.message) : level,
    why: message.message,
    source: `ESLint ${message.ruleId}`,
    where,
    fix,
  };
}

function cognitiveLevel(says: string): Level {
  const score = Number(/from (\d+) to/.exec(says)?.[1] ?? Number.NaN);
  if (Number.isNaN(score) || score > COGNITIVE.error) return 'error';
  return score > COGNITIVE.warn ? 'warn' : 'note';
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) start = text.indexOf('\n', start) + 1;
  return start + Math.max(0, column - 1);
}

import type { Raw } from '../finding.ts';
import { quoteOf, type Source } from '../source.ts';

/** Below this mean length names no longer say what they name; well-kept sources lie above 6. */
const SHORT_NAMES = 4;
const FEW_COMMENTS = 0.02;

/** What lint does not see: names too short to mean anything, lines joined together, comments stripped. */
export function runShape(source: Source): Raw[] {
  const code = bare(source.text);
  return [...shortNames(source, code), ...joinedLines(source, code), ...noComments(source)];
}

function shortNames(source: Source, code: string): Raw[] {
  const names = [...code.matchAll(/\b(?:const|let|var|function|class)\s+([A-Za-z_$][\w$]*)/g)].map(
    (found) => found[1] ?? '',
  );
  const own =
    source.kind === 'php'
      ? [...code.matchAll(/\$([A-Za-z_]\w*)\s*=(?!=)/g)].map((found) => found[1] ?? '')
      : names;
  const different = [...new Set(own)];
  const mean = different.reduce((sum, name) => sum + name.length, 0) / different.length;
  if (different.length < 8 || mean >= SHORT_NAMES) return [];
  return [
    finding(source, 'names', {
      level: 'error',
      why: `The names are ${mean.toFixed(1)} letters long on average; nobody can tell what they hold.`,
      fix: 'Give names that say what they hold.',
      quote: different.slice(0, 10).join(', '),
    }),
  ];
}

/** PHP only: in JavaScript ESLint counts statements by the tree. */
function joinedLines(source: Source, code: string): Raw[] {
  if (source.kind !== 'php') return [];
  const lines = code.split('\n');
  const joined = lines.flatMap((line, index) =>
    /;\s*[^\s;})]/.test(line.replace(/\bfor\s*\([^)]*\)/g, '')) && !/<\?/.test(line) ? [index] : [],
  );
  const [first] = joined;
  if (first === undefined || joined.length < 3 || joined.length / lines.length < 0.05) return [];
  return [
    finding(source, 'joined-lines', {
      level: 'error',
      why: `${joined.length} lines hold several statements.`,
      fix: 'One statement a line.',
      quote: source.text.split('\n')[first] ?? '',
      line: first + 1,
    }),
  ];
}

function noComments(source: Source): Raw[] {
  const lines = source.text.split('\n').filter((line) => line.trim() !== '');
  const comments = lines.filter((line) => /^\s*(?:\/\/|\/\*|\*|#(?!!))|\s\/\/\s/.test(line)).length;
  if (lines.length < 80 || comments / lines.length >= FEW_COMMENTS) return [];
  return [
    finding(source, 'comments', {
      level: 'warn',
      why: `${lines.length} lines with ${comments} of comment: nothing says why it is done this way.`,
      fix: 'Say above each part what it is for and why it is so.',
      quote: '',
    }),
  ];
}

type Told = Pick<Raw, 'level' | 'why'> & {
  readonly fix: string;
  readonly quote: string;
  readonly line?: number;
};

function finding(source: Source, id: string, told: Told): Raw {
  return {
    ruleId: `code-shape/${id}`,
    level: told.level,
    why: told.why,
    source: 'AIOS: the next developer can read it',
    where: {
      file: source.name,
      line: told.line ?? 1,
      quote: quoteOf(told.quote, 0, told.quote.length),
    },
    fix: told.fix,
  };
}

/** The code with comments and quoted texts blanked, so that words in them are not taken for code. */
function bare(text: string): string {
  return text.replace(
    /\/\*[^]*?(?:\*\/|$(?![^]))|(?<![:\\])\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g,
    (part) => part.replace(/[^\n]/g, ' '),
  );
}

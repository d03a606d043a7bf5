import type { Level } from '../../../core/verdict.ts';
import type { Raw } from '../finding.ts';
import { quoteOf, type Source } from '../source.ts';
import type { PhpNode } from './tree.ts';

/** Something a PHP rule saw. Without a node it is about the file as a whole. */
export type PhpHit = {
  readonly ruleId: string;
  readonly level: Level;
  readonly node: PhpNode | undefined;
  readonly why: string;
  readonly fix: string;
};

/** A hit as finding, quoting the first line of the code it is about. */
export function phpFinding(source: Source, hit: PhpHit): Raw {
  const { start, end } = hit.node?.loc ?? FILE_HEAD;
  const newline = source.text.indexOf('\n', start.offset);
  const lineEnd = newline === -1 ? source.text.length : newline;
  return {
    ruleId: hit.ruleId,
    level: hit.level,
    why: hit.why,
    source: hit.ruleId.startsWith('wp/')
      ? 'WordPress plugin handbook, security'
      : 'PHP manual, security',
    where: {
      file: source.name,
      line: start.line,
      column: start.column + 1,
      quote: quoteOf(source.text, start.offset, Math.min(end.offset, lineEnd)),
    },
    fix: hit.fix,
  };
}

const FILE_HEAD = {
  start: { line: 1, column: 0, offset: 0 },
  end: { line: 1, column: 0, offset: Number.MAX_SAFE_INTEGER },
};

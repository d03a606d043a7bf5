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
  const start = hit.node?.loc?.start;
  const lineEnd = source.text.indexOf('\n', start?.offset ?? 0);
  const end = Math.min(
    hit.node?.loc?.end.offset ?? Number.MAX_SAFE_INTEGER,
    lineEnd === -1 ? source.text.length : lineEnd,
  );
  return {
    ruleId: hit.ruleId,
    level: hit.level,
    why: hit.why,
    source: hit.ruleId.startsWith('wp/')
      ? 'WordPress plugin handbook, security'
      : 'PHP manual, security',
    where: {
      file: source.name,
      line: start?.line ?? 1,
      column: (start?.column ?? 0) + 1,
      quote: quoteOf(source.text, start?.offset ?? 0, end),
    },
    fix: hit.fix,
  };
}

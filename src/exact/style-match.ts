import { RE2JS } from 're2js';
import type { Level } from '../core/verdict.ts';

export type MatchText = { readonly words: readonly string[] } | { readonly pattern: string };

/** A house style rule as it is written. */
export type RuleText = {
  readonly id: string;
  readonly say: string;
  readonly kind: 'avoid' | 'prefer' | 'limit' | 'require';
  readonly match: MatchText;
  readonly use?: string | undefined;
  readonly most?: number | undefined;
  readonly when?: MatchText | undefined;
  readonly except: readonly string[];
  readonly level: Level;
  readonly source: string;
  readonly example: { readonly bad: string; readonly good: string };
};

/** A house style rule ready to be applied. Its patterns are RE2: no text can make them slow. */
export type StyleRule = {
  readonly id: string;
  readonly say: string;
  readonly level: Level;
  readonly source: string;
  readonly use: string | undefined;
  readonly kind: RuleText['kind'];
  readonly most: number;
  readonly match: RE2JS;
  readonly when: RE2JS | undefined;
  readonly except: readonly string[];
};

/** Where a rule fires, as offsets into the text. */
export type Hit = { readonly start: number; readonly end: number };

/** Compiles a rule. Throws what re2js throws for a pattern that is no RE2. */
export function compileRule(text: RuleText): StyleRule {
  const { id, say, level, source, kind } = text;
  return {
    id,
    say,
    level,
    source,
    kind,
    use: text.use,
    most: text.most ?? 0,
    match: pattern(text.match),
    when: text.when === undefined ? undefined : pattern(text.when),
    except: text.except.map((words) => words.toLowerCase()),
  };
}

function pattern(match: MatchText): RE2JS {
  if ('pattern' in match) return RE2JS.compile(match.pattern);
  const words = match.words.map((word) => RE2JS.quote(word).replaceAll(' ', '\\s+'));
  return RE2JS.compile(`(?i)\\b(?:${words.join('|')})\\b`);
}

/** The places in `text` where the rule fires. */
export function hitsOf(rule: StyleRule, text: string): readonly Hit[] {
  const found = matches(rule.match, text).filter((hit) => !isExcepted(rule, text, hit));
  switch (rule.kind) {
    case 'avoid':
    case 'prefer':
      return found;
    case 'limit':
      return found.slice(rule.most);
    case 'require': {
      const asked = rule.when === undefined ? [{ start: 0, end: 0 }] : matches(rule.when, text);
      return found.length > 0 ? [] : asked.slice(0, 1);
    }
  }
}

function matches(regex: RE2JS, text: string): Hit[] {
  const matcher = regex.matcher(text);
  const hits: Hit[] = [];
  while (matcher.find()) hits.push({ start: matcher.start(), end: matcher.end() });
  return hits;
}

/** Whether the match lies inside one of the rule's exceptions, as `leverage` in `financial leverage`. */
function isExcepted(rule: StyleRule, text: string, hit: Hit): boolean {
  return rule.except.some((words) => {
    const from = Math.max(0, hit.start - words.length);
    const near = text.slice(from, hit.end + words.length).toLowerCase();
    const at = near.indexOf(words);
    return at !== -1 && from + at < hit.end && from + at + words.length > hit.start;
  });
}

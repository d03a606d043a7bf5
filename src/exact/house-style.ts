import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { Fault, sentenceOf } from '../core/fault.ts';
import { LEVELS } from '../core/verdict.ts';
import { compileRule, hitsOf, type RuleText, type StyleRule } from './style-match.ts';

const FILE = 'rules/house-style.yaml';

const match = z.union([
  z.strictObject({ words: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ pattern: z.string().min(1) }),
]);

const ruleShape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  say: z.string().min(5),
  kind: z.enum(['avoid', 'prefer', 'limit', 'require']),
  match,
  use: z.string().optional(),
  most: z.number().int().min(0).optional(),
  when: match.optional(),
  except: z.array(z.string().min(1)).default([]),
  level: z.enum(LEVELS),
  source: z.string().min(3),
  example: z.strictObject({ bad: z.string(), good: z.string() }),
}) satisfies z.ZodType<RuleText>;

const fileShape = z.strictObject({
  dialect: z.enum(['American', 'British', 'Canadian', 'Australian']).default('American'),
  words: z.array(z.string().min(1)).default([]),
  rules: z.array(ruleShape),
});

export type HouseStyle = {
  readonly dialect: 'American' | 'British' | 'Canadian' | 'Australian';
  /** Terms the spelling check takes as known. */
  readonly words: readonly string[];
  readonly rules: readonly StyleRule[];
};

/**
 * Reads and checks the house style. Throws Fault `bad_rules` with file:line:column for a shape that is not
 * expected, an id that comes twice, a pattern RE2 refuses, a bad example that does not fire, a good one that does.
 */
export function readHouseStyle(text: string): HouseStyle {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const broken = (path: Path, why: string): Fault =>
    new Fault('bad_rules', `${FILE}:${placeOf(document, counter, path)} ${why}`);
  const { dialect, words, rules } = shaped(document, broken);
  const seen = new Set<string>();
  const ready = rules.map((rule, index) => {
    if (seen.has(rule.id))
      throw broken(['rules', index, 'id'], `the id ${rule.id} comes twice; rename one`);
    seen.add(rule.id);
    return tried(rule, (field, why) => broken(['rules', index, ...field], why));
  });
  return { dialect, words, rules: ready };
}

function shaped(document: Document, broken: Broken): z.infer<typeof fileShape> {
  const [wrong] = document.errors;
  if (wrong !== undefined) {
    const at = wrong.linePos?.[0] ?? { line: 1, col: 1 };
    const says = wrong.message.split('\n')[0] ?? '';
    throw new Fault('bad_rules', `${FILE}:${at.line}:${at.col} is no YAML: ${says}`);
  }
  const read = fileShape.safeParse(document.toJS());
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw broken((issue?.path ?? []) as Path, issue?.message ?? 'is not a house style');
}

type Broken = (path: Path, why: string) => Fault;
type Path = readonly (string | number)[];

/** A rule that has shown on its own examples that it does what it says. */
function tried(text: RuleText, broken: Broken): StyleRule {
  if (text.kind === 'limit' && text.most === undefined)
    throw broken([], `the limit ${text.id} needs \`most\`: how many matches are fine`);
  const rule = compiled(text, broken);
  if (hitsOf(rule, text.example.bad).length === 0)
    throw broken(
      ['example', 'bad'],
      `the bad example of ${text.id} does not fire; mend the rule or the example`,
    );
  if (hitsOf(rule, text.example.good).length > 0)
    throw broken(
      ['example', 'good'],
      `the good example of ${text.id} fires; mend the rule or the example`,
    );
  return rule;
}

function compiled(text: RuleText, broken: Broken): StyleRule {
  try {
    return compileRule(text);
  } catch (thrown) {
    throw broken(['match'], `the pattern of ${text.id} is no RE2 pattern: ${sentenceOf(thrown)}`);
  }
}

function placeOf(document: Document, counter: LineCounter, path: Path): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (hasRange(node)) {
      const at = counter.linePos(node.range[0]);
      return `${at.line}:${at.col}`;
    }
  }
  return '1:1';
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

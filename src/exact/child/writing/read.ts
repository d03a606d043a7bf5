import { readHouseStyle, type HouseStyle } from '../../house-style.ts';
import { hitsOf } from '../../style-match.ts';
import type { Raw } from '../finding.ts';
import type { Bench } from '../bench.ts';
import { lineFinder, quoteOf, type Source } from '../source.ts';
import { runHarper, type WritingHit } from './harper.ts';
import { proseOf, type Prose } from './prose.ts';

export type ReadFile = {
  readonly source: Source;
  readonly found: readonly Raw[];
  readonly words: number;
};

export type Reading = {
  readonly files: readonly ReadFile[];
  readonly notChecked: readonly string[];
};

const PROSE_KINDS = new Set(['md', 'txt', 'html']);

/** Reads the prose of every text among the files: spelling and grammar, then the house style. */
export async function readProse({ sources, engines, style }: Bench): Promise<Reading> {
  const house = readHouseStyle(style);
  const files: ReadFile[] = [];
  const notChecked: string[] = sources.foreign.map(
    (name) => `${name}: holds no text that can be read here`,
  );
  for (const source of sources.read) {
    if (!PROSE_KINDS.has(source.kind)) {
      notChecked.push(`${source.name}: code or data, not prose`);
      continue;
    }
    const prose = proseOf(source);
    if (prose.lang !== undefined && !/^en\b/i.test(prose.lang)) {
      notChecked.push(
        `${source.name}: written in "${prose.lang.slice(0, 20)}"; only English is read`,
      );
      continue;
    }
    const grammar = await engines.attempt('harper', [], () => runHarper(prose, house));
    const taste = await engines.attempt('house-style', [], () => runStyle(prose, house));
    const found = placed(source, { prose, hits: [...besides(taste, grammar), ...taste] });
    files.push({
      source,
      found,
      words: prose.text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0,
    });
  }
  return { files, notChecked };
}

/** Where the house has a word of its own for a place, the dictionary's guess is left out. */
function besides(house: readonly WritingHit[], grammar: readonly WritingHit[]): WritingHit[] {
  return grammar.filter((hit) => !house.some((own) => own.start < hit.end && hit.start < own.end));
}

function runStyle(prose: Prose, house: HouseStyle): WritingHit[] {
  return house.rules.flatMap((rule) =>
    hitsOf(rule, prose.text).map((hit) => ({
      ruleId: `house/${rule.id}`,
      level: rule.level,
      start: hit.start,
      end: hit.end,
      why: rule.say,
      source: rule.source,
      fix: rule.use === undefined ? undefined : `Write "${rule.use}".`,
    })),
  );
}

/** Brings hits from the prose back into the file, each with the words around it. */
function placed(
  source: Source,
  told: { readonly prose: Prose; readonly hits: readonly WritingHit[] },
): Raw[] {
  const place = lineFinder(source.text);
  const { text, at } = told.prose;
  return told.hits.map((hit) => {
    const quote = around(text, hit.start, hit.end);
    return {
      ruleId: hit.ruleId,
      level: hit.level,
      why: hit.why,
      source: hit.source,
      where: { file: source.name, ...place(at[hit.start] ?? 0), quote },
      ...(hit.fix === undefined ? {} : { fix: hit.fix }),
    };
  });
}

/** The place with up to three words on each side, by which a person finds it. */
function around(text: string, start: number, end: number): string {
  const before =
    /(?:\S+[ \t]+){0,3}\S*$/.exec(text.slice(Math.max(0, start - 60), start))?.[0] ?? '';
  const after = /^\S*(?:[ \t]+\S+){0,3}/.exec(text.slice(end, end + 60))?.[0] ?? '';
  return quoteOf(before + text.slice(start, end) + after, 0, Number.MAX_SAFE_INTEGER);
}

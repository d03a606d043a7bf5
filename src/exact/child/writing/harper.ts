import { Dialect, LocalLinter, type Lint } from 'harper.js';
import { binary } from 'harper.js/binary';
import type { HouseStyle } from '../../house-style.ts';
import type { Level } from '../../../core/verdict.ts';
import type { Prose } from './prose.ts';

/** Something in the prose, as offsets into its text. */
export type WritingHit = {
  readonly ruleId: string;
  readonly level: Level;
  readonly start: number;
  readonly end: number;
  readonly why: string;
  readonly source: string;
  readonly fix: string | undefined;
};

/** Kinds that are faults; every other kind is taste and stays a note. */
const FAULTS = new Set([
  'Spelling',
  'Repetition',
  'Typo',
  'Agreement',
  'Miscellaneous',
  'Grammar',
  'Malapropism',
  'Nonstandard',
  'WordChoice',
  'BoundaryError',
  'Eggcorn',
]);
/** Spaces are the layout's business, and headings in sentence case are this house's own choice. */
const isTaste = (lint: Lint): boolean =>
  lint.lint_kind() === 'Formatting' || lint.message().includes('title case');

let warm: Promise<LocalLinter> | undefined;

async function linterFor(style: HouseStyle, lang: string | undefined): Promise<LocalLinter> {
  warm ??= (async () => {
    const linter = new LocalLinter({ binary });
    await linter.setup();
    return linter;
  })();
  const linter = await warm;
  await linter.setDialect(dialectOf(style, lang));
  await linter.clearWords();
  await linter.importWords([...style.words]);
  return linter;
}

/** A page that says which English it is written in is held to that; every other text to the house's own. */
function dialectOf(style: HouseStyle, lang: string | undefined): Dialect {
  const byTag: Readonly<Record<string, Dialect>> = {
    'en-us': Dialect.American,
    'en-gb': Dialect.British,
    'en-ca': Dialect.Canadian,
    'en-au': Dialect.Australian,
  };
  return byTag[lang?.toLowerCase() ?? ''] ?? Dialect[style.dialect];
}

/** Spelling and grammar of a text by Harper, offline. An engine that traps throws; its child is thrown away. */
export async function runHarper(prose: Prose, style: HouseStyle): Promise<WritingHit[]> {
  const linter = await linterFor(style, prose.lang);
  const lints = await linter.lint(prose.text, {
    language: prose.markdown ? 'markdown' : 'plaintext',
  });
  return lints
    .filter((lint) => !isTaste(lint))
    .map((lint) => hitOf(lint))
    .sort((a, b) => a.start - b.start);
}

function hitOf(lint: Lint): WritingHit {
  const kind = lint.lint_kind();
  const span = lint.span();
  const words = lint.get_problem_text();
  const offers = [...new Set(lint.suggestions().map((one) => one.get_replacement_text()))]
    .filter((one) => one !== '')
    .slice(0, 3);
  return {
    ruleId: `harper/${kind.toLowerCase()}`,
    level: levelOf(kind, words),
    start: span.start,
    end: span.end,
    why: lint.message().replace(/`/g, '"'),
    source: `Harper, ${kind.toLowerCase()}`,
    fix: offers.length === 0 ? undefined : `Write ${offers.map((one) => `"${one}"`).join(' or ')}.`,
  };
}

/** An unknown word with a capital or a digit is more often a name than a mistake, so a person decides. */
function levelOf(kind: string, words: string): Level {
  if (kind === 'Spelling' && /[\p{Lu}\d]/u.test(words)) return 'note';
  return FAULTS.has(kind) ? 'error' : 'note';
}

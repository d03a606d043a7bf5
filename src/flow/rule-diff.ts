import { changesBetween, countsOf, manifestOf } from '../core/rule-manifest.ts';
import type { Changed, RuleChanges, RuleManifest } from '../core/rule-manifest.ts';
import type { RuleSet } from '../core/rule-set.ts';
import { unifiedDiff, visible } from '../core/unified.ts';
import { ruleWords } from '../ledger/rule-words.ts';
import type { World } from './ports/world.ts';

/** What is different between two rule sets, for a person. */
export type RuleDiff = {
  readonly changes: RuleChanges;
  /** `1 rule changed; 1 file changed`. */
  readonly sum: string;
  /** Rules by id and title, then the lines of each file in the unified format. */
  readonly lines: readonly string[];
};

/** Texts by their SHA-256 hex. */
type Texts = ReadonlyMap<string, string>;
type Side = { readonly manifest: RuleManifest; readonly texts: Texts };

/** Compares the set in force, whose texts are kept, with the one at hand. */
export async function diffToHand(
  { store, library, report }: Pick<World, 'store' | 'library' | 'report'>,
  manifest: RuleManifest,
): Promise<RuleDiff> {
  const after = sideOf(library.rules);
  const changes = changesBetween(manifest, after.manifest);
  const texts = await store.loreTexts(hashesOf(manifest, changes));
  return { changes, sum: sumOf(changes), lines: linesOf(changes, { manifest, texts }, after) };

  function linesOf(what: RuleChanges, was: Side, now: Side): readonly string[] {
    return [
      ...ruleLines(what.rules, was, now),
      ...namesIn(what.files).flatMap((name) => {
        const [before, then] = [fileText(was, name), fileText(now, name)];
        return [
          '',
          `--- ${before === undefined ? '/dev/null' : `rules/${name}`}`,
          `+++ ${then === undefined ? '/dev/null' : `rules/${name}`}`,
          ...unifiedDiff(before ?? '', then ?? '', report.diff),
        ];
      }),
    ];
  }
}

function sideOf(rules: RuleSet): Side {
  const manifest = manifestOf(rules);
  const files = [...rules.files].map(([name, text]): readonly [string, string] => [
    manifest.files.get(name) ?? '',
    text,
  ]);
  return { manifest, texts: new Map([...rules.texts, ...files]) };
}

/** Of the older set only the texts of what changed or went are read. */
function hashesOf({ files, rules }: RuleManifest, changes: RuleChanges): readonly string[] {
  const ofFiles = [...changes.files.changed, ...changes.files.removed].map((name) =>
    files.get(name),
  );
  const ofRules = [...changes.rules.changed, ...changes.rules.removed].map(
    (id) => rules.get(id)?.sha256,
  );
  return [...ofFiles, ...ofRules].filter((hash) => hash !== undefined);
}

function namesIn({ added, changed, removed }: Changed): readonly string[] {
  return [...added, ...changed, ...removed].sort();
}

function fileText({ manifest, texts }: Side, name: string): string | undefined {
  return texts.get(manifest.files.get(name) ?? '');
}

function ruleLines({ added, changed, removed }: Changed, was: Side, now: Side): readonly string[] {
  return [
    ...changed.map((id) => `changed  ${changedTitle(ruleTitle(was, id), ruleTitle(now, id))}`),
    ...added.map((id) => `added    ${ruleTitle(now, id)}`),
    ...removed.map((id) => `removed  ${ruleTitle(was, id)}`),
  ];
}

function changedTitle(was: string, now: string): string {
  return was === now ? now : `${now} (before: ${was})`;
}

/** `LANE-070 (lanes.yaml): Hardening is senior work`. */
function ruleTitle({ manifest, texts }: Side, id: string): string {
  const rule = manifest.rules.get(id);
  const { title } = ruleWords(texts.get(rule?.sha256 ?? '') ?? '');
  return visible(`${id} (${rule?.file ?? ''})${title === '' ? '' : `: ${title}`}`);
}

/** `2 rules changed, 1 added; 1 file changed`. */
export function sumOf({ rules, files }: RuleChanges): string {
  return [counted('rule', countsOf(rules)), counted('file', countsOf(files))].join('; ');
}

/** `2 rules changed, 1 added`, of counts as an entry says them. */
export function counted(
  what: string,
  counts: { readonly added: number; readonly changed: number; readonly removed: number },
): string {
  const some = (['changed', 'added', 'removed'] as const).filter((is) => counts[is] > 0);
  if (some.length === 0) return `no ${what} changed`;
  const [first, ...more] = some;
  const head = first === undefined ? 0 : counts[first];
  return [
    `${head} ${what}${head === 1 ? '' : 's'} ${first}`,
    ...more.map((is) => `${counts[is]} ${is}`),
  ].join(', ');
}

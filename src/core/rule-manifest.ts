import { sha256 } from './draft.ts';
import type { RuleSet } from './rule-set.ts';

/** A rule as a manifest names it: the file it stands in and the SHA-256 hex of its exact text. */
export type ManifestRule = { readonly file: string; readonly sha256: string };

/**
 * What a rule set is made of, without its words: every file by its name in the rules folder with the SHA-256 hex of its
 * text, and every rule by its id.
 */
export type RuleManifest = {
  readonly files: ReadonlyMap<string, string>;
  readonly rules: ReadonlyMap<string, ManifestRule>;
};

/** The first line, so that a kept text is known for what it is. */
const HEAD = 'aios rule set 1';

type Parts = Pick<RuleSet, 'files'> & {
  readonly byId: ReadonlyMap<string, { readonly file: string; readonly hash: string }>;
};

/** The manifest of a set that was read. */
export function manifestOf({ files, byId }: Parts): RuleManifest {
  return {
    files: new Map([...files].map(([name, text]) => [name, sha256(text)])),
    rules: new Map([...byId].map(([id, { file, hash }]) => [id, { file, sha256: hash }])),
  };
}

/**
 * A manifest as it is kept for ever: one line a file and one a rule, sorted, so that the same set always has the same
 * text. The SHA-256 of that text is the hash a rule set is known by.
 */
export function manifestText({ files, rules }: RuleManifest): string {
  const lines = [
    ...[...files].sort(byName).map(([name, hash]) => `file ${hash} ${name}`),
    ...[...rules].sort(byName).map(([id, rule]) => `rule ${rule.sha256} ${rule.file}#${id}`),
  ];
  return [HEAD, ...lines, ''].join('\n');
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const LINE = /^(file|rule) ([0-9a-f]{64}) (\S+)$/;

/** Reads a manifest back; undefined for a text that is none. */
export function readManifest(text: string): RuleManifest | undefined {
  const [head, ...lines] = text.split('\n');
  if (head !== HEAD || lines.pop() !== '') return undefined;
  const files = new Map<string, string>();
  const rules = new Map<string, ManifestRule>();
  for (const line of lines) {
    const [, is, hash, name] = LINE.exec(line) ?? [];
    if (hash === undefined || name === undefined) return undefined;
    if (is === 'file') files.set(name, hash);
    else rules.set(name.slice(name.indexOf('#') + 1), { file: ruleFile(name), sha256: hash });
  }
  return { files, rules };
}

function ruleFile(ref: string): string {
  return ref.slice(0, ref.indexOf('#'));
}

/** Names that came, whose text changed, and that went, each sorted. */
export type Changed = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};

/** What is different between two sets: files by name, rules by id. */
export type RuleChanges = { readonly files: Changed; readonly rules: Changed };

/** Compares two sets; without one before, everything came. */
export function changesBetween(before: RuleManifest | null, after: RuleManifest): RuleChanges {
  const was = before ?? { files: new Map(), rules: new Map() };
  return {
    files: changed(was.files, after.files, (a, b) => a === b),
    rules: changed(was.rules, after.rules, isSameRule),
  };
}

function isSameRule(a: ManifestRule, b: ManifestRule): boolean {
  return a.sha256 === b.sha256 && a.file === b.file;
}

function changed<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  isSame: (a: T, b: T) => boolean,
): Changed {
  const differs = ([name, now]: readonly [string, T]): boolean => {
    const then = before.get(name);
    return then !== undefined && !isSame(then, now);
  };
  return {
    added: names([...after].filter(([name]) => !before.has(name))),
    changed: names([...after].filter(differs)),
    removed: names([...before].filter(([name]) => !after.has(name))),
  };
}

function names(of: readonly (readonly [string, unknown])[]): readonly string[] {
  return of.map(([name]) => name).sort();
}

/** How many of each. */
export function countsOf({ added, changed: other, removed }: Changed): {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
} {
  return { added: added.length, changed: other.length, removed: removed.length };
}

import { sha256 } from '../core/draft.ts';
import type { Kind } from '../core/kind.ts';
import type { LaneTerms } from '../core/lane-terms.ts';
import { manifestOf, manifestText } from '../core/rule-manifest.ts';
import type {
  AskRule,
  Cascade,
  Checklist,
  LaneRule,
  Limit,
  Rule,
  StartRule,
} from '../core/rule.ts';
import type { RuleSet } from '../core/rule-set.ts';
import { cuesOf } from './build-cues.ts';
import { settingsOf } from './build-settings.ts';
import { classifierOf } from './examples.ts';
import type { Examples } from './examples.ts';
import type { Practice } from './practice.ts';
import type { Problems } from './problems.ts';
import type { Files, RuleFile, Written } from './rule-files.ts';
import type { Path } from './yaml-file.ts';

type Head = {
  readonly id: string;
  readonly title: string;
  readonly because: string;
  readonly source: { readonly document: string; readonly heading: string };
};

/** What building needs besides the written values. */
export type Bench = {
  readonly files: Files;
  readonly practice: Practice;
  readonly examples: Examples;
  readonly problems: Problems;
  readonly byId: Map<string, Rule>;
  readonly texts: Map<string, string>;
};

type Make<H, R> = (head: H, rule: Rule) => R;

/** Turns what was written into the rule set that decides. Ids and sources are checked on the way. */
export function buildRules(written: Written, bench: Bench): RuleSet {
  const { asking, gates, life, lanes, minutes } = written;
  const each = <H extends Head, R>(file: RuleFile, list: readonly H[], make: Make<H, R>): R[] =>
    list.map((head, i) => make(head, ruleOf(bench, { file, path: [LISTS[file], i] }, head)));
  sourceHash(bench, { file: 'minutes', path: [] }, minutes);
  each('gates', gates.gates, asRule);
  each('life', life.life, asRule);
  each('leaving', written.leaving.leaving, asRule);
  each('cues', written.cues.raising, asRule);
  const files = filesOf(bench);
  const set = {
    files,
    limits: each('limits', written.limits.limits, limitOf),
    lanes: each('lanes', lanes.lanes, laneOf),
    otherwise: ruleOf(bench, { file: 'lanes', path: ['otherwise'] }, lanes.otherwise),
    starts: each('start', written.start.starts, startOf),
    cascades: each('cascade', written.cascade.cascades, cascadeOf),
    checklists: each('approving', written.approving.checklists, checklistOf),
    asks: new Map(each('asking', asking.asks, askOf).map((ask) => [ask.about, ask])),
    kinds: new Map(each('kinds', written.kinds.kinds, kindOf).map((kind) => [kind.id, kind])),
    cues: cuesOf(written.cues, bench),
    classify: classifierOf(bench.examples),
    settings: settingsOf(written),
    minutes: minutesOf(minutes),
    sizes: minutes.sizes,
    terms: written.leaving.lanes.map(termsOf),
    byId: bench.byId,
    texts: bench.texts,
  };
  return { ...set, hash: sha256(manifestText(manifestOf(set))) };
}

/** The key under which each file lists its rules. */
export const LISTS = {
  kinds: 'kinds',
  cues: 'raising',
  limits: 'limits',
  lanes: 'lanes',
  start: 'starts',
  asking: 'asks',
  approving: 'checklists',
  cascade: 'cascades',
  gates: 'gates',
  life: 'life',
  leaving: 'leaving',
  minutes: 'minutes',
} as const satisfies Record<RuleFile, string>;

/** The part every rule has; its exact text is kept by hash, its source looked up, its id refused when taken. */
function ruleOf(bench: Bench, at: { file: RuleFile; path: Path }, head: Head): Rule {
  const file = bench.files[at.file];
  const text = file.textOf(at.path);
  const hash = sourceHash(bench, at, head);
  const rule: Rule = {
    id: head.id,
    file: `${at.file}.yaml`,
    title: head.title,
    because: head.because,
    source: { ...head.source, hash },
    hash: sha256(text),
  };
  const taken = bench.byId.get(rule.id);
  if (taken !== undefined)
    bench.problems.add(
      file.at([...at.path, 'id']),
      `expected an id of its own, got ${rule.id}, which rules/${taken.file} already has. Give it another.`,
      { code: 'duplicate-id', rule: rule.id },
    );
  bench.byId.set(rule.id, rule);
  bench.texts.set(rule.hash, text);
  return rule;
}

/** The hash of the section a rule rests on; a problem, and nothing, where there is none. */
function sourceHash(
  { files, practice, problems }: Bench,
  { file, path }: { file: RuleFile; path: Path },
  { source, id }: Pick<Head, 'source'> & { readonly id?: string },
): string {
  const section = practice.section(source.document, source.heading);
  if ('hash' in section) return section.hash;
  problems.add(files[file].at([...path, 'source', section.at]), section.says, {
    code: 'dead-source',
    ...(id === undefined ? {} : { rule: id }),
  });
  return '';
}

/** Every file of the set by its name in the rules folder, sorted. */
function filesOf({ files, practice, examples }: Bench): RuleSet['files'] {
  const own = Object.entries(files).map(([name, { text }]) => [`${name}.yaml`, text] as const);
  const all = [...own, ...examples.files, ...practice.documents];
  return new Map(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Item<F extends RuleFile, K extends keyof Written[F]> = Written[F][K] extends (infer I)[]
  ? I
  : never;

const asRule = (_head: Head, rule: Rule): Rule => rule;

function termsOf(written: Item<'leaving', 'lanes'>): LaneTerms {
  const { checked_on: checkedOn, not_checked: notChecked, ...terms } = written;
  return { ...terms, checkedOn, notChecked: notChecked ?? null };
}

function minutesOf({ minutes }: Written['minutes']): RuleSet['minutes'] {
  return new Map(minutes.map(({ by_hand: byHand, ...row }) => [row.kind, { ...row, byHand }]));
}

function kindOf(kind: Item<'kinds', 'kinds'>): Kind {
  const { because: _because, source: _source, ...rest } = kind;
  return rest.sort === undefined || rest.sort === 'work' ? { ...rest, sort: 'work' } : rest;
}

function limitOf({ when, do: act }: Item<'limits', 'limits'>, rule: Rule): Limit {
  return {
    ...rule,
    when,
    forbid: act.forbid ?? [],
    ...(act.ask === undefined ? {} : { ask: act.ask }),
  };
}

function laneOf({ when, do: act, owner, since }: Item<'lanes', 'lanes'>, rule: Rule): LaneRule {
  return { ...rule, when, ...act, owner, since };
}

function startOf({ when, do: act, enabled }: Item<'start', 'starts'>, rule: Rule): StartRule {
  return { ...rule, when, ...act, enabled };
}

function cascadeOf({ when, after, do: act }: Item<'cascade', 'cascades'>, rule: Rule): Cascade {
  const met = 'send_backs' in after ? { sendBacks: after.send_backs } : after;
  return { ...rule, when, after: met, ...act };
}

function checklistOf(
  { when, means, points }: Item<'approving', 'checklists'>,
  rule: Rule,
): Checklist {
  return { ...rule, when, means, points };
}

function askOf(ask: Item<'asking', 'asks'>, rule: Rule): AskRule {
  const { about, question, remind_after_hours: remind, expire_after_days: expire } = ask;
  return {
    ...rule,
    about,
    question,
    ...(remind === undefined ? {} : { remindAfterHours: remind }),
    ...(expire === undefined ? {} : { expireAfterDays: expire }),
  };
}

import type { DeclineCount } from '../core/declined.ts';
import type { Moment } from '../core/moment.ts';
import { recordIn, textIn } from './data.ts';
import type { Entry } from './read.ts';

/** Whether a decline was right, by what people chose afterwards. */
export type Fate = 'rightly' | 'wrongly' | 'open';

/** One decline: before any model, by the kind, or in a model's answer. */
export type Decline = {
  /** The id of its entry. */
  readonly entry: string;
  readonly task: string;
  readonly by: string;
  readonly kind: string;
  readonly to: string;
  readonly rule: string;
  readonly at: Moment;
  readonly fate: Fate;
};

type Mutable = { -readonly [Key in keyof Decline]: Decline[Key] };

/** What is known of a task while its entries are read. */
type Known = { kind: string; worker: string; readonly declines: Mutable[] };

type Data = Entry['data'];

/**
 * Every decline in these entries, oldest first; they must be in order, and hold everything about the tasks they name.
 * A decline was right when the piece turned out to be of another kind by a person's word, or was delivered by somebody
 * else. It was wrong when a person then named that very kind or that very specialist, or when they delivered it after
 * all. Until then it is open; what was said last counts.
 */
export function declinesIn(entries: readonly Entry[]): readonly Decline[] {
  const tasks = new Map<string, Known>();
  const found: Decline[] = [];
  for (const entry of entries) {
    if (entry.task === null) continue;
    const known = tasks.get(entry.task) ?? { kind: '', worker: '', declines: [] };
    tasks.set(entry.task, known);
    judge(known, entry);
    known.kind = kindIn(entry) ?? known.kind;
    if (entry.type === 'attempt.started') known.worker = entry.persona ?? known.worker;
    const decline = declineIn(known, entry, entry.task);
    if (decline === null || isRepeated(known, decline)) continue;
    known.declines.push(decline);
    found.push(decline);
  }
  return found;
}

/** What this entry says about the declines before it. */
function judge(known: Known, entry: Entry): void {
  for (const decline of known.declines)
    decline.fate = fateBy(decline, known, entry) ?? decline.fate;
}

function fateBy(decline: Decline, { worker }: Known, entry: Entry): Fate | null {
  if (entry.type === 'draft.delivered') return worker === decline.by ? 'wrongly' : 'rightly';
  const route = routeIn(entry);
  if (entry.actor.kind !== 'person' || route === null) return null;
  if (textIn(route, 'kind') !== decline.kind) return 'rightly';
  const isNamed = textIn(recordIn(route, 'facts') ?? {}, 'persona') === decline.by;
  if (isNamed && recordIn(route, 'declined') === null) return 'wrongly';
  return textIn(entry.data, 'about') === 'kind' ? 'wrongly' : null;
}

function declineIn(known: Known, entry: Entry, task: string): Mutable | null {
  const { id, at, persona, rule, data } = entry;
  const byKind = recordIn(routeIn(entry) ?? {}, 'declined');
  const common = { entry: id, at, task, kind: known.kind, fate: 'open' as const };
  if (byKind !== null)
    return {
      ...common,
      by: word(byKind, 'by'),
      to: word(byKind, 'to'),
      rule: word(byKind, 'rule'),
    };
  const isDecline = entry.type === 'task.declined' || data['declined'] === true;
  if (!isDecline) return null;
  return { ...common, by: persona ?? '', to: word(data, 'to'), rule: rule ?? '' };
}

const word = (data: Data, key: string): string => textIn(data, key) ?? '';

/** A piece that is decided anew with the same persona named declines by kind again: that is the same decline. */
function isRepeated({ declines }: Known, { by, kind, to, rule }: Decline): boolean {
  return declines.some(
    (d) => d.by === by && d.kind === kind && d.to === to && d.rule === rule && d.fate === 'open',
  );
}

const ROUTED: readonly string[] = ['task.routed', 'task.changed', 'task.reopened', 'task.resumed'];

/** The route an entry holds: its own data, or what an answer led to. */
function routeIn({ type, data }: Entry): Data | null {
  if (type === 'person.answered') return recordIn(data, 'route');
  return ROUTED.includes(type) && data['kind'] !== undefined ? data : null;
}

function kindIn(entry: Entry): string | null {
  return textIn(routeIn(entry) ?? {}, 'kind');
}

/** Declines added up by who declined what to whom, most first. */
export function countDeclines(declines: readonly Decline[]): readonly DeclineCount[] {
  const counts = new Map<string, DeclineCount>();
  for (const { by, kind, to, fate } of declines) {
    const key = [by, kind, to].join(' ');
    const before = counts.get(key) ?? { by, kind, to, rightly: 0, wrongly: 0, open: 0 };
    counts.set(key, { ...before, [fate]: before[fate] + 1 });
  }
  const sum = (c: DeclineCount): number => c.rightly + c.wrongly + c.open;
  return [...counts.values()].sort((a, b) => sum(b) - sum(a));
}

import { amountText, FIGURES } from '../core/budget.ts';
import { nanoUsd, signedUsd } from '../core/money.ts';
import type { RuleTexts } from '../core/rule-text.ts';
import { ruleTitled } from '../core/rule-text.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { EntryValue } from '../core/entry.ts';
import type { Entry } from '../ledger/read.ts';
import type { Tongue } from './command/log-lines.ts';

type Data = Entry['data'];

/** What a line of the story is told with: names beside the record, and the texts of rules as they stood. */
export type Telling = { readonly tongue: Tongue; readonly texts: RuleTexts };

/** What happened to a task, in order, one line each; what says nothing of a decision is left out. */
export function storyLines(entries: readonly Entry[], telling: Telling): readonly string[] {
  let before: Data | null = null;
  let today = '';
  return entries.flatMap((entry) => {
    const route = routeIn(entry);
    const told = TOLD[entry.type]?.({ entry, route, before, telling });
    before = route ?? before;
    if (told === undefined) return [];
    // A route names its rule itself, and what is worked by it needs no second word of it.
    const isSaid = route !== null || entry.rule === null || entry.rule === text(before, 'rule');
    const by = isSaid ? '' : `, by ${ruleTitled(entry.rule, telling.texts)}`;
    const [day = '', clock = ''] = telling.tongue.when(entry.at).split(' ');
    const when = day === today ? clock : `${day} ${clock}`;
    today = day;
    return [`- ${when} ${told}${by}`];
  });
}

/** The route an entry holds: its own data, or what an answer led to. */
export function routeIn({ type, data }: Entry): Data | null {
  const route: EntryValue | undefined = type === 'person.answered' ? data['route'] : data;
  return typeof route === 'object' && route !== null && 'rule_set' in route
    ? (route as Data)
    : null;
}

type Told = {
  readonly entry: Entry;
  readonly route: Data | null;
  /** The route before this one. */
  readonly before: Data | null;
  readonly telling: Telling;
};
type Tell = (told: Told) => string | undefined;

const who = ({ entry: { actor }, telling }: Told): string =>
  actor.kind === 'person' ? telling.tongue.person(actor.id) : 'AIOS';
const text = (data: Data | null, name: string): string => {
  const value = data?.[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const count = (data: Data, what: string): string => {
  const n = text(data, `${what}s`);
  return `${n} ${n === '1' ? what : `${what}s`}`;
};
/** What a call might have come to when a budget had no room for it. */
const neededIn = (data: Data): string => {
  const figure = FIGURES.find((one) => one === data['figure']);
  const { needs } = data;
  return figure === undefined || typeof needs !== 'number'
    ? ''
    : `: the call may come to ${amountText(figure, needs)}`;
};
const plain = (name: string): string => name.replaceAll('_', ' ');

/** Where the rules wanted it, and by which rule. */
function decided(told: Told): string {
  const { route, telling, entry } = told;
  const rule = text(route, 'rule') || (entry.rule ?? '');
  const by = rule === '' ? '' : `, by ${ruleTitled(rule, telling.texts)}`;
  const outcome = text(route, 'outcome');
  if (outcome === 'ask') return `to ask about ${text(route, 'asks') || 'it'} first${by}`;
  if (outcome === 'answer') return `to make no task${by}`;
  return `${worked(told)}${outcome === 'hold' ? ', which could not be had' : ''}${by}`;
}

function worked({ route, entry }: Told): string {
  const lane = text(route, 'lane') || (entry.lane ?? '');
  const persona = text(route, 'persona') || (entry.persona ?? '');
  return `${persona === '' ? '' : `for the ${persona} `}on the ${lane} lane`;
}

/** A person who chose another lane than the rules did overrode them. */
function chosen(told: Told): string {
  const { entry, route, before } = told;
  const lane = entry.lane ?? '';
  const own = text(route, 'lane');
  const from =
    text(entry.data, 'from_lane') || text(entry.data, 'overrode_lane') || text(before, 'lane');
  const moved = from === '' || from === lane ? '' : ` instead of ${from}`;
  if (own !== '' && own !== lane)
    return `${who(told)} chose the ${lane} lane${moved}, and overrode the rules, which wanted it ${decided(told)}`;
  return `${who(told)} changed it: the ${lane} lane${moved}; the rules then decided ${decided(told)}`;
}

/** How much more it may cost there at worst; nothing where that is not known. */
function dearerBy(data: Data): string {
  const more = data['difference_nano'];
  if (typeof more !== 'number') return ', what that costs more is not known';
  return ` (${signedUsd(nanoUsd(more))} at worst, an estimate)`;
}

const TOLD: Readonly<Partial<Record<EntryType, Tell>>> = {
  'task.routed': (told) => `planned ${decided(told)}`,
  'task.changed': chosen,
  'task.rerouted': (told) =>
    told.route === null
      ? `${who(told)} sent it to the ${told.entry.lane ?? ''} lane instead of ${text(told.entry.data, 'from_lane')}`
      : chosen(told),
  'task.reopened': (told) =>
    `${who(told)} took it up again${told.route === null ? '' : `; decided anew ${decided(told)}`}`,
  'person.answered': (told) =>
    `${who(told)} answered about ${text(told.entry.data, 'about')}${told.route === null ? '' : `; decided anew ${decided(told)}`}`,
  'person.asked': ({ entry }) => `asked about ${text(entry.data, 'about')}`,
  'task.started': (told) => `${who(told)} started it`,
  'task.held': ({ entry }) =>
    text(entry.data, 'budget') === ''
      ? `held until ${text(entry.data, 'waits_for').replace(':', ' ')} can be had`
      : `held for a budget${neededIn(entry.data)}`,
  'budget.raised': (told) => `${who(told)} raised the budget, and it went on`,
  'task.resumed': (told) =>
    told.route === null ? 'went on' : `took its turn; decided anew ${decided(told)}`,
  'task.expired': () => 'expired: nobody decided in time',
  'task.cancelled': (told) => `${who(told)} ended it`,
  'task.declined': ({ entry }) =>
    `${entry.persona ?? 'the specialist'} declined it and handed it to ${text(entry.data, 'to')}`,
  'task.escalated': ({ entry }) =>
    `taken to the ${entry.lane ?? ''} lane from ${text(entry.data, 'from_lane')}${dearerBy(entry.data)}`,
  'task.retried': ({ entry }) =>
    entry.rule?.includes('#INTERRUPTED@') === true
      ? 'the program ended while it waited for the answer: the answer is lost, what it cost is not known, and the work is queued again'
      : 'tried again',
  'task.failed': ({ entry }) => `failed (${plain(text(entry.data, 'fault') || 'no reason said')})`,
  'task.sent_back': (told) => `${who(told)} sent it back with a reason`,
  'attempt.started': ({ entry }) =>
    `${text(entry.data, 'purpose') || 'work'} by ${entry.persona ?? 'a specialist'} on the ${entry.lane ?? ''} lane`,
  'draft.edited': (told) => `${who(told)} brought a version of their own`,
  'draft.approved': (told) => `${who(told)} approved it`,
  'draft.rejected': (told) => `${who(told)} rejected it with a reason`,
  'gate.reviewed': ({ entry }) =>
    `checked (${text(entry.data, 'gate')}): ${plain(text(entry.data, 'outcome'))}, ${count(entry.data, 'error')}, ${count(entry.data, 'warning')}`,
  'approval.voided': () => 'the approval no longer fitted the files and was voided',
  'approval.taken_back': (told) => `${who(told)} took the approval back`,
  'disclosure.issued': () => 'wrote down how AI was used',
  'draft.delivered': () => 'delivered',
  'delivery.failed': () => 'the delivery failed',
  'cost.adjusted': (told) => `${who(told)} corrected its cost`,
};

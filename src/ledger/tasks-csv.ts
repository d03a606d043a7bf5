import { utcStamp } from '../core/local-time.ts';
import type { Moment } from '../core/moment.ts';
import { PURPOSES } from '../core/lane.ts';
import { costOf, exactUsd } from './spend.ts';
import type { Decision, LaterCost, LaterMinutes, Spend, Sums, TaskSum } from './sum-types.ts';

/** Excel takes a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What is not known, apart from what is empty because there is nothing of it. */
const NOT_RECORDED = 'not recorded';

type Column = {
  readonly name: string;
  readonly of: (task: TaskSum) => string;
};

const column = (name: string, of: Column['of']): Column => ({ name, of });

const COLUMNS: readonly Column[] = [
  column('task', (t) => t.number),
  column('counted', (t) => (t.ended === null ? 'no, still open' : 'yes')),
  column('state', (t) => t.state),
  column('kind', (t) => t.kind),
  column('persona', (t) => t.persona),
  column('lane', (t) => t.lane),
  column('lanes_called', (t) => t.lanes.join(' ')),
  column('models', (t) => t.models.join(' ')),
  column('rehearsal', (t) => yesNo(t.rehearsal)),
  column('confidential', (t) => yesNo(t.isConfidential)),
  column('rule', (t) => t.rule ?? ''),
  column('moved_by_hand_from', (t) => t.rerouted?.from ?? ''),
  column('began', (t) => utcStamp(t.began)),
  column('ended', (t) => stamp(t.ended)),
  column('gate', (t) => t.gate?.gate ?? ''),
  column('gate_outcome', (t) => t.gate?.outcome ?? ''),
  column('gate_errors', (t) => number(t.gate?.errors)),
  column('gate_warnings', (t) => number(t.gate?.warnings)),
  column('sent_back_by_gate', (t) => String(t.sentBack.byGate)),
  column('sent_back_by_people', (t) => String(t.sentBack.byPeople)),
  column('decision', (t) => t.decision?.verb ?? ''),
  column('decided_by', (t) => t.decision?.by ?? ''),
  column('decided_at', (t) => stamp(t.decision?.at ?? null)),
  column(
    'card_shown_at',
    evidence((d) => stamp(d.shownAt)),
  ),
  column(
    'read_pressed_at',
    evidence((d) => stamp(d.readAt)),
  ),
  column(
    'words_edited',
    evidence((d) => number(d.edited?.words)),
  ),
  column(
    'words_in_all',
    evidence((d) => number(d.edited?.of)),
  ),
  column('checklist', evidence(checklist)),
  column('responsible', (t) => t.decision?.responsible ?? ''),
  column('draft_sha256', (t) => t.draft ?? ''),
  ...PURPOSES.map((purpose) => column(`calls_${purpose}`, (t) => String(t.calls[purpose]))),
  column('calls_open', (t) => String(t.openCalls)),
  ...money(),
  column('checking_usd', (t) => exactUsd(costOf(t.checking), t.checking.unpriced)),
  column('minutes_by_hand', (t) => number(t.minutes?.byHand)),
  column('minutes_basis', (t) => t.minutes?.basis ?? ''),
  column('minutes_table', (t) => number(t.minutes?.said.table ?? undefined)),
  column('minutes_estimate', (t) => number(t.minutes?.said.persona ?? undefined)),
  column('minutes_corrected', (t) => number(t.minutes?.said.person ?? undefined)),
  column('review_minutes', (t) => (t.review === null ? '' : String(t.reviewMinutes))),
  column('review_basis', (t) => t.review?.basis ?? ''),
  column('minutes_saved', (t) => (t.ended === null ? '' : String(t.saved))),
  column('words_by_ai', (t) => number(t.shares?.ai)),
  column('words_by_program', (t) => number(t.shares?.program)),
  column('words_by_people', (t) => number(t.shares?.people)),
  column('words_brought_in', (t) => number(t.shares?.broughtIn)),
  column('disclosure_type', (t) => t.disclosure?.type ?? ''),
  column('disclosure_sha256', (t) => t.disclosure?.sha256 ?? ''),
  column('texts_erased', (t) => String(t.erased)),
];

/**
 * One row for each task of a range, and one for each cost and each change of minutes that counts in it of a task that did
 * not end in it, so that `cost_usd` and `minutes_saved` of the rows that are counted add up to the totals. RFC 4180, UTF-8 with a byte order mark, USD with nine
 * decimals, times in UTC. Made of sums alone: whoever has the entries can make it again, byte for byte.
 */
export function tasksCsv(sums: Sums): Uint8Array {
  const names = COLUMNS.map(({ name }) => name);
  const tasks = [...sums.ended, ...sums.open].map((t) => COLUMNS.map(({ of }) => of(t)));
  const rows = [names, ...tasks, ...sums.later.map(laterRow), ...sums.laterMinutes.map(minutesRow)];
  const text = rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
  return new TextEncoder().encode(BYTE_ORDER_MARK + text);
}

function money(): readonly Column[] {
  return [
    column('calls_without_price', (t) => String(t.spend.unpriced)),
    column('cash_usd', (t) => exactUsd(t.spend.cash, t.spend.unpriced)),
    column('allocated_usd', (t) => exactUsd(t.spend.allocated, 0)),
    column('corrected_usd', (t) => exactUsd(t.spend.adjusted, 0)),
    column('cost_usd', (t) => costText(t.spend)),
  ];
}

const LATER_STATES = { later: 'booked later', expired: 'expired' };

function stateOfLater({ item, why }: Pick<LaterCost, 'item' | 'why'>): string {
  if (item.purpose === 'seat') return 'seat month closed';
  return item.purpose === 'correction' ? 'corrected later' : LATER_STATES[why];
}

/** The columns of a later cost that are not empty. */
function laterRow({ number: task, item, why }: LaterCost): readonly string[] {
  return rowOf({
    task,
    counted: 'yes',
    state: stateOfLater({ item, why }),
    lane: item.lane ?? '',
    ended: utcStamp(item.at),
    calls_without_price: String(item.unpriced),
    cash_usd: exactUsd(item.cash, item.unpriced),
    allocated_usd: exactUsd(item.allocated, 0),
    corrected_usd: exactUsd(item.adjusted, 0),
    cost_usd: costText(item),
  });
}

/** The same of what changed in minutes. */
function minutesRow({ number: task, byHand, review }: LaterMinutes): readonly string[] {
  return rowOf({
    task,
    counted: 'yes',
    state: 'minutes later',
    minutes_by_hand: String(byHand),
    review_minutes: String(review),
    minutes_saved: String(byHand - review),
  });
}

function rowOf(row: Readonly<Record<string, string>>): readonly string[] {
  return COLUMNS.map(({ name }) => row[name] ?? '');
}

/** What a decision shows; a decision without it says so, and a task without a decision says nothing. */
function evidence(of: (decision: Decision) => string): Column['of'] {
  return ({ decision }) => {
    if (decision === null) return '';
    const text = of(decision);
    return text === '' ? NOT_RECORDED : text;
  };
}

function checklist({ checklist: list }: Decision): string {
  return (list?.answers ?? []).map(({ id, yes }) => `${id}=${yesNo(yes)}`).join(' ');
}

function costText(spend: Spend): string {
  return exactUsd(costOf(spend), spend.unpriced);
}

function stamp(at: Moment | null): string {
  return at === null ? '' : utcStamp(at);
}

function number(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');

/** Quoted where it must be; a leading sign that a spreadsheet would take for a formula is made text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r](?![0-9])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

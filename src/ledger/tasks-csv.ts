import { utcStamp } from '../core/local-time.ts';
import type { Moment } from '../core/moment.ts';
import { PURPOSES } from '../core/lane.ts';
import { costOf, exactUsd } from './spend.ts';
import type { Decision, LaterCost, Spend, Sums, TaskSum } from './sum-types.ts';

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
  column('review_minutes', (t) => number(t.reviewMinutes ?? undefined)),
  column('words_by_ai', (t) => number(t.shares?.ai)),
  column('words_by_program', (t) => number(t.shares?.program)),
  column('words_by_people', (t) => number(t.shares?.people)),
  column('words_brought_in', (t) => number(t.shares?.broughtIn)),
  column('disclosure_type', (t) => t.disclosure?.type ?? ''),
  column('disclosure_sha256', (t) => t.disclosure?.sha256 ?? ''),
  column('texts_erased', (t) => String(t.erased)),
];

/**
 * One row for each task of a range, and one for each cost that was booked later on a task of another range, so that
 * `cost_usd` of the rows that are counted adds up to the total. RFC 4180, UTF-8 with a byte order mark, USD with nine
 * decimals, times in UTC. Made of sums alone: whoever has the entries can make it again, byte for byte.
 */
export function tasksCsv(sums: Sums): Uint8Array {
  const names = COLUMNS.map(({ name }) => name);
  const tasks = [...sums.ended, ...sums.open].map((t) => COLUMNS.map(({ of }) => of(t)));
  const rows = [names, ...tasks, ...sums.later.map(laterRow)];
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

/** The columns of a later cost that are not empty. */
function laterRow({ number: task, item }: LaterCost): readonly string[] {
  const row: Readonly<Record<string, string>> = {
    task,
    counted: 'yes',
    state: item.purpose === 'correction' ? 'corrected later' : 'booked later',
    lane: item.lane ?? '',
    ended: utcStamp(item.at),
    calls_without_price: String(item.unpriced),
    cash_usd: exactUsd(item.cash, item.unpriced),
    allocated_usd: exactUsd(item.allocated, 0),
    corrected_usd: exactUsd(item.adjusted, 0),
    cost_usd: costText(item),
  };
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

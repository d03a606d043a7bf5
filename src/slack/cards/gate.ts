import type { KnownBlock } from '@slack/types';
import type { Finding, Level, Verdict } from '../../core/verdict.ts';
import { byHandText } from '../../core/minutes.ts';
import { signedUsd } from '../../core/money.ts';
import type { Moment } from '../../core/moment.ts';
import type {
  ApprovalEvidence,
  GateMessage,
  GateOutcome,
  PriceView,
} from '../../flow/ports/message.ts';
import { price, shortHash, size } from '../amounts.ts';
import { button, menu, row, section, sections, smallPrint } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { allowed, GATE_BUTTONS } from '../buttons.ts';
import {
  address,
  bold,
  channel,
  code,
  join,
  line,
  NOTHING,
  person,
  safe,
  say,
  shortly,
  when,
} from '../text.ts';
import type { SafeText } from '../text.ts';
import { minutes } from './minutes.ts';

const MOST_FINDINGS = 8;
const MOST_FILES = 6;
const MOST_NOTES = 5;

const VERDICT_WORDS: Readonly<Record<Verdict['outcome'], string>> = {
  pass: 'Passed the checks',
  send_back: 'The checks found errors',
  ask: 'The checks leave it to you',
  hold: 'The checks could not run',
};
/** Worst first; the word is said, so that no sign stands alone. */
const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  error: 'Error',
  warn: 'Warning',
  undecided: 'For your eyes',
  note: 'Note',
};
const LEVEL_ORDER = Object.keys(LEVEL_WORDS);
const MADE_WORDS = {
  ai: 'AI-written',
  program: 'made by an exact program, no AI',
  person: 'written by a person',
} as const;

/** A draft that waits for a decision; afterwards its receipt, on which minutes alone can still be said. */
export function gate(message: GateMessage): Blocks {
  return [
    section(head(message)),
    ...sections(body(message)),
    ...(message.outcome === null ? buttons(message) : [section(decided(message.outcome))]),
    ...(message.isReceipt ? minutes(message) : []),
    ...smallPrint([foot(message)]),
  ];
}

function head(message: GateMessage): SafeText {
  const title = bold(
    say`${line(message.number)} ${line(message.title, 120)}, draft ${message.draftVersion}`,
  );
  if (message.outcome !== null) return title;
  const calls = message.mention === null ? NOTHING : say`  ${person(message.mention)}`;
  return say`${title}: ready for your decision${calls}`;
}

function body(message: GateMessage): SafeText[] {
  return [
    ...message.warnings.slice(0, MOST_NOTES).map((w) => say`Look first: ${safe(w, 300)}`),
    verdict(message),
    message.checks === null ? NOTHING : line(message.checks, 200),
    message.erased ? ERASED : NOTHING,
    ...findings(message.findings),
    message.notChecked.length === 0
      ? NOTHING
      : say`Not checked by machine: ${line(message.notChecked.join('; '), 500)}`,
    files(message),
    message.left === null ? NOTHING : safe(message.left, 400),
    work(message),
  ];
}

const ERASED = say`Texts of this draft were erased, so findings and notes are missing here. What was decided about it stays.`;

function verdict({ gate, verdict: outcome, rounds, findings: all }: GateMessage): SafeText {
  const words = bold(gate === 'none' ? NO_GATE : (VERDICT_WORDS[outcome] as SafeText));
  const things = all.length === 0 ? NOTHING : say`${all.length} ${all.length === 1 ? ONE : MANY}`;
  const back = rounds === 0 ? NOTHING : say`sent back by the checks: ${rounds}`;
  return join([words, things, back], ' · ');
}
const NO_GATE = say`No machine check exists for this kind of work: look closely`;
const ONE = say`finding`;
const MANY = say`findings`;

function findings(all: readonly Finding[]): SafeText[] {
  const worstFirst = [...all].sort(
    (a, b) => LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level),
  );
  const left = all.length - MOST_FINDINGS;
  return [
    ...worstFirst.slice(0, MOST_FINDINGS).map(finding),
    left > 0 ? say`… and ${left} more findings, the worst are shown` : NOTHING,
  ];
}

function finding(one: Finding): SafeText {
  const { file, line: at, quote } = one.where;
  const place = code(at === undefined ? file : `${file}:${at}`, 120);
  const rule = say`[${line(one.ruleId, 60)}, ${source(one.source)}]`;
  const words = say`• ${LEVEL_WORDS[one.level] as SafeText} ${place} ${line(one.why, 280)} ${rule}`;
  const fix = one.fix === undefined ? NOTHING : say`Fix: ${line(one.fix, 120)}`;
  return join([words, quote === undefined ? NOTHING : code(quote, 120), fix], ' ');
}

function source(text: string): SafeText {
  return text.includes('://') ? address(text) : line(text, 80);
}

function files({ files: all }: GateMessage): SafeText {
  const shown = all.slice(0, MOST_FILES).map((f) => say`${code(f.name, 120)} ${size(f.size)}`);
  const left = all.length - shown.length;
  return say`Files: ${join(shown, ', ')}${left > 0 ? say` and ${left} more` : NOTHING}`;
}

function work(message: GateMessage): SafeText {
  const who = say`${line(message.persona, 60)} on ${line(message.model, 60)}`;
  const cost =
    isNothing(message.work) && isNothing(message.checking)
      ? price(message.work)
      : say`${price(message.work)} work, ${price(message.checking)} checking`;
  const corrected =
    message.corrected === 0 ? NOTHING : say`corrected by ${line(signedUsd(message.corrected))}`;
  return join(
    [who, cost, corrected, line(byHandText(message.byHand), 150), line(message.record, 150)],
    ' · ',
  );
}

function isNothing({ is }: PriceView): boolean {
  return is === 'free' || is === 'rehearsal';
}

function buttons(message: GateMessage): KnownBlock[] {
  const { card, number, title } = message;
  const offered = allowed(GATE_BUTTONS, message.may);
  const main = offered.filter((b) => b.spot === 'button');
  return row([
    ...main.map(({ verb, label }) =>
      button({
        verb,
        label: verb === 'approve' && message.asks ? `${label}…` : label,
        card,
        about: `${number} ${title}`,
        primary: verb === 'approve',
      }),
    ),
    ...menu(
      card,
      offered.filter((b) => b.spot === 'menu'),
    ),
  ]);
}

function decided(outcome: GateOutcome): SafeText {
  const by = outcome.by === null ? NOTHING : say` by ${person(outcome.by)}`;
  const verb = outcome.verb.charAt(0).toUpperCase() + outcome.verb.slice(1);
  const { delivered, reason, record } = outcome;
  return join(
    [
      say`${bold(verb as SafeText)}${by}, ${when(outcome.at)}`,
      ...(outcome.evidence === null ? [] : evidence(outcome.evidence, outcome.at)),
      reason === null ? NOTHING : say`"${safe(reason, 1000)}"`,
      delivered === null
        ? NOTHING
        : say`delivered to ${channel(delivered.channel)}, ${when(delivered.at)}`,
      record === null ? NOTHING : say`record ${line(record)}`,
    ],
    ' · ',
  );
}

/** What is known of the review behind an approval. What is not on record is said as that, and nothing is made of it. */
function evidence({ shownAt, readAt, confirmed }: ApprovalEvidence, at: Moment): SafeText[] {
  return [
    shownAt === null ? say`card not recorded` : say`card posted ${shortly(shownAt, at)}`,
    readAt === null ? say`Read not recorded` : say`Read ${shortly(readAt, at)}`,
    confirmed === null ? NOTHING : points(confirmed),
  ];
}

function points({ of, open }: NonNullable<ApprovalEvidence['confirmed']>): SafeText {
  const said = say`${of - open.length} of ${of} points confirmed`;
  return open.length === 0 ? said : say`${said} (not confirmed: ${line(open.join('; '), 400)})`;
}

function foot(message: GateMessage): SafeText {
  const short = code(shortHash(message.draftSha256));
  const made = MADE_WORDS[message.made] as SafeText;
  const answerable =
    message.outcome === null ? say`approving makes you answerable for these bytes` : NOTHING;
  return join([say`draft ${short}`, made, answerable], ' · ');
}

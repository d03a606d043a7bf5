import { moment } from '../../src/core/moment.ts';
import { nanoUsd } from '../../src/core/money.ts';
import type { TaskEvent } from '../../src/core/task.ts';
import { LIFE, STATES } from '../../src/core/task.ts';
import type { Form } from '../../src/flow/ports/form.ts';
import type {
  DeliveredMessage,
  GateMessage,
  Message,
  PlanMessage,
  PlanPiece,
  QuestionMessage,
} from '../../src/flow/ports/message.ts';
import type { CardId } from '../../src/flow/ports/rows-cards.ts';

export const CARD = '0190f7a2-0000-7000-8000-000000000001' as CardId;
export const EVENTS = [
  ...new Set(STATES.flatMap((s) => Object.keys(LIFE[s]) as TaskEvent[])),
] as const;

/** A text or a default; the property tests put hostile texts everywhere a text may stand. */
type Text = (usual: string) => string;
const usual: Text = (text) => text;

export function piece(text: Text = usual, more: Partial<PlanPiece> = {}): PlanPiece {
  return {
    ordinal: 1,
    number: '#142.1',
    title: text('Content audit'),
    persona: text('content-auditor'),
    lane: 'local',
    price: { is: 'range', low: nanoUsd(10_000_000), high: nanoUsd(10_000_000) },
    minutes: 90,
    state: 'proposed',
    says: text('starts when you run it'),
    after: null,
    rule: { title: text('Routine reading'), file: text('lanes.yaml') },
    may: ['change', 'start', 'drop'],
    taught: false,
    ...more,
  };
}

export function plan(text: Text = usual, more: Partial<PlanMessage> = {}): PlanMessage {
  return {
    is: 'plan',
    rehearsal: false,
    card: CARD,
    number: '#142',
    client: text('Acme'),
    requester: 'U0COLLEAGUE',
    mention: 'U0OWNER',
    words: text('audit the site, harden the plugin, draft the post'),
    pieces: [
      piece(text),
      piece(text, {
        ordinal: 2,
        number: '#142.2',
        title: text('Plugin hardening'),
        persona: text('plugin-hardener'),
        lane: 'senior',
        price: { is: 'range', low: nanoUsd(400_000_000), high: nanoUsd(900_000_000) },
        minutes: 180,
        rule: { title: text('Security of a release'), file: text('lanes.yaml') },
      }),
      piece(text, {
        ordinal: 3,
        number: '#142.3',
        title: text('Blog post'),
        lane: 'senior',
        price: { is: 'unknown' },
        state: 'asking',
        says: text('who reads it?'),
        may: ['answer', 'reroute', 'cancel'],
        taught: true,
      }),
    ],
    context: [text('thanks, no rush')],
    answers: [text('I cannot send invoices.')],
    atMost: { is: 'range', low: nanoUsd(410_000_000), high: nanoUsd(910_000_000) },
    approverOnly: [],
    ...more,
  };
}

export function gate(text: Text = usual, more: Partial<GateMessage> = {}): GateMessage {
  return {
    is: 'gate',
    rehearsal: false,
    card: CARD,
    number: '#142.2',
    title: text('Plugin hardening'),
    draftVersion: 2,
    draftSha256: '3f9a5b77aabbccddeeff00112233445566778899aabbccddeeff0011223344c2',
    files: [{ name: text('admin.php'), size: 12_345 }],
    mention: 'U0APPROVER',
    gate: 'readability',
    verdict: 'pass',
    rounds: 1,
    findings: [
      {
        ruleId: text('wp/cap'),
        level: 'undecided',
        why: text('nonce added, but no capability check was asked for. Intended?'),
        source: text('https://developer.wordpress.org/plugins/security/'),
        where: { file: text('admin.php'), line: 88, quote: text('check_admin_referer()') },
        fix: text('add current_user_can()'),
        fingerprint: 'f'.repeat(64),
      },
    ],
    notChecked: [text('behaviour on a real site')],
    checks: text('Checklist: 9 yes, 3 no'),
    warnings: [text('first time for this kind: read closely')],
    erased: false,
    persona: text('plugin-hardener'),
    model: text('some-model-1'),
    work: { is: 'range', low: nanoUsd(620_000_000), high: nanoUsd(620_000_000) },
    checking: { is: 'range', low: nanoUsd(80_000_000), high: nanoUsd(80_000_000) },
    corrected: nanoUsd(0),
    byHand: { table: 180, persona: 150, person: null },
    left: null,
    review: { minutes: 12, basis: 'measured' },
    isReceipt: false,
    record: text('approved unchanged 17 of 23 times'),
    may: ['approve', 'send_back', 'edit', 'ask_persona', 'reroute', 'reject', 'cancel'],
    asks: false,
    made: 'ai',
    outcome: null,
    ...more,
  };
}

export function question(text: Text = usual, more: Partial<QuestionMessage> = {}): QuestionMessage {
  return {
    is: 'question',
    rehearsal: false,
    card: CARD,
    number: '#142',
    mention: 'U0COLLEAGUE',
    about: 'client',
    text: text('For whom is this?'),
    options: [
      { value: 'acme', label: text('Acme') },
      { value: 'borealis', label: text('Borealis') },
    ],
    freeText: true,
    answered: null,
    ...more,
  };
}

export function delivered(text: Text = usual): DeliveredMessage {
  return {
    is: 'delivered',
    rehearsal: false,
    number: '#142.2',
    title: text('Plugin hardening'),
    mention: 'U0COLLEAGUE',
    disclosure: text('Written by AI, checked by exact programs, approved by a person.'),
    receipt: text('Approved by Olive, Tue 10:02 · draft 3f9a…c2 · record 8,412'),
  };
}

/** One of every message, and of every state that a card can be in. */
export function everyMessage(text: Text = usual): Message[] {
  const at = moment(1_795_000_000_000);
  return [
    { is: 'received', rehearsal: true, number: '#142', says: text('Received.') },
    question(text),
    question(text, { about: 'persona', options: [] }),
    question(text, {
      options: Array.from({ length: 120 }, (_, i) => ({
        value: `v${i}`,
        label: text(`Option ${i}`),
      })),
    }),
    question(text, { answered: { by: text('Olive'), label: text('Acme'), at } }),
    plan(text),
    plan(text, { mention: null, atMost: { is: 'unknown' } }),
    plan(text, {
      pieces: Array.from({ length: 60 }, (_, i) =>
        piece(text, { ordinal: i + 1, may: EVENTS, taught: true }),
      ),
      context: Array.from({ length: 40 }, () => text('thanks')),
      answers: Array.from({ length: 40 }, () => text('no')),
    }),
    gate(text),
    gate(text, {
      may: EVENTS,
      findings: Array.from({ length: 50 }, () => gate(text).findings).flat(),
    }),
    gate(text, {
      isReceipt: true,
      outcome: {
        verb: 'approved',
        by: text('Olive'),
        at,
        reason: text('good'),
        delivered: { channel: text('#acme'), at },
        record: text('8,412 · 5bd1'),
        evidence: { shownAt: at, readAt: null, confirmed: { of: 3, open: [text('tried it')] } },
      },
    }),
    gate(text, { asks: true, corrected: nanoUsd(-120_000_000), review: null }),
    {
      is: 'draft',
      rehearsal: true,
      number: '#142.2',
      draftVersion: 2,
      draftSha256: 'a'.repeat(64),
    },
    delivered(text),
    { is: 'notice', rehearsal: true, number: '#142.1', mention: 'U0OWNER', text: text('Held.') },
    { is: 'notice', rehearsal: false, number: null, mention: null, text: text('Held.') },
    {
      is: 'digest',
      rehearsal: true,
      week: text('Week 47'),
      lines: Array.from({ length: 80 }, () => text('23 tasks')),
    },
  ];
}

export function everyForm(text: Text = usual): Form[] {
  const options = Array.from({ length: 130 }, (_, i) => ({
    value: `v${i}`,
    label: text(`Choice ${i}`),
  }));
  return [
    {
      is: 'send_back',
      card: CARD,
      number: '#142.2',
      findings: Array.from({ length: 30 }, () => text('fault')),
    },
    { is: 'reject', card: CARD, number: '#142.2' },
    {
      is: 'approve',
      card: CARD,
      number: '#142.2',
      title: text('Plugin hardening'),
      draftVersion: 2,
      draftSha256: '3f9a'.repeat(16),
      rule: 'approving.yaml#CHECK-CODE@0123456789abcdef',
      because: text('Code that runs for others.'),
      means: text('You answer for these files.'),
      points: options.slice(0, 5),
    },
    {
      is: 'change',
      card: CARD,
      number: '#142',
      pieces: options,
      lanes: options.slice(0, 2),
      personas: [{ label: text('The rules'), options }],
      kinds: [{ label: text('Words'), options }],
      orders: options.slice(0, 2),
    },
    {
      is: 'pieces',
      card: CARD,
      number: '#142',
      fields: [{ name: 'pieces-1-0123456789abcdef', label: 'Pieces 1 to 2', text: text('audit') }],
      files: Array(30).fill(text('a.php')),
      context: Array(30).fill(text('thanks, no rush')),
      fixed: Array(30).fill(text('#142.3 stays as it is')),
    },
    {
      is: 'minutes',
      card: CARD,
      number: '#142.2',
      title: text('Plugin hardening'),
      said: { table: 180, persona: 150, person: null },
      review: { minutes: 12, basis: 'measured' },
    },
    {
      is: 'example',
      card: CARD,
      number: '#142.2',
      words: text('do the usual for the spring one'),
      title: text('Plugin hardening'),
      pieces: options.slice(0, 1),
      uses: options.slice(0, 2),
    },
    {
      is: 'read',
      number: '#142.2',
      checks: { says: text('Checklist: 9 yes, 6 no'), lines: Array(15).fill(text('Yes: it is')) },
      files: Array.from({ length: 30 }, (_, i) => ({
        name: text(`page-${i}.html`),
        text: i === 3 ? null : i === 4 ? '' : text('<p>words</p>\n').repeat(400),
        size: 4000,
      })),
    },
  ];
}

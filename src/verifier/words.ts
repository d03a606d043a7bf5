import type { Checked } from '../ledger/bundle.ts';
import type { Finding } from '../ledger/history.ts';
import { SAVED_WORDS } from '../ledger/sum-minutes.ts';

/** What can be said of a checked bundle beside what the check itself knows. */
export type Telling = {
  readonly checked: Checked;
  readonly findings: readonly Finding[];
  readonly folder: string;
  /** How many files there were, and how many earlier checkpoints were given. */
  readonly files: number;
  readonly earlier: number;
};

/** The result in plain sentences. */
export function tell(telling: Telling): readonly string[] {
  const { checked, findings } = telling;
  const faults = findings.filter(({ level }) => level === 'fault');
  const notes = findings.filter(({ level }) => level === 'note');
  return [
    title(checked),
    ...(faults.length === 0 ? heldLines(telling) : faultLines(faults)),
    ...(notes.length === 0
      ? []
      : ['', 'Worth a look, but no fault:', ...notes.flatMap(findingLines)]),
    ...(faults.length === 0 ? [...figureLines(checked), ...limitLines(checked)] : []),
    ...(checked.isKeyGiven ? [] : keyWarning(checked)),
    '',
    verdict(faults.length),
  ];
}

function title({ manifest, figures }: Checked): string {
  if (manifest === null) return 'A bundle of AIOS whose manifest cannot be trusted';
  return `Work statement ${manifest.number}, ${figures?.totals.get('days') ?? ''}`;
}

function heldLines({ checked, files, earlier }: Telling): readonly string[] {
  const { checkpoint, signedBy, entries, rules } = checked;
  const root = checkpoint?.root.toString('hex') ?? '';
  return [
    '',
    'What was checked, and holds:',
    `- The ${files} files of the bundle are exactly those its manifest lists, and none was changed.`,
    `- Manifest and checkpoint are signed by ${signedBy.map(keyName).join(' and ')}.`,
    `- All ${entries} entries of the record were read. Their fingerprint (root) is the one that was signed:`,
    `  ${root}`,
    '- The history they tell is sound: every step follows from the one before, and every delivery has',
    '  before it the approval, the check and the disclosure of the very same files.',
    `- The ${rules} written rules that decided are here, word for word.`,
    '- Every figure of report.html and all of tasks.csv were made again from the entries: they are the same.',
    earlier === 0
      ? '- You gave no earlier checkpoint, so nothing was compared with what you held before (--earlier).'
      : `- The record goes on from ${earlier === 1 ? 'the earlier checkpoint' : `each of the ${earlier} earlier checkpoints`} you gave.`,
  ];
}

/** Name and id of a key, without its long part. */
function keyName(vkey: string): string {
  return vkey.split('+').slice(0, 2).join('+');
}

function faultLines(faults: readonly Finding[]): readonly string[] {
  return ['', 'What does not hold:', ...faults.flatMap(findingLines)];
}

function findingLines({ place, says }: Finding): readonly string[] {
  return [`- ${place}`, `  ${says}`];
}

/** The figures themselves, so that a reader can hold the page against them. */
function figureLines({ figures }: Checked): readonly string[] {
  if (figures === null) return [];
  const of = (name: string): string => figures.totals.get(name) ?? 'none';
  return [
    '',
    'By the record, which the page you read must show:',
    `- ${of('days')}: ${of('tasks')} ended, ${of('delivered')} delivered, ${of('rejected')} rejected, ${of('cancelled')} cancelled; ${of('open')} still open`,
    `- cost ${of('cost')}, of it metered ${of('cash')}, shares ${of('allocated')}, corrections ${of('corrected')}`,
    `- by hand it would have taken ${of('minutes')} (${of('minutes_basis')})`,
    `- reviews took ${of('review_minutes')}, minutes saved: ${of('saved')}`,
    ...SAVED_WORDS.split('. ').map((sentence) => `  ${sentence.replace(/\.?$/, '.')}`),
    `- sent back ${of('sent_back_by_gate')} by checks, ${of('sent_back_by_people')} by people`,
    ...['rehearsal', 'provisional'].flatMap((name) => {
      const text = figures.totals.get(name);
      return text === undefined ? [] : [`- ${text}`];
    }),
  ];
}

function limitLines({ isKeyGiven }: Checked): readonly string[] {
  return [
    '',
    'What this proves:',
    ...(isKeyGiven
      ? [
          '- The record in this bundle was signed with the key you brought, and was not changed since.',
        ]
      : [
          '- The parts of this bundle belong together. Who signed them it does not show: see the warning.',
        ]),
    '- Page and table say of the record what it says.',
    '',
    'What it cannot prove:',
    '- that what was written down was true, or that no work was done that was not written down;',
    '- the names on the page: the record knows people, clients and kinds of work by marks alone;',
    '- anything before the oldest checkpoint you hold yourself. Keep the one of this bundle for next time.',
  ];
}

function keyWarning({ signedBy }: Checked): readonly string[] {
  return [
    '',
    'WARNING: you gave no key, so the one inside the bundle was used. Whoever forges a bundle can put',
    'their own key into it. Compare it with the key in your contract, letter by letter:',
    ...signedBy.map((vkey) => `  ${vkey}`),
    'or run this again with --key and the key of your contract.',
  ];
}

function verdict(faults: number): string {
  if (faults === 0) return 'ACCEPTED: everything that was checked holds.';
  return `NOT ACCEPTED: ${faults === 1 ? 'one thing does' : `${faults} things do`} not hold. Do not rely on this bundle; ask the practice, and keep it.`;
}

/** The result for a program. */
export function asJson({ checked, findings, folder }: Telling): string {
  const { manifest, checkpoint, signedBy, isKeyGiven, entries, rules, figures } = checked;
  const ok = findings.every(({ level }) => level !== 'fault');
  const told = {
    ok,
    folder,
    findings,
    statement: manifest?.number ?? null,
    origin: checkpoint?.origin ?? null,
    size: checkpoint?.size ?? null,
    root: checkpoint?.root.toString('hex') ?? null,
    signed_by: signedBy,
    key_given: isKeyGiven,
    entries,
    rules,
    figures: figures === null ? null : Object.fromEntries(figures.totals),
  };
  return JSON.stringify(told, null, 2);
}

import type { CloudAnswer } from './facts.ts';
import type { Lane } from './lane.ts';
import type { LaneTerms } from './lane-terms.ts';
import { isOutside, LOOKED_FOR, NOT_FOUND } from './leaving.ts';

/** What is set for a client, as far as it concerns who may see its material. */
export type Engaged = {
  readonly client: string;
  readonly cloud: CloudAnswer;
  /** How many words are listed for it; never which. */
  readonly listed: number;
  readonly approvers: readonly string[];
  readonly secrets: 'mask' | 'ask';
  /** `2026-11-26` */
  readonly day: string;
};

/** The engagement notice as data: before work starts, who may see what of a client, and under which terms. */
export type Engagement = {
  readonly client: string;
  readonly day: string;
  readonly cloud: CloudAnswer;
  readonly lanes: readonly (LaneTerms & { readonly sees: string })[];
  readonly replaced: string;
  readonly not_found: string;
  readonly secrets: string;
  readonly approvers: readonly string[];
  readonly record: string;
};

const OUTSIDE: Readonly<Record<CloudAnswer, string>> = {
  unset:
    'Nothing. Nobody has said yet whether your work may go there, and until then the answer is no.',
  never: 'Nothing. Your work does not leave our machine.',
  redacted:
    'Ordinary work, with placeholders in the place of what is listed below. Confidential work never.',
  allowed: 'Ordinary work, as it is but for passwords and keys. Confidential work never.',
};

const INSIDE = 'All work, confidential work too: nothing leaves our machine.';

const RECORD =
  'Every step is written down when it happens: which lane and model, what was replaced by kind and number, who approved, what it cost. Your record is signed; ask for a statement with its proof at any time.';

/** The notice of a client, made from its settings and the terms that the rules hold. */
export function engagementOf(set: Engaged, terms: readonly LaneTerms[]): Engagement {
  return {
    client: set.client,
    day: set.day,
    cloud: set.cloud,
    lanes: terms.map((one) => ({ ...one, sees: seesOf(one.lane, set.cloud) })),
    replaced: replacedWords(set),
    not_found: notFoundWords(set.cloud),
    secrets: `What looks like a password or a key is never sent to a service outside: ${
      set.secrets === 'mask'
        ? 'it is masked, and the person who approves is told'
        : 'the work stops and a person is asked'
    }. Patterns find it, so one that looks like ordinary words is not found.`,
    approvers: set.approvers,
    record: RECORD,
  };
}

function seesOf(lane: Lane, cloud: CloudAnswer): string {
  return isOutside(lane) ? OUTSIDE[cloud] : INSIDE;
}

function replacedWords({ cloud, listed }: Engaged): string {
  if (cloud !== 'redacted')
    return cloud === 'allowed'
      ? 'Nothing but passwords and keys is replaced.'
      : 'Nothing has to be replaced, because nothing leaves.';
  const words = listed === 1 ? '1 is listed now' : `${listed} are listed now`;
  return `Before ordinary work leaves, these are replaced by placeholders and put back on our machine when it returns: ${LOOKED_FOR} (${words}). What stands for what is never sent.`;
}

function notFoundWords(cloud: CloudAnswer): string {
  if (cloud !== 'redacted') return 'Nothing is looked for.';
  return `${NOT_FOUND} Neither are postal addresses, numbers written as words, values in pictures, and whatever the text says about somebody without naming them.`;
}

/** The notice as Markdown, for people and screen readers: headings, sentences and lists, no table. */
export function engagementText(notice: Engagement): string {
  const { client, day } = notice;
  const lanes = notice.lanes.flatMap((lane) => ['', ...laneLines(lane)]);
  const who =
    notice.approvers.length === 0
      ? 'Nobody is named yet, so nothing can be delivered.'
      : `Nothing is delivered before one of these people has approved these very bytes: ${notice.approvers.join(', ')}.`;
  return [
    `# How AI is used in work for ${client}`,
    '',
    `As it is set on ${day}. A person starts the work and a person approves it. Work goes by written rules to one of the places below, or to none.`,
    '',
    '## Who may see your material',
    ...lanes,
    '',
    ...part('What is replaced before it leaves', notice.replaced),
    ...part('What is not found', notice.not_found),
    ...part('Passwords and keys', notice.secrets),
    ...part('Who approves', who),
    '## Where the record is',
    '',
    notice.record,
    '',
  ].join('\n');
}

function part(heading: string, text: string): readonly string[] {
  return [`## ${heading}`, '', text, ''];
}

function laneLines(lane: Engagement['lanes'][number]): readonly string[] {
  return [
    `### ${lane.by}`,
    '',
    `- Sees: ${lane.sees}`,
    `- Where: ${lane.where}`,
    `- Kept: ${lane.retention}`,
    `- Training: ${lane.training}`,
    `- Source: ${lane.source}, read on ${lane.checkedOn}`,
    ...(lane.notChecked === null ? [] : [`- Not checked: ${lane.notChecked}`]),
  ];
}

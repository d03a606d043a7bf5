import type { EntryType } from '../core/entry-type.ts';
import type { Invariant, Now } from './invariant.ts';
import { said } from './said.ts';

/** A new version. */
const MAKES: ReadonlySet<EntryType> = new Set(['draft.made', 'draft.edited']);

/** What is said of the version that is decided about; the rest may be about an earlier one. */
const OF_CURRENT: ReadonlySet<EntryType> = new Set([
  'gate.reviewed',
  'draft.approved',
  'draft.rejected',
  'task.sent_back',
  'draft.delivered',
]);

export const draft: Invariant = {
  name: 'draft',
  holds:
    'Drafts of a task are numbered from 1 without gaps; the gate and people decide about the newest, by its hash, and nothing is said of a draft nobody made.',
  level: 'fault',
  of: [...MAKES, ...OF_CURRENT, 'draft.read', 'draft.attributed', 'disclosure.issued'],
  broken: (now) => (MAKES.has(now.entry.type) ? made(now) : about(now)),
};

function made({ entry, task }: Now): string | undefined {
  if (task === undefined) return undefined;
  if (entry.draft === null) return 'expected the hash of the draft, got none';
  const { version, replaces } = entry.data;
  const next = (task.draft?.version ?? 0) + 1;
  if (version !== next) return `expected version ${next} of the draft, got ${said(version)}`;
  if (entry.type === 'draft.edited' && replaces !== task.draft?.sha256)
    return `expected an edit of the draft ${said(task.draft?.sha256)}, got one of ${said(replaces)}`;
  return undefined;
}

function about({ entry, task }: Now): string | undefined {
  if (task === undefined) return undefined;
  if (entry.draft === null) return 'expected the hash of a draft, got none';
  if (!task.drafts.includes(entry.draft))
    return `expected a draft of its task, got ${entry.draft}, which nobody made`;
  if (!OF_CURRENT.has(entry.type)) return undefined;
  const current = task.draft;
  if (entry.draft !== current?.sha256)
    return `expected the newest draft ${said(current?.sha256)}, got ${entry.draft}`;
  const { version } = entry.data;
  if (version !== undefined && version !== current.version)
    return `expected version ${current.version} of the draft, got ${said(version)}`;
  return undefined;
}

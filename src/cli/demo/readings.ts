import type { PointAnswer } from '../../core/checklist.ts';
import type { TaskFile } from '../../flow/ports/store.ts';
import type { DayRecord } from './record.ts';
import { who } from './words.ts';

/** What the expectations of a day read out of it, in a few words each. */

/** What there is to say of each task, by its number. */
export function each({ tasks }: DayRecord, says: (file: TaskFile) => string): string {
  return [...tasks].map(([number, file]) => `${number} ${says(file)}`).join(', ');
}

/** Words in order, each once. */
export function unique(words: readonly string[]): string {
  return [...new Set(words)].sort().join(', ');
}

const NO_TASK = { reviews: [], decisions: [] };

/** A task by its number; without checks and decisions where there is none. */
export function taskOf(
  { tasks }: DayRecord,
  number: string,
): Pick<TaskFile, 'reviews' | 'decisions'> {
  return tasks.get(number) ?? NO_TASK;
}

/** How often the cloud question was asked, and who answered it. */
export function cloudQuestion(day: DayRecord): string {
  const files = [...day.tasks.values()].flatMap((file) => file.questions);
  const asked = new Set(files.filter((one) => one.about === 'cloud').map((one) => one.id));
  const set = day.entries.filter((one) => one.type === 'client.set' && 'cloud' in one.data);
  return `${asked.size} asked, answered by ${set.map((one) => who(day, one)).join(' and ')}`;
}

/** How each task was approved: by which surface, whether it was read, and each point, those left open with a dash. */
export function evidence({ entries, numbers }: DayRecord): string {
  const approvals = entries
    .filter((one) => one.type === 'draft.approved')
    .map(({ task, data }) => {
      const { checklist, read_at: readAt, surface } = data;
      const list = checklist as { readonly answers: readonly PointAnswer[] } | null;
      const points = list?.answers.map(({ id, yes }) => (yes ? id : `${id}-`)) ?? [];
      const read = readAt === null ? [] : ['read'];
      return [numbers.get(task ?? '') ?? '', surface as string, ...read, ...points].join(' ');
    });
  return unique(approvals);
}

/** The tasks whose delivered bytes are those approved, as a reader downloads them. */
export function sameBytes({ posts, tasks }: DayRecord): string {
  const same = posts.filter(({ delivers }) => {
    const file = tasks.get(delivers?.number ?? '');
    const approved = file?.decisions.findLast((one) => one.verb === 'approve')?.draftSha256;
    return approved === delivers?.sha256 && approved === file?.delivery?.draftSha256;
  });
  return unique(same.flatMap(({ delivers }) => (delivers === undefined ? [] : [delivers.number])));
}

/** The tasks whose delivery has a disclosure of the same bytes before it. */
export function disclosedFirst({ entries, numbers }: DayRecord): string {
  const first = new Set<string>();
  const good = entries.filter((one) => {
    if (one.type === 'disclosure.issued') first.add(`${one.task ?? ''} ${one.draft ?? ''}`);
    return one.type === 'draft.delivered' && first.has(`${one.task ?? ''} ${one.draft ?? ''}`);
  });
  return unique(good.map((one) => numbers.get(one.task ?? '') ?? ''));
}

/** Whether every call has its end and its cost. */
export function callsOnRecord({ entries }: DayRecord): string {
  const ended = new Map(
    entries.filter((one) => one.type === 'attempt.ended').map((one) => [one.attempt, one.costNano]),
  );
  const open = entries.filter(
    (one) => one.type === 'attempt.started' && (ended.get(one.attempt) ?? null) === null,
  );
  return open.length === 0 ? 'all' : `${open.length} without an end or a cost`;
}

import { draftHash, sha256 } from '../../core/draft.ts';
import { taskNumber } from '../../core/id.ts';
import type { RequestId, TaskId } from '../../core/id.ts';
import type { TaskFile } from '../../flow/ports/store.ts';
import { readEntry } from '../../ledger/read.ts';
import type { Entry } from '../../ledger/read.ts';
import type { Message } from '../../workspace/human/protocol.ts';
import { CAST } from './cast.ts';
import { placeOf } from './places.ts';
import type { Stage } from './stage.ts';

/** What there is to know of a day when it is over, read back from the record and the channels. */
export type DayRecord = {
  /** The whole ledger, oldest first. */
  readonly entries: readonly Entry[];
  /** Tasks by number, e.g. `#1.2`, in order. */
  readonly tasks: ReadonlyMap<string, TaskFile>;
  /** `#1.2` for the id of a task, `#1` for that of a request. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Names of people by id. */
  readonly people: ReadonlyMap<string, string>;
  readonly posts: readonly Post[];
  /** Everything the stand-ins were told. */
  readonly prompts: readonly string[];
  /** References of rules that some entry names and whose text is not kept. */
  readonly lost: readonly string[];
};

/** A message of AIOS in a channel. */
export type Post = {
  readonly place: string;
  /** The kind of its card, `delivered` for a delivery, `unknown` where the record knows nothing of it. */
  readonly kind: string;
  /** The task it delivers, and the hash of the files that hang on it as a reader downloads them. */
  readonly delivers?: { readonly number: string; readonly sha256: string };
};

export async function readDay(stage: Stage): Promise<DayRecord> {
  const { base, world } = stage.aios;
  const rows = await base.sql<{ body: Uint8Array }[]>`select body from entry order by id`;
  const entries = rows.map(({ body }) => readEntry(body));
  const numbers = await numbersOf(stage, entries);
  const tasks = await tasksOf(stage, entries, numbers);
  const people = (await world.store.people()).map((one) => [one.id as string, one.name] as const);
  return {
    entries,
    tasks,
    numbers,
    people: new Map(people),
    posts: await postsOf(stage, tasks),
    prompts: base.rehearsal?.calls.map((call) => call.material) ?? [],
    lost: await lostRules(stage, entries),
  };
}

const REF = /^[\w./-]+#[\w.-]+@[0-9a-f]{16}$/;

/** Every reference of a rule inside a value, wherever it stands. */
function refsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return REF.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(refsIn);
}

async function lostRules({ aios }: Stage, entries: readonly Entry[]): Promise<readonly string[]> {
  const lost: string[] = [];
  for (const ref of new Set(entries.flatMap(refsIn))) {
    const [id = '', hash = ''] = ref.slice(ref.indexOf('#') + 1).split('@');
    const kept = await aios.world.store.loreStarting(hash);
    if (kept?.text.includes(`id: ${id}\n`) !== true) lost.push(ref);
  }
  return lost;
}

function idsIn(entries: readonly Entry[], which: 'task' | 'request'): readonly string[] {
  const ids = entries.map((entry) => entry[which]).filter((id) => id !== null);
  return [...new Set(ids)];
}

async function numbersOf({ aios }: Stage, entries: readonly Entry[]) {
  const numbers = new Map<string, string>();
  for (const id of idsIn(entries, 'request')) {
    const file = await aios.world.store.requestFile(id as RequestId);
    if (file === null) continue;
    const { number } = file.request;
    numbers.set(id, `#${number}`);
    for (const task of file.tasks) numbers.set(task.id, taskNumber(number, task.ordinal));
  }
  return numbers;
}

async function tasksOf(
  { aios }: Stage,
  entries: readonly Entry[],
  numbers: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, TaskFile>> {
  const found: (readonly [string, TaskFile])[] = [];
  for (const id of idsIn(entries, 'task')) {
    const file = await aios.world.store.taskFile(id as TaskId);
    if (file !== null) found.push([numbers.get(id) ?? id, file]);
  }
  return new Map(found.sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}

async function postsOf(
  stage: Stage,
  tasks: ReadonlyMap<string, TaskFile>,
): Promise<readonly Post[]> {
  const seen = stage.posted.filter((one) => one.ephemeral_to === undefined);
  const last = new Map(seen.map((one) => [`${one.channel} ${one.ts}`, one]));
  const posts: Post[] = [];
  for (const message of last.values()) posts.push(await postOf(stage, message, tasks));
  return posts;
}

/** Stands before the names of files that a rehearsal delivers; their bytes are those approved. */
const REHEARSAL = /^REHEARSAL-/;

async function postOf(
  { aios, human }: Stage,
  message: Message,
  tasks: ReadonlyMap<string, TaskFile>,
): Promise<Post> {
  const place = placeOf(human, message.channel);
  const delivered = [...tasks].find(([, { delivery }]) => delivery?.ts === message.ts);
  const card = await aios.world.store.cardAt(message.channel, message.ts);
  if (delivered === undefined) return { place, kind: card?.kind ?? 'unknown' };
  const marks = (message.files ?? []).map(async ({ id, name, size }) => {
    const bytes = await human.download(CAST.Caleb.id, id);
    return { name: name.replace(REHEARSAL, ''), size, sha256: sha256(bytes) };
  });
  const hash = draftHash(await Promise.all(marks));
  return { place, kind: 'delivered', delivers: { number: delivered[0], sha256: hash } };
}

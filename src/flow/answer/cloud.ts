import { CLOUD_ANSWERS } from '../../core/facts.ts';
import type { CloudAnswer } from '../../core/facts.ts';
import { Fault } from '../../core/fault.ts';
import type { OpenAct } from '../act.ts';
import { afterAnswer } from './given.ts';
import type { Followed, Given } from './given.ts';
import { redecide } from '../plan/redecide.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

const SAYS: Readonly<Partial<Record<CloudAnswer, string>>> = {
  allowed: 'Noted: ordinary work may use outside models.',
  redacted:
    'Noted: ordinary work may use outside models, with placeholders for what is found. Names nobody listed are not found.',
  never: 'Noted: everything of this client stays on this machine.',
};

/** One answer about the cloud settles every task of that client which waits for it, whoever asked for the work. */
export async function answerCloud(world: World, act: OpenAct, given: Given): Promise<Followed> {
  const { client } = given.request;
  const cloud = CLOUD_ANSWERS.find((c) => c === given.value);
  const says = cloud === undefined ? undefined : SAYS[cloud];
  if (client === null || cloud === undefined || says === undefined)
    throw new Fault('bad_input', 'Expected never, redacted or allowed. Use a button of the card.');
  const lastEntry = act.note(
    {
      type: 'client.set',
      actor: { kind: 'person', id: given.person.id },
      client: client.id,
      data: { cloud, question: given.question.id },
    },
    client.lastEntry,
  );
  act.change({
    update: 'client',
    set: { cloud, lastEntry },
    where: { id: client.id, lastEntry: client.lastEntry },
  });
  const now = { ...client, cloud, lastEntry };
  for (const file of await waiting(world, client))
    await goOn(world, act, { given, client: now, file });
  return { entry: lastEntry, says };
}

async function waiting(world: World, client: ClientRow): Promise<readonly TaskFile[]> {
  const open = await world.store.openTasks(client.id);
  const files = await Promise.all(
    open
      .filter(({ task }) => task.state === 'asking' && task.waitsFor === 'answer:cloud')
      .map(({ task }) => world.store.taskFile(task.id)),
  );
  return files.filter((file) => file !== null);
}

type GoOn = { readonly given: Given; readonly client: ClientRow; readonly file: TaskFile };

async function goOn(world: World, act: OpenAct, { given, client, file }: GoOn): Promise<void> {
  const { task, request } = file;
  const decided = await redecide(world, { task, client });
  await afterAnswer(world, act, { given, decided, bodyId: task.bodyId, task, request });
}

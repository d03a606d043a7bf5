import { refOf } from '../../core/rule-set.ts';
import { split } from '../../core/split/split.ts';
import type { RequestId } from '../../core/id.ts';
import { openAct } from '../act.ts';
import type { RequestBody } from '../request-body.ts';
import { textOf } from './piece.ts';
import { takeFiles } from './take-files.ts';
import { writePlan } from './write.ts';
import { clientOptions, makeQuestion } from '../answer/question.ts';
import { questionOf } from './put-task.ts';
import type { CardPlace } from '../ports/rows-cards.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { RequestFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';

/**
 * Reads a request: for whom, which pieces, which facts, which rules. Leaves tasks that wait for a click, a question,
 * or an answer that says why there is nothing to do. Doing it twice does it once.
 */
export async function plan(world: World, id: RequestId): Promise<void> {
  const file = await world.store.requestFile(id);
  if (file === null || file.request.step === 'planned' || file.request.step === 'empty') return;
  const client = await clientOf(world, file);
  if (client === null) return askForWhom(world, file);
  const around = { ...file, client };
  const body = JSON.parse(
    textOf(await world.bodies.get(file.request.bodyId)) ?? '{}',
  ) as RequestBody;
  const act = openAct(world.clock);
  const files = await takeFiles(world, act, { around, body });
  if (files === null) return;
  const parts = split(
    body.text,
    files.map((f) => f.file.name),
    world.library.rules,
  );
  await writePlan(world, act, { around, parts, files });
}

async function clientOf(world: World, file: RequestFile): Promise<ClientRow | null> {
  if (file.client !== null) return file.client;
  const bound = file.origin?.clientId ?? null;
  return bound === null ? null : world.store.client(bound);
}

/** Asks once for whom the work is, with buttons, where the request was written. */
async function askForWhom(world: World, file: RequestFile): Promise<void> {
  if (file.request.step === 'asked') return;
  const act = openAct(world.clock);
  const rule = refOf(world.library.rules, 'ASK-CLIENT');
  const question = await makeQuestion(world, act, {
    about: 'client',
    request: file.request,
    task: null,
    text: questionOf(world.library.rules, 'ASK-CLIENT'),
    options: clientOptions(await world.store.clients()),
    place: await namesClients(world, file),
  });
  const entry = act.note(
    {
      type: 'person.asked',
      actor: { kind: 'rule', id: rule },
      rule,
      request: file.request.id,
      data: { about: 'client', ...question?.data },
    },
    file.request.lastEntry,
  );
  question?.write(entry);
  act.change({
    update: 'request',
    set: { step: 'asked', lastEntry: entry },
    where: { id: file.request.id, step: 'received' },
  });
  await world.store.commit(act.close());
}

/** The buttons name every client of the practice: where somebody from outside reads along they go to the asker alone. */
async function namesClients(world: World, { request, requester }: RequestFile): Promise<CardPlace> {
  const open = requester.role === 'guest' || !(await world.slack.outsidersIn(request.channel));
  return open
    ? { at: 'asker' }
    : { at: 'channel', channel: await world.slack.dm(requester.slackUser) };
}

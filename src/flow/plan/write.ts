import type { EntryId } from '../../core/id.ts';
import { refOf } from '../../core/rule-set.ts';
import type { Split } from '../../core/split.ts';
import { ofRequest } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { nothingToDo } from './nothing.ts';
import type { Answered } from './nothing.ts';
import { lanesNow } from './piece.ts';
import { putTask } from './put-task.ts';
import { placedBefore } from './place-request.ts';
import type { Placed, TakenFile } from './take-files.ts';
import type { World } from '../ports/world.ts';

/** What the plan card shows of the reading of a request beside its tasks. */
export type PlanNote = { readonly context: readonly string[]; readonly answers: readonly string[] };

type Parts = {
  readonly around: Placed;
  readonly parts: Split;
  readonly files: readonly TakenFile[];
};

/** Adds the split, one task or answer for each piece, and the plan card to the act, and commits it. */
export async function writePlan(world: World, act: OpenAct, plan: Parts): Promise<void> {
  const { around, parts } = plan;
  const rule = refOf(world.library.rules, parts.by);
  const cause = await placedBefore(world, act, around);
  const entry = act.note(
    {
      type: 'request.split',
      actor: { kind: 'rule', id: rule },
      rule,
      client: around.client.id,
      request: around.request.id,
      data: {
        pieces: parts.pieces.length,
        context: parts.context.length,
        unsure: parts.unsure !== undefined,
      },
    },
    cause,
  );
  const answered = await putPieces(world, act, { ...plan, entry });
  if (answered.length === parts.pieces.length)
    return nothingToDo(world, act, { around, answered, cause: entry });
  const note: PlanNote = { context: parts.context, answers: answered.map((a) => a.says) };
  const about = ofRequest(around.request, around.client.id);
  const body = await world.bodies.put('note', about, JSON.stringify(note));
  act.change({ insert: 'body', row: body.row });
  act.change({
    update: 'request',
    set: { step: 'planned', clientId: around.client.id, lastEntry: entry },
    where: { id: around.request.id, step: around.request.step },
  });
  act.show({
    key: `plan:${around.request.id}`,
    kind: 'plan',
    place: { at: 'review' },
    requestId: around.request.id,
    note: { code: 'plan', with: { body: body.ref.id } },
  });
  await world.store.commit(act.close());
}

async function putPieces(
  world: World,
  act: OpenAct,
  { around, parts, files, entry }: Parts & { readonly entry: EntryId },
): Promise<readonly Answered[]> {
  const health = await lanesNow(world);
  const own = await world.examples.of(around.client.id);
  const request = { ...around.request, clientId: around.client.id, lastEntry: entry };
  const answered: Answered[] = [];
  for (const [index, piece] of parts.pieces.entries()) {
    const brought = files.filter((f) => piece.files.includes(f.file.name));
    const put = await putTask(world, act, {
      request,
      client: around.client,
      health,
      own,
      piece: {
        text: piece.text,
        files: brought.map((f) => f.file),
        said: [],
        around: parts.context.join('\n'),
      },
      fileWords: brought.reduce((sum, f) => sum + f.words, 0),
      ordinal: index + 1,
      follows: piece.after !== undefined,
      unsure: parts.unsure !== undefined,
    });
    if (put !== null) answered.push(put);
  }
  return answered;
}

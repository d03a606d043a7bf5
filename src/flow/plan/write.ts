import type { EntryId } from '../../core/id.ts';
import type { Asker } from '../../core/facts.ts';
import { refOf } from '../../core/rule-set.ts';
import type { Piece, Split } from '../../core/split/split.ts';
import { saidTogether } from '../../core/split/split.ts';
import { ofRequest } from '../about.ts';
import type { OpenAct } from '../act.ts';
import { nothingToDo } from './nothing.ts';
import { answerLine, answersIn, decidePieces, putPieces } from './put-pieces.ts';
import type { Wanted } from './put-pieces.ts';
import { askerOf, rolesOf } from '../roles.ts';
import { placedBefore } from './place-request.ts';
import type { Placed, TakenFile } from './take-files.ts';
import type { World } from '../ports/world.ts';

/** What the plan card shows of the reading of a request beside its tasks. */
export type PlanNote = {
  readonly context: readonly string[];
  readonly answers: readonly string[];
  /** Numbers of pieces whose words other pieces hold now; absent where nobody rearranged them. */
  readonly replaced?: readonly number[];
};

type Parts = {
  readonly around: Placed;
  readonly parts: Split;
  readonly files: readonly TakenFile[];
};

/** Adds the split, one task or answer for each piece, and the plan card to the act, and commits it. */
export async function writePlan(world: World, act: OpenAct, plan: Parts): Promise<void> {
  const { around, parts } = plan;
  const entry = await noteSplit(world, act, plan);
  const beside = saidTogether(parts);
  const pieces = await decidePieces(world, {
    client: around.client,
    pieces: parts.pieces.map((piece) => ({ ...wantedOf(piece, plan.files), beside })),
    first: 1,
    around: parts.context.join('\n'),
    asker: await askerIn(world, around),
  });
  await putPieces(world, act, {
    request: { ...around.request, clientId: around.client.id, lastEntry: entry },
    client: around.client,
    pieces,
    unsure: parts.unsure !== undefined,
  });
  const answered = answersIn(pieces);
  if (answered.length === pieces.length)
    return nothingToDo(world, act, { around, answered, cause: entry });
  await showFirst(world, act, {
    around,
    entry,
    note: { context: parts.context, answers: answered.map(answerLine) },
  });
  await world.store.commit(act.close());
}

/** Whose words the request is: of an approver of this client, or of anybody else. */
async function askerIn(world: World, { request, requester, client }: Placed): Promise<Asker> {
  const approvers = (await world.store.approversOf(client.id)).map(({ person }) => person);
  return askerOf(rolesOf(requester, { request, approvers }));
}

async function noteSplit(world: World, act: OpenAct, { around, parts }: Parts): Promise<EntryId> {
  const rule = refOf(world.library.rules, parts.by);
  return act.note(
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
    await placedBefore(world, act, around),
  );
}

type First = { readonly around: Placed; readonly entry: EntryId; readonly note: PlanNote };

async function showFirst(
  world: World,
  act: OpenAct,
  { around, entry, note }: First,
): Promise<void> {
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
}

function wantedOf({ text, files: names, after }: Piece, files: readonly TakenFile[]): Wanted {
  const own = files.filter((f) => names.includes(f.file.name));
  return {
    text,
    files: own.map((f) => f.file),
    fileWords: own.reduce((sum, f) => sum + f.words, 0),
    after: after ?? null,
  };
}

import type { EntryId, ExampleId } from '../core/id.ts';
import type { ExampleSource } from '../core/record-words.ts';
import { refOf } from '../core/rule-set.ts';
import { ofTask } from './about.ts';
import type { OpenAct } from './act.ts';
import { refData } from './act.ts';
import { tidySoon } from './erase/tidy-examples.ts';
import type { ExampleRow } from './ports/rows-examples.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { TaskRow } from './ports/rows-work.ts';
import type { World } from './ports/world.ts';

export type NewExample = {
  readonly text: string;
  readonly kind: string;
  readonly person: PersonRow;
  /** The work the words come from; it is of a client. */
  readonly task: Pick<TaskRow, 'id' | 'requestId' | 'clientId'>;
  /** What made it the client's own, or the example of the client that is used for everyone now. */
  readonly made: { readonly by: ExampleSource } | { readonly from: ExampleId };
  /** What says the same words are so far. */
  readonly before: ExampleRow | undefined;
  readonly cause: EntryId;
};

/** Adds an example with its words and its entry to the act, in the place of the one with the same words if there is one. */
export async function putExample(
  world: Pick<World, 'bodies' | 'library'>,
  act: OpenAct,
  given: NewExample,
): Promise<void> {
  const { task, kind, person, made, before } = given;
  const clientId = 'by' in made ? task.clientId : null;
  const id = act.newId<ExampleId>();
  const { ref, row } = await world.bodies.put('example', ofTask({ ...task, clientId }), given.text);
  const lastEntry = act.note(
    {
      type: 'by' in made ? 'example.kept' : 'example.shared',
      actor: { kind: 'person', id: person.id },
      rule: refOf(world.library.rules, 'EXAMPLE-KEEP'),
      ...(task.clientId === null ? {} : { client: task.clientId }),
      request: task.requestId,
      task: task.id,
      data: { example: id, kind, words: refData(ref), ...made, replaces: before?.id ?? null },
    },
    given.cause,
  );
  act.change({ insert: 'body', row });
  const from = { bodyId: ref.id, requestId: task.requestId, taskId: task.id };
  const by = { personId: person.id, madeAt: act.at, out: null, lastEntry };
  act.change({ insert: 'example', row: { id, clientId, kind, ...from, ...by } });
  if (before === undefined) return;
  const where = { id: before.id, out: null };
  act.change({ update: 'example', set: { out: 'replaced', lastEntry }, where });
  tidySoon(act);
}

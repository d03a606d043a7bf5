import type { Actor } from '../../core/entry.ts';
import { Fault } from '../../core/fault.ts';
import type { ExampleOut } from '../../core/record-words.ts';
import { refOf } from '../../core/rule-set.ts';
import type { RuleRef } from '../../core/rule.ts';
import { openAct } from '../act.ts';
import type { OpenAct } from '../act.ts';
import { noteErased } from './erase.ts';
import type { Order } from './erase.ts';
import { redraw } from './redraw.ts';
import type { ExampleOf } from '../ports/rows-examples.ts';
import type { PersonRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';

type Needs = Pick<World, 'clock' | 'store' | 'eraser'>;
/** An example that is to go, and why. */
type Spent = Omit<ExampleOf, 'out'> & { readonly out: ExampleOut };

/** Examples in one transaction; each has two entries. */
const BATCH = 30;

/** Erases the words of examples with which nothing is read any more, as the written rule wants it. */
export async function tidyExamples(world: Needs & Pick<World, 'library'>): Promise<void> {
  const rule = refOf(world.library.rules, 'EXAMPLE-DROP');
  for (;;) {
    const spent = await world.store.examplesSpent(BATCH);
    if (spent.length === 0) return;
    const act = openAct(world.clock);
    for (const one of spent) erase(act, one, { actor: { kind: 'rule', id: rule }, rule });
    // Whoever was first did the same; what is left is looked at again within the hour.
    if ((await world.eraser.commit(act.close())) === 'lost') return;
  }
}

/** Has the words erased now, and not when the next hour comes. */
export function tidySoon(act: OpenAct): void {
  const jobId = `retain_${act.newId()}`;
  act.job({ queue: 'aios', name: 'retain', subject: 'retain', jobId });
}

/**
 * Removes an example because somebody asked for it: it teaches nothing any more, its words are erased, and the card of its
 * request offers it no more. Throws Fault `conflict`.
 */
export async function removeExample(
  world: Needs,
  example: ExampleOf,
  person: PersonRow,
): Promise<void> {
  const act = openAct(world.clock);
  erase(act, { ...example, out: 'asked' }, { actor: { kind: 'person', id: person.id }, person });
  if ((await world.eraser.commit(act.close())) === 'done')
    return redraw(world, [example.requestId]);
  throw new Fault(
    'conflict',
    'Somebody changed this example at the same moment. Look at the list again: examples list',
    { retry: true },
  );
}

type By = { readonly actor: Actor; readonly rule?: RuleRef; readonly person?: PersonRow };

function erase(act: OpenAct, example: Spent, { actor, rule, person }: By): void {
  const about = { client: example.source, request: example.requestId, task: example.taskId };
  const ruled = rule === undefined ? {} : { rule };
  const order: Order = {
    ground: person === undefined ? 'retention' : 'person',
    by: person?.id ?? null,
    actor,
    ...ruled,
  };
  noteErased(act, order, { ...about, scope: 'body', bodies: [example.bodyId], besides: [] });
  const lastEntry = act.note(
    {
      type: 'example.removed',
      actor,
      ...ruled,
      ...about,
      data: { example: example.id, kind: example.kind, why: example.out },
    },
    example.lastEntry,
  );
  act.change({
    update: 'body',
    set: { wrappedKey: null, sealed: null, erasedAt: act.at },
    where: { id: example.bodyId, erasedAt: null },
  });
  act.change({
    update: 'example',
    set: { out: example.out, lastEntry },
    where: { id: example.id, lastEntry: example.lastEntry },
  });
}

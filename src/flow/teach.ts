import { Fault } from '../core/fault.ts';
import { taskNumber } from '../core/id.ts';
import type { Role } from '../core/task.ts';
import { openAct } from './act.ts';
import { removeExample } from './erase/tidy-examples.ts';
import type { PressedOutcome } from './ports/doors.ts';
import type { ExampleOf } from './ports/rows-examples.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { SaidExample, World } from './ports/world.ts';
import { chosen } from './pressed.ts';
import type { Press } from './pressed.ts';
import { putExample } from './put-example.ts';

/** What an approver may do with an example; the words for it stand in the form. */
export const USES = [
  { value: 'everyone', label: 'Use for everyone: read like this for any client' },
  { value: 'forget', label: 'Forget: erase the words, ask about them again' },
] as const;

const GONE =
  'Nothing is kept of this piece any more: it was removed or erased. Nothing was changed.';

/**
 * Shows an approver the words that were kept of a piece, and gives them to everyone or forgets them. The card stands where
 * the practice alone reads and the form is seen by who pressed alone. Who may is asked at the click and again when the form
 * is sent. Throws Fault `not_allowed`, `conflict` or `bad_input`.
 */
export async function examplePressed(world: World, press: Press): Promise<PressedOutcome> {
  refuseOthers(press.roles);
  const task = chosen(press);
  const kept = await world.store.examplesOf(task.requestId);
  const here = kept.filter((one) => one.taskId === task.id);
  const own = here.filter((one) => one.clientId !== null);
  const [example] = await world.examples.words(own.slice(-1));
  if (example === undefined) throw new Fault('conflict', GONE);
  const use = press.pressed.fields?.['use'];
  if (press.pressed.fields === undefined) return formOf(world, press, example);
  if (!USES.some(({ value }) => value === use))
    throw new Fault('bad_input', 'Expected what shall be done with it, got nothing. Choose one.');
  const says =
    use === 'everyone'
      ? await shareExample(world, example, press.person)
      : await forget(world, here, press.person);
  return { is: 'done', says };
}

/** Only who answers for a client's work decides what its words may teach. Throws Fault `not_allowed`. */
function refuseOthers(roles: readonly Role[]): void {
  if (roles.some((role) => role === 'approver' || role === 'owner')) return;
  throw new Fault(
    'not_allowed',
    'Only an approver of this client or the owner decides what its words may teach. Nothing was changed.',
  );
}

function formOf(world: World, { pressed }: Press, example: SaidExample): PressedOutcome {
  const { kind, text, ordinal, request } = example;
  const title = world.library.rules.kinds.get(kind)?.title ?? kind;
  const number = taskNumber(request, ordinal);
  const pieces = [{ value: String(ordinal), label: `${number} ${title}` }];
  const form = { is: 'example', card: pressed.card, number, words: text, title, pieces } as const;
  return { is: 'form', form: { ...form, uses: USES } };
}

/**
 * Has these words read like this for any client: an example of everyone's that names who gave it. The database asks once
 * more whether that person may. Gives what came of it as a sentence; throws Fault `conflict` when another was first.
 */
export async function shareExample(
  world: World,
  example: SaidExample,
  person: PersonRow,
): Promise<string> {
  const { text, kind, source, taskId: id, requestId } = example;
  const before = (await world.examples.of(source))?.same(text, 'everyone');
  if (before?.kind === kind) return 'These words are read like this for everyone already.';
  const act = openAct(world.clock);
  const task = { id, requestId, clientId: source };
  const made = { from: example.id };
  const cause = example.lastEntry;
  await putExample(world, act, { text, kind, person, task, made, before, cause });
  if ((await world.store.commit(act.close())) === 'done')
    return 'From now on these words are read like this for any client. `/aios examples` lists what is kept.';
  throw new Fault('conflict', 'Somebody changed these examples at the same moment. Press again.');
}

/** What was given to everyone of these words goes as well. */
async function forget(
  world: World,
  examples: readonly ExampleOf[],
  person: PersonRow,
): Promise<string> {
  for (const example of examples) await removeExample(world, example, person);
  return 'Forgotten: the words are erased, and these words are asked about again.';
}

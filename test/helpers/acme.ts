import type { TaskId } from '../../src/core/id.ts';
import type { State } from '../../src/core/task.ts';
import { outlineFile } from './files.ts';
import type { Attachment } from './files.ts';
import type { Running } from './aios.ts';
import { deskOf } from './desk.ts';
import { until } from './until.ts';

export const TEAM = 'T0AIOS';
export const OWNER = 'U0OWNER';
export const COLLEAGUE = 'U0COLLEAGUE';
export const APPROVER = 'U0APPROVER';
export const GUEST = 'U0GUEST';
export const ACME = 'C0ACME';
export const REVIEW = 'C0ACMEREVIEW';

/** Gives a command as somebody, where they are; throws what it refused. */
export async function give(
  running: Running,
  text: string,
  { as = OWNER, channel = 'C0PRACTICE' } = {},
): Promise<readonly string[]> {
  const { verbs, world } = running.aios;
  const eventId = world.clock.newId<string>();
  const reply = await verbs.command({ team: TEAM, channel, user: as, text, eventId });
  if (!reply.ok) throw new Error(reply.lines.join('\n'));
  return reply.lines;
}

/** A practice with the client acme: #acme with its guest, drafts in #acme-review, Ada approves beside the owner. */
export async function settleAcme(running: Running): Promise<void> {
  await give(running, 'client new acme "Acme Ltd"');
  await give(running, `client bind ${ACME} acme`);
  await give(running, `client set acme review ${REVIEW}`);
  await give(running, `client approver acme <@${APPROVER}>`);
  await give(running, 'client set acme cloud allowed');
}

/** Waits until a task is in one of these states, and gives it with everything that hangs on it. */
export async function taskIn(running: Running, request: number, ...states: readonly State[]) {
  const { store } = running.aios.world;
  return until(`request ${request} is ${states.join(' or ')}`, async () => {
    const id = await store.findTask({ request, ordinal: 1 });
    const file = id === null ? null : await store.taskFile(id);
    return file !== null && states.includes(file.task.state) ? file : undefined;
  });
}

/** The number of the request that was written at this place. */
export async function numberAt(running: Running, at: { channel: string; ts: string }) {
  const { store } = running.aios.world;
  const row = await until('the request is stored', () =>
    store.requestFrom(TEAM, at.channel, at.ts).then((r) => r ?? undefined),
  );
  return row.number;
}

/** A piece of writing for acme, asked for by the colleague in #acme and run by Ada, up to its card in the review place. */
export async function draftAtGate(
  running: Running,
  text = 'draft a blog post from the outline',
  files?: readonly Attachment[],
) {
  const caleb = deskOf(running, COLLEAGUE);
  const ada = deskOf(running, APPROVER);
  const said = await caleb.say(ACME, `@aios ${text}`, files ?? [await outlineFile()]);
  const number = await numberAt(running, said);
  await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
  const file = await taskIn(running, number, 'waiting');
  const card = await ada.card(REVIEW, 'approve', `*#${number}.1 `);
  // A message is there a moment before its place is on record; nobody answers in between but a test.
  const { store } = running.aios.world;
  await until(
    'the card is on record',
    async () => (await store.cardAt(card.channel, card.ts)) !== null,
  );
  return { number, said, card, task: file.task.id as TaskId, file };
}

/** The form behind Approve that this person has open. */
export async function checklistOf({ human }: Running, as: string) {
  const view = await human.waitForView(as, (v) => v.callback_id === 'approve');
  const boxes = view.blocks.find((block) => block.type === 'input');
  return { view, field: String(boxes?.block_id) };
}

/** What was delivered in the thread of a request: messages of AIOS with files. */
export function deliveriesIn(running: Running, at: { channel: string; ts: string }) {
  return running.human
    .thread(at.channel, at.ts, { as: OWNER })
    .filter((m) => m.bot && (m.files?.length ?? 0) > 0);
}

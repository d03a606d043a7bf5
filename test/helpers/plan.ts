import type { TaskRow } from '../../src/flow/ports/rows-work.ts';
import type { Message } from '../../src/workspace/human/protocol.ts';
import { ACME, APPROVER, COLLEAGUE, numberAt, REVIEW } from './acme.ts';
import type { Running } from './aios.ts';
import { deskOf } from './desk.ts';
import { until } from './until.ts';

type Files = readonly { readonly name: string; readonly bytes: Uint8Array }[];

/** A request of the colleague in #acme, with its plan card in the review place. */
export async function planned(running: Running, text: string, files: Files = []) {
  const said = await deskOf(running, COLLEAGUE).say(ACME, `@aios ${text}`, files);
  const number = await numberAt(running, said);
  const card = await deskOf(running, APPROVER).card(REVIEW, 'pieces', `*#${number}*`);
  return { said, number, card };
}

/** The request as it stands, with its tasks in the order of their numbers. */
export async function requestNow({ aios }: Running, number: number) {
  const { store } = aios.world;
  const id = await store.findRequest(number);
  const file = id === null ? null : await store.requestFile(id);
  if (file === null) throw new Error(`there is no request ${number}`);
  return file;
}

/** Waits until the tasks of a request are so, and gives it. */
export function whenTasks(
  running: Running,
  number: number,
  are: (tasks: readonly TaskRow[]) => boolean,
) {
  return until(`the tasks of request ${number} are so`, async () => {
    const file = await requestNow(running, number);
    return are(file.tasks) ? file : undefined;
  });
}

/** The words of a card as it stands now, once they hold these. */
export function cardSays({ human }: Running, card: Message, ...parts: readonly string[]) {
  return until(`the card says ${parts.join(', ')}`, async () => {
    const now = human.messages(card.channel, { as: APPROVER }).find((m) => m.ts === card.ts);
    const words = now === undefined ? '' : `${now.text}\n${JSON.stringify(now.blocks)}`;
    return parts.every((part) => words.includes(part)) ? words : undefined;
  });
}

/** The form of this name that somebody opens with a button of a card. */
export async function opened(
  { human }: Running,
  { as, card, form }: { as: string; card: Message; form: string },
) {
  const message = { channel: card.channel, ts: card.ts };
  await human.click({ as, message, action: form });
  return human.waitForView(as, (v) => v.callback_id === form);
}

/** Closes whatever form somebody has open. */
export async function closeForms({ human }: Running, as: string): Promise<void> {
  for (const view of human.views(as)) await human.closeView({ as, view });
}

type View = Awaited<ReturnType<typeof opened>>;
type Options = readonly { readonly value: string; readonly text: { readonly text: string } }[];

/** Choices by their value, as the person sees them: by their words. */
export function chosenBy(view: View, values: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const block = view.blocks.find((b) => b.block_id === name);
      const element = block?.['element'] as {
        options?: Options;
        option_groups?: readonly { options: Options }[];
      };
      const groups = element.option_groups ?? [{ options: element.options ?? [] }];
      const option = groups.flatMap((g) => g.options).find((o) => o.value === value);
      return [name, option?.text.text ?? value];
    }),
  );
}

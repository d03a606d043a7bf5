import { z } from 'zod';
import { sentenceOf } from '../core/fault.ts';
import type { Pressed, PressedOutcome } from '../flow/ports/doors.ts';
import type { CardId } from '../flow/ports/rows-cards.ts';
import type { Around } from './around.ts';
import { drawForm } from './draw.ts';
import { asked } from './fault.ts';
import { whisper } from './post.ts';
import { MENU, readOptionValue, readPressName } from './press-name.ts';
import { words } from './whisper.ts';

const actionSchema = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

/** docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const pressSchema = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  container: z.object({
    channel_id: z.string(),
    message_ts: z.string(),
    thread_ts: z.string().optional(),
  }),
  actions: z.array(actionSchema).min(1),
});
type PressBody = z.output<typeof pressSchema>;

/** What was pressed; undefined for anything that is no button of ours. Only ids come from the payload. */
export function pressedOf(body: PressBody): Pressed | undefined {
  const name = nameOf(body.actions[0]);
  if (name === undefined) return undefined;
  const { channel_id: channel, message_ts: ts } = body.container;
  return { ...name, team: body.team.id, user: body.user.id, at: { channel, ts } };
}

function nameOf(
  action: z.output<typeof actionSchema> | undefined,
): Pick<Pressed, 'verb' | 'choice' | 'card'> | undefined {
  if (action === undefined) return undefined;
  if (action.action_id.split(':')[0] === MENU)
    return readOptionValue(action.selected_option?.value ?? '');
  const name = readPressName(action.action_id);
  return name === undefined || action.value === undefined
    ? undefined
    : { ...name, card: action.value as CardId };
}

export type Talk = {
  readonly body: unknown;
  readonly ack: () => Promise<void>;
  /** Words to whoever pressed, over the response_url; throws when it is spent. */
  readonly respond: (text: string) => Promise<void>;
};

/** A click: acknowledged at once, since Slack never sends one again; then done, refused, or asked more by a form. */
export async function press(around: Around, { body, ack, respond }: Talk): Promise<void> {
  await ack();
  const read = pressSchema.safeParse(body);
  const pressed = read.success ? pressedOf(read.data) : undefined;
  if (!read.success || pressed === undefined) {
    around.log('slack: a click could not be read: expected a button of an AIOS card');
    return;
  }
  const tell = (says: string): Promise<void> => told(around, read.data, { says, respond });
  try {
    await answer(around, await around.verbs().press(pressed), {
      trigger: read.data.trigger_id,
      tell,
    });
  } catch (thrown) {
    around.log(`slack: a click (${pressed.verb}) was not recorded: ${sentenceOf(thrown)}`);
    await tell('That was not recorded. Please click again.');
  }
}

type Answering = {
  readonly trigger: string;
  readonly tell: (says: string) => Promise<void>;
};

async function answer(
  around: Around,
  outcome: PressedOutcome,
  { trigger, tell }: Answering,
): Promise<void> {
  if (outcome.is !== 'form') {
    if (outcome.says !== undefined) await tell(outcome.says);
    return;
  }
  const view = drawForm(outcome.form);
  await asked('open a form', () => around.writes.views.open({ trigger_id: trigger, view }));
}

async function told(
  around: Around,
  { container, user }: PressBody,
  { says, respond }: { readonly says: string; readonly respond: Talk['respond'] },
): Promise<void> {
  const text = words(around, says);
  try {
    await respond(text);
  } catch {
    const { channel_id: channel, thread_ts: thread } = container;
    await whisper(
      around,
      { channel, user: user.id, ...(thread === undefined ? {} : { thread }) },
      text,
    );
  }
}

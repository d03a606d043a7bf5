import { z } from 'zod';
import { sentenceOf } from '../core/fault.ts';
import type { Heard } from '../flow/ports/doors.ts';
import type { Around } from './around.ts';
import { asked } from './fault.ts';
import { modal, words as wordsInput } from './forms/modal.ts';
import { saidSchema, wordsOf } from './heard.ts';
import { openDm } from './people.ts';
import type { Talk } from './press.ts';
import { fieldsOf, stays, submitSchema } from './submit.ts';
import type { SubmitBody, ViewAnswer } from './submit.ts';
import { line, safe, say } from './text.ts';
import { words } from './whisper.ts';

const NOT_RECORDED = 'That was not recorded. Please try again.';

/** docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
const handOverSchema = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  trigger_id: z.string(),
  message: saidSchema.omit({ channel: true }),
});

/** "Hand this to AIOS" on a message: its words become a request of whoever handed it over, in that thread. */
export async function handOver(around: Around, { body, ack, respond }: Talk): Promise<void> {
  await ack();
  const read = handOverSchema.safeParse(body);
  if (!read.success) return around.log('slack: a handed-over message could not be read');
  const { message, channel, team, user, trigger_id: trigger } = read.data;
  const thread =
    message.thread_ts === undefined || message.thread_ts === message.ts ? null : message.thread_ts;
  const says = await heard(around, {
    eventId: `shortcut:${trigger}`,
    team: team.id,
    channel: channel.id,
    ts: message.ts,
    thread,
    user: user.id,
    text: wordsOf(message.text, around.botUser),
    files: message.files,
    door: 'shortcut',
  });
  if (says !== undefined) await respond(words(around, says));
}

/** Hands it to flow; the sentence for the person when it was not taken. */
async function heard(around: Around, what: Heard): Promise<string | undefined> {
  try {
    const outcome = await around.verbs().hear(what);
    return outcome.is === 'refused' ? outcome.says : undefined;
  } catch (thrown) {
    around.log(`slack: a request by shortcut was not recorded: ${sentenceOf(thrown)}`);
    return NOT_RECORDED;
  }
}

export const NEW_REQUEST = 'new_request';
const FIELD = 'text';

const openSchema = z.object({ trigger_id: z.string() });

/** "New AIOS request": a form for the words. */
export async function openNewRequest(around: Around, { body, ack }: Talk): Promise<void> {
  await ack();
  const read = openSchema.safeParse(body);
  if (!read.success) return around.log('slack: a shortcut could not be read');
  const view = modal({
    is: NEW_REQUEST,
    title: 'New AIOS request',
    submit: 'Hand over',
    blocks: [wordsInput(FIELD, 'What do you need?')],
  });
  await asked('open a form', () =>
    around.writes.views.open({ trigger_id: read.data.trigger_id, view }),
  );
}

/** The form was sent: the words are put into the direct message with that person, and that is where the work is talked about. */
export async function newRequest(around: Around, body: unknown): Promise<ViewAnswer> {
  const read = submitSchema.safeParse(body);
  const text = read.success ? fieldsOf(read.data)[FIELD] : undefined;
  if (!read.success || text === undefined)
    return stays(FIELD, 'Write what you need, in a sentence or more.');
  try {
    const says = await heard(around, await quoted(around, read.data, text));
    return says === undefined ? undefined : stays(FIELD, says);
  } catch (thrown) {
    around.log(`slack: a request by form was not recorded: ${sentenceOf(thrown)}`);
    return stays(FIELD, NOT_RECORDED);
  }
}

/** Posts the words where the person sees them, so that the answers have a thread to stand in. */
async function quoted(
  around: Around,
  { team, user, view }: SubmitBody,
  text: string,
): Promise<Heard> {
  const channel = await openDm(around, user.id);
  const posted = await asked('post a request', () =>
    around.writes.chat.postMessage({
      channel,
      text: say`${line(around.rehearsal ? 'REHEARSAL: ' : '')} Your request: ${safe(text, 3500)}`.trim(),
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  return {
    eventId: `view:${view.id}`,
    team: team.id,
    channel,
    ts: posted.ts ?? '',
    thread: null,
    user: user.id,
    text,
    files: [],
    door: 'shortcut',
  };
}

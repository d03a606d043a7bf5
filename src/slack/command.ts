import { z } from 'zod';
import { sentenceOf } from '../core/fault.ts';
import type { Around } from './around.ts';
import { wordsOf } from './heard.ts';
import type { Talk } from './press.ts';
import { pages } from './whisper.ts';

/** docs.slack.dev/interactivity/implementing-slash-commands */
export const commandSchema = z.object({
  team_id: z.string(),
  channel_id: z.string(),
  user_id: z.string(),
  text: z.string().default(''),
  trigger_id: z.string(),
});

/** `/aios ...`: acknowledged at once, answered to the asker alone. */
export async function command(around: Around, { body, ack, respond }: Talk): Promise<void> {
  await ack();
  const read = commandSchema.safeParse(body);
  if (!read.success) {
    around.log('slack: a command could not be read');
    return;
  }
  const said = read.data;
  const lines = await reply(around, said);
  for (const text of pages(around, lines)) await respond(text);
}

async function reply(
  around: Around,
  said: z.output<typeof commandSchema>,
): Promise<readonly string[]> {
  try {
    const { lines } = await around.verbs().command({
      team: said.team_id,
      channel: said.channel_id,
      user: said.user_id,
      text: wordsOf(said.text, around.botUser),
      eventId: said.trigger_id,
    });
    return lines.length === 0 ? ['Done.'] : lines;
  } catch (thrown) {
    around.log(`slack: a command was not carried out: ${sentenceOf(thrown)}`);
    return ['That was not carried out and nothing was recorded. Please try again.'];
  }
}

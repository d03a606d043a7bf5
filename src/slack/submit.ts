import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { sentenceOf } from '../core/fault.ts';
import type { PressedOutcome, Verb } from '../flow/ports/doors.ts';
import type { CardId } from '../flow/ports/rows-cards.ts';
import type { Around } from './around.ts';
import { drawForm } from './draw.ts';
import { sentence, VALUE } from './forms/modal.ts';
import { plain } from './text.ts';

const stateSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).optional(),
});
type Held = z.output<typeof stateSchema>;

/** docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const submitSchema = z.object({
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), stateSchema)) }),
  }),
});
export type SubmitBody = z.output<typeof submitSchema>;

/**
 * What was filled in, by name of the field; what was left empty is absent. Of boxes it is the values that were ticked,
 * with a space between them: that none was ticked is an answer, too.
 */
export function fieldsOf({ view }: SubmitBody): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [name, holder] of Object.entries(view.state.values)) {
    const value = valueIn(holder[VALUE] ?? {});
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function valueIn({ value, selected_option, selected_options }: Held): string | undefined {
  if (selected_options !== undefined) return selected_options.map((one) => one.value).join(' ');
  const one = (value ?? selected_option?.value ?? '').trim();
  return one === '' ? undefined : one;
}

/** How a modal is answered: closed, kept open with sentences at its fields, or turned into another one. */
export type ViewAnswer =
  | undefined
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView };

/** A form that is a verb with fields, as the list of doors names it. */
export type FormDoor = {
  readonly verb: Verb;
  /** The field without which it is not sent, and what to say then; absent where nothing has to be filled in. */
  readonly needs?: { readonly field: string; readonly says: string };
};

const MOST_ERROR = 500;

/** A sentence at one field keeps the modal open and what was typed in it. */
export function stays(field: string, says: string): ViewAnswer {
  return { response_action: 'errors', errors: { [field]: plain(says, MOST_ERROR) } };
}

/** The same where a form may have no field that must be filled in: then the words take its place. */
function refusal(field: string | undefined, says: string): ViewAnswer {
  return field === undefined
    ? { response_action: 'update', view: sentence(says) }
    : stays(field, says);
}

/** A form that was sent: done, or kept open with the reason. Never throws: nobody would see it. */
export async function submit(
  around: Around,
  body: unknown,
  { verb, needs }: FormDoor,
): Promise<ViewAnswer> {
  const read = submitSchema.safeParse(body);
  if (!read.success)
    return refusal(needs?.field, 'This form could not be read. Close it and open it again.');
  const fields = fieldsOf(read.data);
  if (needs !== undefined && fields[needs.field] === undefined)
    return stays(needs.field, needs.says);
  const { team, user, view } = read.data;
  const field = needs?.field ?? Object.keys(view.state.values)[0];
  const card = view.private_metadata as CardId;
  try {
    const outcome = await around
      .verbs()
      .press({ card, verb, team: team.id, user: user.id, fields });
    return answer(outcome, field);
  } catch (thrown) {
    around.log(`slack: a form (${verb}) was not recorded: ${sentenceOf(thrown)}`);
    return refusal(field, 'That was not recorded. Please send it again.');
  }
}

function answer(outcome: PressedOutcome, field: string | undefined): ViewAnswer {
  if (outcome.is === 'refused') return refusal(field, outcome.says);
  if (outcome.is === 'form') return { response_action: 'update', view: drawForm(outcome.form) };
  return outcome.says === undefined
    ? undefined
    : { response_action: 'update', view: sentence(outcome.says) };
}

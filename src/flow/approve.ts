import { answersTo, checklistFor } from '../core/checklist.ts';
import type { EntryValue } from '../core/entry.ts';
import { Fault } from '../core/fault.ts';
import { taskNumber } from '../core/id.ts';
import { ruleRef } from '../core/rule.ts';
import type { Checklist } from '../core/rule.ts';
import { openAct } from './act.ts';
import { editedWords } from './attribute.ts';
import { titleOf } from './cards/title.ts';
import { record, settle, shown } from './decide.ts';
import { behind } from './evidence.ts';
import type { PressedOutcome } from './ports/doors.ts';
import type { Form } from './ports/form.ts';
import type { World } from './ports/world.ts';
import type { Press, Shown } from './pressed.ts';

/**
 * Approves exactly the draft this card shows; what follows is its delivery. Where the rules ask for a checklist the
 * click brings its form first, and the form approves. Rights, the draft and its state are looked at each time.
 */
export async function approve(world: World, press: Press): Promise<PressedOutcome> {
  const about = shown(press, 'approve');
  const checklist = checklistFor(world.library.rules, about.task.task.facts);
  const { fields } = press.pressed;
  if (checklist !== null && fields === undefined)
    return { is: 'form', form: formOf(world, press, { ...about, checklist }) };
  refuseOtherWords(fields, checklist);
  const edited = await editedWords(world, { file: about.task, draft: about.draft });
  const act = openAct(world.clock);
  const approved = record(act, {
    ...about,
    press,
    verb: 'approve',
    event: 'approve',
    ...(await behind(world, press, about)),
    says: { ...approvalSays(press, checklist), edited },
  });
  act.job({
    queue: 'aios',
    name: 'deliver',
    subject: approved.id,
    jobId: `deliver_${approved.id}_${approved.version}`,
  });
  return settle(world, act, { press, says: 'Approved. It is being delivered.' });
}

type Fields = Press['pressed']['fields'];

/**
 * The one field of the form is called by the reference of the checklist, and that holds the hash of its text: what was
 * ticked counts for the very words that stood beside it. Throws Fault `conflict` when those are no longer in force.
 */
function refuseOtherWords(fields: Fields, checklist: Checklist | null): void {
  if (fields === undefined) return;
  if (checklist !== null && fields[ruleRef(checklist)] !== undefined) return;
  throw new Fault(
    'conflict',
    'The checklist was changed while this form was open. Nothing was approved. Close it and press Approve again.',
  );
}

/** What an approval says beyond other decisions: how it was given, what was confirmed, and who answers for the bytes. */
function approvalSays(press: Press, checklist: Checklist | null): Record<string, EntryValue> {
  const { fields } = press.pressed;
  return {
    surface: fields === undefined ? 'button' : 'form',
    checklist: checklist === null ? null : answered(checklist, fields),
    responsible: press.person.id,
  };
}

function answered(checklist: Checklist, fields: Fields): EntryValue {
  const rule = ruleRef(checklist);
  return { rule, answers: answersTo(checklist, (fields?.[rule] ?? '').split(' ')) };
}

type Asking = Shown & { readonly checklist: Checklist };

function formOf(world: World, press: Press, { task, draft, checklist }: Asking): Form {
  return {
    is: 'approve',
    card: press.pressed.card,
    number: taskNumber(task.request.number, task.task.ordinal),
    title: titleOf(world, task.task),
    draftVersion: draft.version,
    draftSha256: draft.sha256,
    rule: ruleRef(checklist),
    because: `${checklist.title}. ${checklist.because}`,
    means: checklist.means,
    points: checklist.points.map(({ id, text }) => ({ value: id, label: text })),
  };
}

import type { EntryValue } from '../core/entry.ts';
import { taskNumber } from '../core/id.ts';
import type { Moment } from '../core/moment.ts';
import { moment } from '../core/moment.ts';
import { quietIn } from '../core/quiet.ts';
import { refOf } from '../core/rule-set.ts';
import type { RuleSet } from '../core/rule-set.ts';
import { whatIsDue } from '../core/waiting.ts';
import type { Due, Patience } from '../core/waiting.ts';
import { ofTask } from './about.ts';
import { openAct } from './act.ts';
import { move } from './move.ts';
import { showGate } from './review.ts';
import { lostReview } from './review-time.ts';
import { showPlan } from './start.ts';
import type { CardPlace } from './ports/rows-cards.ts';
import type { Still } from './ports/store.ts';
import type { World } from './ports/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Reminds whoever a draft or a question waits for, and puts away what waited too long; neither in quiet hours. Nothing
 * is lost by those: what came due in them is done by the first look after them, and its entry names the rule.
 */
export async function remindAndExpire(world: World): Promise<void> {
  const { rules } = world.library;
  const quiet = quietIn(world.facility.zone, rules.settings.quietHours);
  const now = world.clock.now();
  if (quiet(now)) return;
  for (const still of await world.store.stillSince(earliest(rules, now))) {
    const { task, began, question } = still;
    const wait = {
      moved: task.changedAt,
      began,
      reminds: task.state === 'waiting' || question !== null,
    };
    const due = whatIsDue(now, wait, { ...patienceFor(rules, still), quiet });
    if (due.is === 'expire') await expire(world, still, due);
    if (due.is === 'remind') await remind(world, still, due);
  }
}

/** How long the rules wait for this task: as the rule that asks says, else as they do for everything. */
function patienceFor({ asks, settings }: RuleSet, { question }: Still): Patience {
  const ask = [...asks.values()].find(({ about }) => about === question?.about);
  return {
    remindAfter: (ask?.remindAfterHours ?? settings.remindAfterHours) * HOUR,
    expireAfter: (ask?.expireAfterDays ?? settings.expireAfterDays) * DAY,
  };
}

/** What stands still for less time than this is due for nothing, whatever it waits for. */
function earliest({ asks, settings }: RuleSet, now: Moment) {
  const all = [...asks.values()];
  const hours = all.flatMap((ask) => ask.remindAfterHours ?? []);
  const days = all.flatMap((ask) => ask.expireAfterDays ?? []);
  return {
    reminds: moment(now - Math.min(settings.remindAfterHours, ...hours) * HOUR),
    expires: moment(now - Math.min(settings.expireAfterDays, ...days) * DAY),
  };
}

type Now = Exclude<Due, { is: 'nothing' }>;

/** What the entry says of a step that quiet hours put off. */
function putOff({ library }: World, { due, quiet }: Now): Record<string, EntryValue> {
  return quiet ? { postponed: { due, rule: refOf(library.rules, 'QUIET') } } : {};
}

async function expire(world: World, { task }: Still, due: Now): Promise<void> {
  const act = openAct(world.clock);
  const lost = await lostReview(world, { task, at: act.at, person: null });
  const expired = move(act, task, {
    event: 'expire',
    mover: { by: 'system', rule: refOf(world.library.rules, 'EXPIRE') },
    say: { data: { ...lost, ...putOff(world, due) } },
  });
  showPlan(act, expired);
  if (task.state === 'waiting' && task.draftId !== null)
    showGate(act, expired, { id: task.draftId });
  await world.store.commit(act.close());
}

/** A reminder is a new message that mentions the one person it waits for, where its card stands. */
async function remind(world: World, still: Still, due: Now): Promise<void> {
  const { task, number } = still;
  const act = openAct(world.clock);
  const reminded = move(act, task, {
    event: 'remind',
    mover: { by: 'system', rule: refOf(world.library.rules, 'REMIND') },
    set: { waitsFor: task.waitsFor },
    say: { data: putOff(world, due) },
  });
  const waits = still.question === null ? 'your decision' : 'an answer';
  const text = `${taskNumber(number, task.ordinal)} still waits for ${waits}. Its card is above; /aios status shows everything that waits.`;
  const body = await world.bodies.put('note', ofTask(task), text);
  act.change({ insert: 'body', row: body.row });
  act.show({
    key: `remind:${task.id}:${reminded.version}`,
    kind: 'notice',
    place: await placeOf(world, still),
    requestId: task.requestId,
    taskId: task.id,
    note: { code: 'text', with: { body: body.ref.id } },
  });
  await world.store.commit(act.close());
}

/** Where the card stands that is reminded of. */
async function placeOf({ store }: World, { question }: Still): Promise<CardPlace> {
  const card = question === null ? null : await store.cardByKey(`question:${question.id}`);
  return card?.place ?? { at: 'review' };
}

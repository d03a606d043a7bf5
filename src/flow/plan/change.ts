import { Fault } from '../../core/fault.ts';
import { isDearer } from '../../core/lane.ts';
import { ofTask } from '../about.ts';
import { openAct } from '../act.ts';
import { keepChanged } from '../answer/keep-example.ts';
import { move } from '../move.ts';
import { showPlan } from '../start.ts';
import type { PressedOutcome } from '../ports/doors.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { World } from '../ports/world.ts';
import { chosen, clientOf, isApprover, MOVED_ON, moverOf } from '../pressed.ts';
import { askerOf } from '../roles.ts';
import type { Press } from '../pressed.ts';
import { lostReview } from '../review-time.ts';
import { declinedKind } from './cast.ts';
import { askChange, AS_RULES, AT_ONCE, personaIn } from './change-form.ts';
import { laneByRules, laneNamed, refuseForbidden, refuseLimited } from './named-lane.ts';
import { takeTurns } from './order.ts';
import type { Decided } from './piece.ts';
import { askOrHold } from './put-task.ts';
import { redecide } from './redecide.ts';
import { placement, routeData } from './route-data.ts';
import { reroute } from './reroute.ts';
import type { Wishes } from './wishes.ts';

/** Drops one piece of a plan before it starts. */
export async function dropPiece(world: World, press: Press): Promise<PressedOutcome> {
  const task = chosen(press);
  const act = openAct(world.clock);
  showPlan(
    act,
    move(act, task, {
      event: task.state === 'proposed' ? 'drop' : 'cancel',
      mover: moverOf(press),
      say: { data: await lostReview(world, { task, at: act.at, person: press.person.id }) },
    }),
  );
  if ((await world.store.commit(act.close())) !== 'done') return MOVED_ON;
  await takeTurns(world, task.requestId);
  return { is: 'done' };
}

/**
 * Changes persona, lane, kind or order of one piece before it starts: the rules decide it anew with what the person
 * said. Their limits still bind; what was overridden is in the entry.
 */
export async function changePiece(world: World, press: Press): Promise<PressedOutcome> {
  if (press.pressed.fields === undefined) return askChange(world, press);
  const task = press.task?.task ?? chosen(press);
  if (task.state !== 'proposed') return reroute(world, press);
  const wishes = wishesIn(press, press.pressed.fields);
  const order = orderIn(press, task);
  if (Object.keys(wishes).length === 0 && order === undefined) return NO_CHANGE;
  const now = placedBehind(task, order);
  const decided = await redecide(world, { task: now, client: clientOf(press), wishes });
  refuseWishes(world, press, { wishes, decided });
  const act = openAct(world.clock);
  const route = await routeData(world, act, { decided, about: ofTask(task) });
  const changed = move(act, task, {
    event: 'change',
    mover: moverOf(press),
    set: { ...placement(decided), minutes: decided.minutes, after: now.after },
    say: {
      ...placedSay(decided),
      data: { ...route, ...overrides(task, now, { decided, wishes }) },
    },
  });
  await keepChanged(world, act, { was: task, task: changed, decided, person: press.person });
  const { request } = press.request;
  showPlan(act, await askOrHold(world, act, { task: changed, request, decided }));
  return (await world.store.commit(act.close())) === 'done' ? { is: 'done' } : MOVED_ON;
}

const NO_CHANGE: PressedOutcome = {
  is: 'refused',
  says: 'Expected something to change, got nothing. Choose a persona, a lane, a kind or an order.',
};

type Fields = Readonly<Record<string, string>>;

function wishesIn(press: Press, { kind, persona, lane }: Fields): Wishes {
  const named = laneNamed(lane);
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(persona === undefined ? {} : { persona: personaIn(persona) }),
    ...(lane === AS_RULES ? { lane: null } : {}),
    ...(named === undefined ? {} : { lane: named, asker: askerOf(press.roles) }),
  };
}

function placedBehind(task: TaskRow, before: TaskRow | null | undefined): TaskRow {
  return before === undefined ? task : { ...task, after: before?.id ?? null };
}

/** The piece this one is to come after; null for none, undefined where nobody said. */
function orderIn(press: Press, task: TaskRow): TaskRow | null | undefined {
  const said = press.pressed.fields?.['after'];
  if (said === undefined) return undefined;
  if (said === AT_ONCE) return null;
  const { tasks } = press.request;
  const before = tasks.find((t) => String(t.ordinal) === said);
  for (let at = before; at !== undefined; at = tasks.find((t) => t.id === at?.after))
    if (at.id === task.id)
      throw new Fault(
        'bad_input',
        'Expected a piece that does not itself wait for this one, got one that does. Nothing was changed.',
      );
  return before;
}

type Wished = {
  readonly wishes: Wishes;
  readonly decided: Decided;
};

/** A person's word fills the plan in, but not against a limit, a persona's own list, or the money of others. */
function refuseWishes(world: World, press: Press, { wishes, decided }: Wished): void {
  const { lane, persona } = wishes;
  if (lane != null) {
    refuseLimited(decided.route, lane);
    const byRules = laneByRules(world, decided.route.trace);
    if (!isApprover(press) && isDearer(byRules ?? 'local', lane))
      throw new Fault(
        'not_allowed',
        `The rules send this to ${byRules === null ? 'no lane yet' : `the ${byRules} lane`}. Only an approver chooses a dearer one. Nothing was changed.`,
      );
    refuseForbidden(decided.route, lane);
  }
  if (persona != null) refuseTaker(world, persona, decided);
}

/** Throws Fault `bad_input` for a persona that nobody is or that does not take this kind of work. */
function refuseTaker(world: World, persona: string, { facts }: Decided): void {
  const kind = world.library.rules.kinds.get(facts.kind);
  const known = world.library.personas.byId.has(persona);
  const declined = kind?.sort === 'work' ? declinedKind(world, persona, kind) : null;
  if (known && declined === null) return;
  const says = known
    ? `${persona} does not take ${facts.kind}: ${declined?.to ?? 'a person'} does.`
    : 'Expected one of the specialists of the form, got somebody else.';
  throw new Fault('bad_input', `${says} Nothing was changed.`);
}

/** What stood there before and what rule had put it there: the raw material of the digest. */
function overrides(task: TaskRow, now: TaskRow, { decided, wishes }: Wished) {
  const placed = placement(decided);
  const isNew = (wish: unknown, is: string, was: string): boolean =>
    wish !== undefined && is !== was;
  return {
    overrode_rule: task.rule,
    ...(isNew(wishes.lane, placed.lane, task.lane) ? { overrode_lane: task.lane } : {}),
    ...(isNew(wishes.kind, placed.kind, task.kind) ? { overrode_kind: task.kind } : {}),
    ...(isNew(wishes.persona, placed.persona, task.persona)
      ? { overrode_persona: task.persona }
      : {}),
    ...(now.after === task.after ? {} : { overrode_after: task.after, after: now.after }),
  };
}

function placedSay(decided: Decided) {
  const { lane, persona } = placement(decided);
  return { lane, persona, minutes: decided.minutes };
}

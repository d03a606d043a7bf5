import { isNearlyUsed, percentUsed } from '../../core/budget.ts';
import { clientLines, practiceLines } from '../../core/digest.ts';
import type { PracticeWeek } from '../../core/digest.ts';
import { Fault } from '../../core/fault.ts';
import type { ClientId } from '../../core/id.ts';
import type { Moment } from '../../core/moment.ts';
import { readWeek, weekMiddle } from '../../core/week.ts';
import { countOverrides, overridesIn } from '../../ledger/overrides.ts';
import { countDeclines, declinesIn } from '../../ledger/declines.ts';
import { budgetName, budgetsNow } from '../budget-words.ts';
import { deliveredMinutes, weekMinutes } from '../week-minutes.ts';
import { sumOf, totalOf } from '../command/cost.ts';
import type { DigestMessage } from '../ports/message.ts';
import type { WeekFigures, WeekSpan } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { markText } from './mark.ts';

type Needs = Pick<World, 'store' | 'facility' | 'clock' | 'marks'>;

const DAY = 86_400_000;

/** The week of that name in the practice's time zone. Throws Fault `bad_input` when there is no such week. */
export async function weekNamed(world: Omit<Needs, 'marks'>, text: string): Promise<WeekSpan> {
  const week = readWeek(text);
  if (week === undefined)
    throw new Fault(
      'bad_input',
      `Expected a week like 2026-W47, got "${text.slice(0, 40)}". Leave it out for the last closed week.`,
    );
  return world.store.weekHolding(weekMiddle(week), world.facility.zone);
}

/**
 * What a digest says. `with.client` is empty for the practice; for a client it holds figures of that client's delivered
 * tasks and nothing else.
 */
export async function digestMessage(
  world: Needs,
  { week, client }: { readonly week: string; readonly client: string },
): Promise<DigestMessage> {
  const span = await weekNamed(world, week);
  const lines =
    client === ''
      ? [...practiceLines(await practiceWeek(world, span)), ...(await recordLines(world))]
      : await ofClient(world, span, client as ClientId);
  return {
    is: 'digest',
    rehearsal: world.facility.rehearsal,
    week: weekTitle(span),
    lines,
  };
}

/** `Week 47, 2026` */
function weekTitle({ week }: WeekSpan): string {
  return `Week ${Number(week.slice(-2))}, ${week.slice(0, 4)}`;
}

async function ofClient(world: Needs, span: WeekSpan, client: ClientId) {
  const figures = await world.store.deliveredIn(span, client);
  const minutes = await deliveredMinutes(world, span, client);
  const lines = clientLines({ ...figures, minutes, cost: sumOf(figures) });
  return [...lines, `Record: ${await markText(world, client)}`];
}

/** Marks on one line: a line of a card that is too long is cut, and a mark that is cut proves nothing. */
const ON_A_LINE = 4;

/** Where every record stands: one of each client, and that of the practice itself. */
async function recordLines(world: Needs): Promise<readonly string[]> {
  const marks: string[] = [];
  for (const { id, name } of await world.store.clients())
    marks.push(`${name.slice(0, 40)} ${await markText(world, id)}`);
  marks.push(`the practice’s own ${await markText(world, null)}`);
  const lines = Array.from({ length: Math.ceil(marks.length / ON_A_LINE) }, (_, at) =>
    marks.slice(at * ON_A_LINE, (at + 1) * ON_A_LINE).join(', '),
  );
  return lines.map((line, at) => (at === 0 ? `Records: ${line}` : line));
}

export async function practiceWeek(world: Needs, span: WeekSpan): Promise<PracticeWeek> {
  const figures = await world.store.week(span.from, span.to, null);
  const names = new Map((await world.store.clients()).map((c) => [c.id as string, c.name]));
  const total = (of: 'delivered' | 'rejected'): number =>
    figures.clients.reduce((sum, c) => sum + c[of], 0);
  return {
    delivered: total('delivered'),
    minutes: await weekMinutes(world, span, null),
    rejected: total('rejected'),
    cost: totalOf(figures),
    clients: figures.clients.map((c) => ({
      name: names.get(c.clientId ?? '') ?? 'no client yet',
      cost: sumOf(c),
    })),
    lanes: figures.lanes.map((l) => ({ lane: l.lane, cost: sumOf(l) })),
    sentBackByGate: figures.sentBackByGate,
    sentBackByPeople: figures.sentBackByPeople,
    approved: figures.approved,
    approvedUnchanged: figures.approvedUnchanged,
    waiting: waitingSince(figures, world.clock.now()),
    held: figures.held,
    budgets: await nearlyUsed(world),
    declines: await declinesOf(world, span),
    overrides: countOverrides(overridesIn(await world.store.stepsOfPeople(span.from, span.to))),
  };
}

/** As they stand now: by the end of a week it may be another month. */
async function nearlyUsed(world: Needs): Promise<readonly string[]> {
  const states = (await budgetsNow(world)).filter(({ used }) => isNearlyUsed(used));
  return Promise.all(
    states.map(
      async ({ budget, used }) => `${await budgetName(world, budget)} ${percentUsed(used)} %`,
    ),
  );
}

/** What was declined in these days, judged by everything that was done about those pieces until now. */
async function declinesOf({ store }: Pick<World, 'store'>, { from, to }: WeekSpan) {
  const entries = await store.aroundDeclines(from, to);
  return countDeclines(declinesIn(entries).filter(({ at }) => at >= from && at < to));
}

function waitingSince({ waiting }: WeekFigures, now: Moment): PracticeWeek['waiting'] {
  return waiting.map(({ number, since }) => ({
    number,
    days: Math.max(0, Math.floor((now - since) / DAY)),
  }));
}

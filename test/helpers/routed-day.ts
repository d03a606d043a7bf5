import { expect } from '@jest/globals';
import type { RequestId } from '../../src/core/id.ts';
import { eraseTexts } from '../../src/flow/erase/erase.ts';
import { subjectOf } from '../../src/flow/erase/subject.ts';
import { plan } from '../../src/flow/plan/plan.ts';
import type { Pressed } from '../../src/flow/ports/doors.ts';
import { press } from '../../src/flow/press.ts';
import { sweep } from '../../src/flow/sweep.ts';
import { OWNER, TEAM } from './world.ts';
import type { TestWorld } from './world.ts';

export const DAY = 86_400_000;
const AT = { channel: 'C0WORK' };

/** A word that causes a fact: it raises the sensitivity of a request. */
export const WORD = 'patient';

const REQUESTS = {
  plain: 'kind: write.microcopy, put this into plain words: the kiln is hot',
  cloud: 'kind: draft.blog, write a post on glazes of many colours for our readers',
  changed: 'kind: write.microcopy, make this easier to read: the clay is wet',
  moved: 'write the button labels for our booking form',
  unclear: 'hm, can you look at the thing from yesterday',
  private: `put the ${WORD} letters into plain words, kind: write.microcopy`,
  paid: 'please pay the invoice of the printer',
  both: '1. pay the invoice of the printer\n2. kind: write.microcopy, put this simply: mind the step',
  held: 'kind: write.microcopy, put this simply: wet paint',
} as const;
type Name = keyof typeof REQUESTS;

/** What a day with every way to a route left behind. */
export type RoutedDay = {
  readonly requests: Readonly<Record<Name, RequestId>>;
  readonly now: number;
};

/** Plays a day on which everything happens that lets the rules decide: plans, answers, a change, a re-route, a reopening. */
export async function playRoutes(t: TestWorld): Promise<RoutedDay> {
  const clock = { now: Date.UTC(2026, 10, 24, 9) };
  const tick = (ms: number): void => t.setNow((clock.now += ms));
  await t.say(OWNER, 'client new acme "Acme Pottery"');
  await t.say(OWNER, 'client bind this acme --audience practice', AT);
  const made = new Map<Name, RequestId>();
  for (const name of Object.keys(REQUESTS) as Name[]) {
    tick(60_000);
    if (name === 'held') t.health.set('local', { is: 'off', why: 'No model.', next: 'Get one.' });
    made.set(name, await ask(t, REQUESTS[name]));
    tick(60_000);
    await FOLLOWS[name]?.(t, made.get(name) as RequestId);
  }
  t.health.clear();
  // A Monday: on a free day nothing expires.
  tick(62 * DAY);
  await sweep(t.world);
  await pressed(t, made.get('plain') as RequestId, { verb: 'reopen' });
  return { requests: Object.fromEntries(made) as RoutedDay['requests'], now: clock.now };
}

/** What people do about a request. */
const FOLLOWS: Partial<Record<Name, (t: TestWorld, request: RequestId) => Promise<void>>> = {
  cloud: (t, request) => answered(t, request, 'allowed'),
  changed: (t, request) =>
    pressed(t, request, { verb: 'change', fields: { lane: 'senior', kind: 'draft.blog' } }),
  moved: async (t, request) => {
    await pressed(t, request, { verb: 'run' });
    await pressed(t, request, { verb: 'change', fields: { lane: 'seat' } });
  },
  unclear: (t, request) => answered(t, request),
};

async function ask(t: TestWorld, text: string): Promise<RequestId> {
  const said = await t.say(OWNER, `new "${text}"`, AT);
  const number = Number(/#(\d+)/.exec(said.lines.join('\n'))?.[1]);
  const id = await t.world.store.findRequest(number);
  if (id === null) throw new Error(`not taken: ${said.lines.join('\n')}`);
  await plan(t.world, id);
  return id;
}

/** Presses something on the card of a plan, about its first piece. */
export async function pressed(
  t: TestWorld,
  request: RequestId,
  pressing: Pick<Pressed, 'verb' | 'fields'>,
): Promise<void> {
  const card = await t.world.store.cardByKey(`plan:${request}`);
  if (card === null) throw new Error('the request has no plan');
  const { fields } = pressing;
  const outcome = await press(t.world, {
    ...pressing,
    ...(fields === undefined ? {} : { fields: { piece: '1', ...fields } }),
    card: card.id,
    team: TEAM,
    user: OWNER,
    choice: '1',
  });
  expect(outcome).toEqual(expect.objectContaining({ is: 'done' }));
}

/** Presses this answer, or the first one offered. */
async function answered(t: TestWorld, request: RequestId, value?: string): Promise<void> {
  const file = await t.world.store.requestFile(request);
  const question = file?.questions.find((one) => one.answeredAt === null);
  const card = await t.world.store.cardByKey(`question:${question?.id}`);
  const choice = value ?? question?.options[0]?.value;
  if (card === null || choice === undefined) throw new Error('nothing is asked');
  const pressing = { card: card.id, verb: 'answer', team: TEAM, user: OWNER, choice } as const;
  expect(await press(t.world, pressing)).toEqual(expect.objectContaining({ is: 'done' }));
}

/** Erases all words of a request, by the owner's order. */
export async function eraseRequest(t: TestWorld, id: RequestId): Promise<void> {
  const owner = (await t.world.store.people()).find((one) => one.slackUser === OWNER);
  if (owner === undefined) throw new Error('the practice has no owner');
  const order = {
    ground: 'person',
    by: owner.id,
    actor: { kind: 'person', id: owner.id },
  } as const;
  await eraseTexts(t.world, { order, subject: await subjectOf(t.world, { is: 'request', id }) });
}

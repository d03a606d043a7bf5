import type { BodyId, RequestId } from '../core/id.ts';
import { Fault } from '../core/fault.ts';
import { ofRequest } from './about.ts';
import { openAct, refData } from './act.ts';
import type { OpenAct } from './act.ts';
import { answerInThread } from './answer/in-thread.ts';
import { meet } from './people.ts';
import { refusalOf } from './unfit.ts';
import type { Heard, HeardOutcome } from './ports/doors.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { RequestRow } from './ports/rows-work.ts';
import type { RequestBody } from './request-body.ts';
import type { World } from './ports/world.ts';

const TRIES = 3;

/**
 * Takes in what a person wrote. Returns only when it is stored: then Slack may be told. The same words under the same
 * or another event id make one request. Throws Fault `database_gone` when it could not be stored.
 */
export async function hear(world: World, heard: Heard): Promise<HeardOutcome> {
  // What others say to one another is no request: only what answers us is measured, where it is taken.
  const unfit = heard.door === 'reply' ? null : refusalOf(world, heard);
  if (unfit !== null) return { is: 'refused', says: unfit };
  for (let tried = 0; tried < TRIES; tried += 1) {
    const outcome = await takeIn(world, heard);
    if (outcome !== 'lost') return outcome;
    if (await world.store.heardBefore(heard)) return { is: 'repeat' };
  }
  throw new Fault(
    'conflict',
    'The message could not be stored: other writes were first each time. It is taken in when it is sent again.',
    { retry: true },
  );
}

/**
 * Stores it, and lets the database say when it was stored before: the common case costs no look. Only what may answer
 * a question is looked up first, so that a repeated answer is not told that it comes too late.
 */
async function takeIn(world: World, heard: Heard): Promise<HeardOutcome | 'lost'> {
  const open = await inThread(world, heard);
  if (open.length > 0 && (await world.store.heardBefore(heard))) return { is: 'repeat' };
  const act = openAct(world.clock);
  act.change({ insert: 'inbox', row: { eventId: heard.eventId, at: act.at } });
  const person = await author(world, act, heard.user);
  for (const request of open) {
    const taken = await answerInThread(world, act, { heard, request, person });
    if (taken !== 'not_an_answer') return taken;
  }
  // A plain reply that answers nothing is other people's talk: it never makes or changes work.
  if (heard.door === 'reply') return { is: 'stored' };
  await newRequest(world, act, { heard, person });
  return (await world.store.commit(act.close())) === 'done' ? { is: 'stored' } : 'lost';
}

/** The requests whose thread it stands in. What came by a command stands in none: our first message begins one. */
async function inThread(world: World, heard: Heard): Promise<readonly RequestRow[]> {
  if (heard.thread === null || heard.door === 'command') return [];
  return world.store.requestsAt(heard.team, heard.channel, heard.thread);
}

/** Whoever was met before is taken as known here; what Slack says of them is asked again when they decide something. */
async function author(world: World, act: OpenAct, user: string): Promise<PersonRow> {
  const known = await world.store.personBySlack(world.facility.team, user);
  return known ?? (await meet(world, act, user)).person;
}

async function newRequest(
  world: World,
  act: OpenAct,
  { heard, person }: { heard: Heard; person: PersonRow },
): Promise<void> {
  const content: RequestBody = { text: heard.text, files: heard.files };
  const id = act.newId<RequestId>();
  const about = ofRequest({ id, clientId: null });
  const body = await world.bodies.put('request', about, JSON.stringify(content));
  const lastEntry = act.note(
    {
      type: 'request.received',
      actor: { kind: 'person', id: person.id },
      request: id,
      data: { door: heard.door, files: heard.files.length, content: refData(body.ref) },
    },
    null,
  );
  act.change({ insert: 'body', row: body.row });
  act.change({
    insert: 'request',
    row: requestRow(heard, person, { id, bodyId: body.ref.id, at: act.at, lastEntry }),
  });
  act.show({ key: `received:${id}`, kind: 'received', place: { at: 'origin' }, requestId: id });
  act.job({ queue: 'aios', name: 'plan', subject: id, jobId: `plan_${id}` });
}

type Made = {
  readonly id: RequestId;
  readonly bodyId: BodyId;
  readonly at: RequestRow['receivedAt'];
  readonly lastEntry: RequestRow['lastEntry'];
};

function requestRow(heard: Heard, person: PersonRow, made: Made): Omit<RequestRow, 'number'> {
  return {
    id: made.id,
    clientId: null,
    personId: person.id,
    team: heard.team,
    channel: heard.channel,
    thread: heard.thread ?? heard.ts,
    ts: heard.ts,
    door: heard.door,
    bodyId: made.bodyId,
    step: 'received',
    receivedAt: made.at,
    lastEntry: made.lastEntry,
  };
}

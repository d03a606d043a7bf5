import { Fault } from '../core/fault.ts';
import { readNumber, requestNumber, taskNumber } from '../core/id.ts';
import type { BodyId, NumberRef, RequestId, TaskId } from '../core/id.ts';
import { clientBySlug } from '../flow/command/settings.ts';
import { unexpected } from '../flow/command/subcommand.ts';
import { userIn } from '../flow/command/words.ts';
import type { Subject } from '../flow/erase/erase.ts';
import { subjectOf } from '../flow/erase/subject.ts';
import type { ClientRow, PersonRow } from '../flow/ports/rows-settings.ts';
import type { World } from '../flow/ports/world.ts';

/** What can be erased, by the flag that names it. */
export const TARGETS = ['body', 'task', 'request', 'client', 'person'] as const;
export type What = (typeof TARGETS)[number];

/** What is to be erased, looked up, with what it is called. */
export type Target =
  | { readonly is: 'texts'; readonly title: string; readonly subject: Subject }
  | {
      readonly is: 'client';
      readonly title: string;
      readonly subject: Subject;
      readonly client: ClientRow;
    }
  | { readonly is: 'person'; readonly title: string; readonly person: PersonRow };

/** Finds what a flag names. Throws Fault `bad_input`, `not_found`, or `not_allowed` for the practice itself. */
export async function targetOf(world: World, what: What, word: string): Promise<Target> {
  return FIND[what](world, word);
}

const FIND: Readonly<Record<What, (world: World, word: string) => Promise<Target>>> = {
  body: ofBody,
  task: ofTask,
  request: ofRequest,
  client: ofClient,
  person: ofPerson,
};

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function ofBody(world: World, word: string): Promise<Target> {
  if (!UUID.test(word))
    throw unexpected('the id of a text', word, 'Entries name texts by their ids.');
  const subject = await subjectOf(world, { is: 'body', id: word as BodyId });
  return { is: 'texts', title: `the text ${word}`, subject };
}

async function ofTask(world: World, word: string): Promise<Target> {
  const ref = numberIn(word, 'a task, such as 142.2');
  const id = await world.store.findTask(ref);
  if (id === null) throw none(word);
  const subject = await subjectOf(world, { is: 'task', id: id as TaskId });
  if (subject.task === null) return ofRequest(world, String(ref.request));
  const number = taskNumber(ref.request, ref.ordinal ?? 1);
  return { is: 'texts', title: `the task ${number}`, subject };
}

async function ofRequest(world: World, word: string): Promise<Target> {
  const ref = numberIn(word, 'a request, such as 142');
  const id = ref.ordinal === undefined ? await world.store.findRequest(ref.request) : null;
  if (id === null) throw none(word);
  const subject = await subjectOf(world, { is: 'request', id: id as RequestId });
  return { is: 'texts', title: `the request ${requestNumber(ref.request)}`, subject };
}

async function ofClient(world: World, word: string): Promise<Target> {
  const client = await clientBySlug(world, word);
  if (client.slug === 'practice')
    throw new Fault(
      'not_allowed',
      'The practice itself is no client that could be erased. Erase its requests: aios erase --request 142',
    );
  const subject = {
    scope: { is: 'client', id: client.id },
    client: client.id,
    request: null,
    task: null,
  } as const;
  return { is: 'client', title: `the client ${client.slug} (${client.name})`, subject, client };
}

async function ofPerson(world: World, word: string): Promise<Target> {
  const person = await knownPerson(world, word);
  return { is: 'person', title: `who ${person.slackUser} (${person.name}) is`, person };
}

/** Somebody AIOS has met, by Slack id. Throws Fault `bad_input` or `not_found`. */
export async function knownPerson(world: World, word: string): Promise<PersonRow> {
  const user = userIn(word);
  const person = await world.store.personBySlack(world.facility.team, user);
  if (person !== null) return person;
  throw new Fault(
    'not_found',
    `AIOS has met nobody with the Slack id ${user}. Nothing was erased.`,
  );
}

function numberIn(word: string, expected: string): NumberRef {
  const ref = readNumber(word);
  if (ref === undefined) throw unexpected(`the number of ${expected}`, word, 'Nothing was erased.');
  return ref;
}

function none(word: string): Fault {
  return new Fault('not_found', `There is no ${word.slice(0, 40)} here. Nothing was erased.`);
}

import type { EntryDraft } from '../../../src/core/entry.ts';
import type { ClientId, EntryId, RequestId, TaskId } from '../../../src/core/id.ts';
import { openAct } from '../../../src/flow/act.ts';
import { plan } from '../../../src/flow/plan/plan.ts';
import { connect } from '../../../src/store/connect.ts';
import type { Sql } from '../../../src/store/connect.ts';
import { sampleData } from '../../helpers/entries.ts';
import { makeTestWorld, OWNER } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

/** Approves for acme. */
export const ADA = 'U0ADA';
/** Asked for work for acme. */
export const CARL = 'U0COLLEAGUE';
/** A member who asked for nothing. */
export const NORA = 'U0NORA';
/** Approves for globex. */
export const STAN = 'U0STAN';
export const GUEST = 'U0GUEST';
/** The id of no entry. */
export const UNKNOWN = '01939a4e-9c00-7000-8000-0000000000ff';

type Work = { readonly request: RequestId; readonly task: TaskId; readonly number: string };
type Line = Omit<EntryDraft, 'actor'> & Partial<EntryDraft>;

/** A practice with two clients, a request of Carl for acme, and one of the owner for globex. */
export type LogScene = {
  readonly t: TestWorld;
  /** The owner of the database. */
  readonly admin: Sql;
  readonly acme: ClientId;
  readonly globex: ClientId;
  readonly work: Work;
  /** Its entry names a model, a persona and a rule that no other names. */
  readonly foreign: Work & { readonly entry: EntryId };
  write(line: Line, cause?: EntryId | null): Promise<EntryId>;
  /** What is answered to somebody, as one text. */
  ask(user: string, given: string): Promise<string>;
  close(): Promise<void>;
};

export async function makeLogScene(): Promise<LogScene> {
  const t = await makeTestWorld();
  const admin = connect(t.adminUrl, 1);
  for (const [user, name] of [
    [ADA, 'Ada Approver'],
    [STAN, 'Stan Stranger'],
    [NORA, 'Nora Newcomer'],
  ] as const)
    t.people.set(user, { name, role: 'colleague', bot: false });
  const acme = await makeClient(t, { slug: 'acme', channel: 'C0WORK', approver: ADA });
  const globex = await makeClient(t, { slug: 'globex', channel: 'C0GLOBEX', approver: STAN });
  await t.say(NORA, 'help');
  const work = await asksFor(t, CARL, 'C0WORK');
  const other = await asksFor(t, OWNER, 'C0GLOBEX');
  const write: LogScene['write'] = (line, cause = null) => writeLine(t, line, cause);
  const { request, task } = other;
  const entry = await write({
    type: 'attempt.ended',
    client: globex,
    request,
    task,
    rule: 'lanes.yaml#XYLOPHONE-PLUGH@abababababababab',
    model: 'secret-model',
    persona: 'secret-persona',
  });
  return {
    t,
    admin,
    acme,
    globex,
    work,
    foreign: { ...other, entry },
    write,
    ask: async (user, given) => (await t.say(user, given)).lines.join('\n'),
    close: async () => {
      await admin.end();
      await t.close();
    },
  };
}

type Making = { readonly slug: string; readonly channel: string; readonly approver: string };

async function makeClient(t: TestWorld, { slug, channel, approver }: Making): Promise<ClientId> {
  await t.say(OWNER, `client new ${slug} "${slug} Ltd"`);
  await t.say(OWNER, `client approver ${slug} <@${approver}>`);
  await t.say(OWNER, `client bind this ${slug} --audience practice`, { channel });
  const clients = await t.world.store.clients();
  return clients.find((client) => client.slug === slug)?.id ?? none(slug);
}

export function none(what: string): never {
  throw new Error(`there is no ${what}`);
}

/** Somebody asks for a piece of work there, and its plan is made. */
async function asksFor(t: TestWorld, user: string, channel: string): Promise<Work> {
  const { lines } = await t.say(user, 'new proofread my page', { channel });
  const number = /#\d+/.exec(lines.join(' '))?.[0] ?? none('number');
  const asked = Number(number.slice(1));
  const request = (await t.world.store.findRequest(asked)) ?? none('request');
  await plan(t.world, request);
  const task = (await t.world.store.findTask({ request: asked, ordinal: 1 })) ?? none('task');
  return { request, task, number };
}

async function writeLine(t: TestWorld, line: Line, cause: EntryId | null): Promise<EntryId> {
  const act = openAct(t.world.clock);
  const data = { ...sampleData(line.type), ...line.data };
  const id = act.note({ actor: { kind: 'system', id: 'test' }, ...line, data }, cause);
  if ((await t.world.store.commit(act.close())) !== 'done') throw new Error('it was not written');
  return id;
}

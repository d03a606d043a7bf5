import { Fault } from '../../core/fault.ts';
import type { Act, Outcome } from '../ports/store.ts';
import type { OpenAct } from '../act.ts';
import type { Command, Reply } from '../ports/doors.ts';
import type { ClientRow, PersonRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';

/** Who may use a subcommand: everybody, members of the practice, approvers of some client, the owner. */
export type Who = 'anyone' | 'member' | 'approver' | 'owner';

/** A command taken apart, with the person who gave it. */
export type Asked = {
  readonly command: Command;
  readonly person: PersonRow;
  /** The words behind the subcommand; what stood in quotation marks is one word. */
  readonly words: readonly string[];
  /** What stands behind the subcommand, as it was written. */
  readonly rest: string;
};

/** One row of the table of subcommands: help, the command line and the docs derive from it. */
export type Subcommand = {
  /** One or two words, as they are typed. */
  readonly word: string;
  readonly usage: string;
  readonly help: string;
  readonly who: Who;
  /** Whether it only reads: then it goes on working while the rules on disk are not those in force. */
  readonly does: 'reads' | 'acts';
  run(world: World, asked: Asked): Promise<Reply>;
};

/** An answer that says what was asked for. */
export function told(...lines: readonly string[]): Reply {
  return { ok: true, lines };
}

/** Bad input as a Fault: what was expected, what came instead, what to type next. */
export function unexpected(expected: string, got: string | undefined, next: string): Fault {
  const came = got === undefined || got === '' ? 'nothing' : `"${got.slice(0, 80)}"`;
  return new Fault('bad_input', `Expected ${expected}, got ${came}. ${next}`);
}

/** Writes a setting. Throws Fault `conflict` when somebody else was first; then nothing was written. */
export async function commitSetting(world: Pick<World, 'store'>, act: OpenAct): Promise<void> {
  const closed: Act = act.close();
  const outcome: Outcome = await world.store.commit(closed);
  if (outcome === 'lost')
    throw new Fault(
      'conflict',
      'Somebody changed the same setting at this moment. Nothing was written. Look with `client show` and try again.',
    );
}

/** The clients a person decides for: all of them for the owner. */
export async function clientsOf(
  world: Pick<World, 'store'>,
  person: PersonRow,
): Promise<readonly ClientRow[]> {
  const clients = await world.store.clients();
  if (person.role === 'owner') return clients;
  if (person.role === 'guest') return [];
  const mine = await Promise.all(
    clients.map(async (client) =>
      (await world.store.approversOf(client.id)).some((a) => a.personId === person.id),
    ),
  );
  return clients.filter((_, at) => mine[at]);
}

/** Whether a person may use what is for `who`. A guest never may, except what is for everybody. */
export async function mayUse(
  world: Pick<World, 'store'>,
  person: PersonRow,
  who: Who,
): Promise<boolean> {
  if (who === 'anyone' || person.role === 'owner') return true;
  if (person.role === 'guest' || who === 'owner') return false;
  return who === 'member' || (await clientsOf(world, person)).length > 0;
}

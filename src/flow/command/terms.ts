import type { BodyId } from '../../core/id.ts';
import { openAct, refData } from '../act.ts';
import { eraseTexts } from '../erase/erase.ts';
import type { Reply } from '../ports/doors.ts';
import type { ClientRow } from '../ports/rows-settings.ts';
import type { World } from '../ports/world.ts';
import { termsOf } from '../terms.ts';
import { byPerson, setClient } from './settings.ts';
import { commitSetting, told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

const MOST_TERMS = 200;
const LONGEST_TERM = 80;

/**
 * `client set <slug> term add|remove "<words>"`, `… term list`: the words that are replaced where the client's work goes
 * out redacted. They are answered to the asker alone and stand in no entry: that says how many there are.
 */
export async function setTerm(world: World, asked: Asked, client: ClientRow): Promise<Reply> {
  const [verb, ...words] = asked.words.slice(2);
  const terms = await termsOf(world, client);
  if (verb === 'list') return listed(client, terms);
  if (verb !== 'add' && verb !== 'remove')
    throw unexpected('add, remove or list', verb, exampleFor(client));
  const term = readTerm(words.join(' '), client);
  const known = terms.some((one) => isSame(one, term));
  if (known === (verb === 'add'))
    return told(`${known ? 'It is listed already' : 'It is not listed'}. Nothing was changed.`);
  const next = verb === 'add' ? [...terms, term] : terms.filter((one) => !isSame(one, term));
  if (next.length > MOST_TERMS)
    throw unexpected(`at most ${MOST_TERMS} terms`, `${next.length}`, 'Remove one first.');
  await keep(world, asked, { client, terms: next });
  return told(
    `${verb === 'add' ? 'Listed' : 'No longer listed'} for ${client.name}; ${next.length} in all. Where its work goes out redacted they are replaced, in capitals or small letters and inside of longer words too.`,
    ...(client.cloud === 'redacted'
      ? []
      : [
          `They count once its cloud setting is redacted: client set ${client.slug} cloud redacted`,
        ]),
  );
}

function listed({ name, slug }: ClientRow, terms: readonly string[]): Reply {
  if (terms.length === 0)
    return told(`No term is listed for ${name}. Add one: client set ${slug} term add "Acme GmbH"`);
  return told(`Terms of ${name}, for you alone:`, ...terms.map((term) => `- ${term}`));
}

type Kept = { readonly client: ClientRow; readonly terms: readonly string[] };

async function keep(world: World, asked: Asked, { client, terms }: Kept): Promise<void> {
  const about = { client: client.id, request: null, task: null };
  const { ref, row } = await world.bodies.put('terms', about, JSON.stringify(terms));
  const act = openAct(world.clock);
  act.change({ insert: 'body', row });
  setClient(act, {
    client,
    set: { termsBody: ref.id },
    by: byPerson(asked.person),
    says: { terms: terms.length, content: refData(ref) },
  });
  await commitSetting(world, act);
  if (client.termsBody !== null) await forget(world, asked, { client, body: client.termsBody });
}

type Old = { readonly client: ClientRow; readonly body: BodyId };

/** A list that was replaced is erased at once: a word that was taken off it is kept no longer. */
async function forget(world: World, { person }: Asked, { client, body }: Old): Promise<void> {
  const order = { ground: 'person', by: person.id, actor: byPerson(person) } as const;
  const scope = { is: 'body', id: body } as const;
  const subject = { scope, client: client.id, request: null, task: null };
  await eraseTexts(world, { order, subject }, null);
}

/** Short words of small letters stand inside many others, and nothing would be left to read. */
function readTerm(text: string, client: ClientRow): string {
  const term = text.trim().replace(/\s+/g, ' ');
  const letters = term.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  const least = /[^\p{ASCII}]/u.test(term) ? 2 : 3;
  if (letters >= least && term.length <= LONGEST_TERM && !/\p{Cc}/u.test(term)) return term;
  throw unexpected(
    `a word or name of 3 to ${LONGEST_TERM} characters`,
    `${term.length} characters`,
    exampleFor(client),
  );
}

function exampleFor({ slug }: ClientRow): string {
  return `For example: client set ${slug} term add "Acme GmbH"`;
}

function isSame(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

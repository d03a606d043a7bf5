import type { PersonId } from '../../src/core/id.ts';
import { openAct } from '../../src/flow/act.ts';
import { APPROVER, COLLEAGUE, give, numberAt, taskIn, TEAM } from './acme.ts';
import type { Running } from './aios.ts';
import { deskOf } from './desk.ts';
import { textFile } from './files.ts';

export type Stranger = { readonly slug: string; readonly name: string; readonly words: string };

const CHANNEL = 'C0BOREALIS';

/** Another client with its name wherever a setting can hold one, and work of its own whose texts hold its words. */
export async function plantStranger(
  running: Running,
  { slug, name, words }: Stranger,
): Promise<void> {
  await give(running, `client new ${slug} "${name}"`);
  await give(running, `client bind ${CHANNEL} ${slug} --audience practice`);
  await give(running, `client set ${slug} review ${CHANNEL}`);
  await give(running, `client approver ${slug} <@${APPROVER}>`);
  await give(running, `client set ${slug} cloud allowed`);
  await knownAs(running, `Zora of ${name}`);
  const caleb = deskOf(running, COLLEAGUE);
  const file = textFile(`${slug}.md`, `# ${name}\n\n${words}: nobody else may read this.\n`);
  const said = await caleb.say(
    CHANNEL,
    `@aios list spelling and grammar mistakes of ${name}, ${words}`,
    [file],
  );
  const number = await numberAt(running, said);
  await caleb.press(await caleb.card(CHANNEL, 'run', `*#${number}*`), 'run');
  await taskIn(running, number, 'waiting');
}

/** A person of the other client, with its name in theirs. */
async function knownAs(running: Running, name: string): Promise<void> {
  const { world } = running.aios;
  const act = openAct(world.clock);
  const id = act.newId<PersonId>();
  const data = { person: id, role: 'guest' };
  const lastEntry = act.note(
    { type: 'person.seen', actor: { kind: 'system', id: 'aios' }, data },
    null,
  );
  act.change({
    insert: 'person',
    row: { id, team: TEAM, slackUser: 'U0ZORA', name, role: 'guest', lastEntry },
  });
  await world.store.commit(act.close());
}

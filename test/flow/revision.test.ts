import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import type { TaskId } from '../../src/core/id.ts';
import { found } from '../../src/flow/found.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { deskOf } from '../helpers/desk.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
}, 60_000);
afterAll(async () => running.close());

/** A task that was worked on once, with what was worked on it. */
async function worked() {
  const { world } = running.aios;
  const owner = deskOf(running, 'U0OWNER');
  const notes = { name: 'notes.md', bytes: await readFile('fixtures/day/untidy/notes.md') };
  const said = await owner.dm('please format the attached file', [notes]);
  await owner.press(await owner.card(said.channel, 'answer', 'For whom'), 'The practice itself');
  await owner.press(await owner.card(said.channel, 'run'), 'run');
  await owner.card(said.channel, 'approve');
  const task = (await world.store.findTask({ request: 1 })) as TaskId;
  const [attempt, ...more] = (await world.store.taskFile(task))?.attempts ?? [];
  expect(more).toEqual([]);
  const persona = world.library.personas.byId.get(attempt?.persona ?? '');
  if (attempt === undefined || persona === undefined) throw new Error('nothing was worked on');
  return { task, attempt, persona };
}

test('every attempt names the exact revision of its persona, whose text is kept for ever', async () => {
  const { world } = running.aios;
  const { task, attempt, persona } = await worked();
  expect(attempt).toMatchObject({ persona: persona.id, personaHash: persona.hash });
  const entries = (await world.store.trail({ task })).filter((e) => e.type.startsWith('attempt.'));
  expect(entries).toHaveLength(2);
  for (const { actor } of entries)
    expect(actor).toEqual({ kind: 'persona', id: persona.id, version: persona.hash });

  // The file is written anew; what the attempt was made under stays.
  const text = await readFile(`personas/${persona.group}/${persona.id}.md`, 'utf8');
  expect(sha256(text)).toBe(attempt.personaHash);
  const { personas } = world.library;
  const anew = { ...persona, version: persona.version + 1, hash: sha256(`${text} `) };
  const library = {
    ...world.library,
    personas: {
      ...personas,
      byId: new Map(personas.byId).set(persona.id, anew),
      texts: new Map(personas.texts).set(anew.hash, `${text} `),
    },
  };
  await found({ ...world, library }, 'rehearsal/practice');
  expect(await world.store.loreStarting(anew.hash)).toMatchObject({ text: `${text} ` });
  expect(await world.store.loreStarting(attempt.personaHash)).toEqual({
    sha256: persona.hash,
    text,
  });
});

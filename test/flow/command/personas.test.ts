import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { personas } from '../../../src/flow/command/personas.ts';
import { LIMITS } from '../../../src/slack/limits.ts';
import { countEntries } from '../../helpers/count-entries.ts';
import { makeTestWorld, OWNER, TEAM } from '../../helpers/world.ts';
import type { TestWorld } from '../../helpers/world.ts';

let t: TestWorld;
beforeAll(async () => {
  t = await makeTestWorld();
}, 60_000);
afterAll(async () => t.close());

async function said(text: string, user = 'U0COLLEAGUE') {
  const before = await countEntries(t.sql);
  const reply = await t.say(user, text);
  return {
    ok: reply.ok,
    text: reply.lines.join('\n'),
    wrote: (await countEntries(t.sql)) - before,
  };
}

describe('personas', () => {
  test('names everybody by group, for every member of the practice', async () => {
    await said('help');
    const { ok, text, wrote } = await said('personas');
    expect(ok).toBe(true);
    expect(wrote).toBe(0);
    for (const { id, group } of t.world.library.personas.byId.values())
      expect(text).toMatch(new RegExp(`^- ${group}: .*\\b${id}\\b`, 'm'));
    expect(text).not.toContain('Imported');
  });

  test('shows one in full: scope, kinds with their titles, hand-offs, questions, checklist, brief', async () => {
    const editor = t.world.library.personas.byId.get('editor');
    if (editor === undefined) throw new Error('no editor');
    const { text } = await said('personas Editor');
    for (const part of [editor.scope, editor.brief, editor.hash, 'edit.draft (Edit a draft)'])
      expect(text).toContain(part);
    for (const { to, what } of editor.declines) expect(text).toContain(`- ${what}, to ${to}: `);
    for (const asks of editor.questions) expect(text).toContain(`- ${asks}`);
    for (const { asks } of editor.checklist) expect(text).toContain(`- ${asks}`);
  });

  test('every one of them fits into an answer of Slack', async () => {
    for (const id of t.world.library.personas.byId.keys())
      expect((await said(`personas ${id}`)).text.length).toBeLessThan(
        LIMITS.messageText * LIMITS.responses,
      );
  });

  test.each([
    ['personas edtor', /got "edtor"\. Did you mean `editor`\?/],
    ['personas xylophone', /got "xylophone"\. They are listed by: personas/],
    ['personas __proto__', /got "__proto__"/],
    ['personas editor rewriter', /Expected the id of one persona/],
  ])('%j is refused and writes nothing', async (given, says) => {
    const { ok, text, wrote } = await said(given);
    expect(ok).toBe(false);
    expect(text).toMatch(says);
    expect(wrote).toBe(0);
  });

  test('a guest gets one sentence and no name', async () => {
    const { ok, text } = await said('personas', 'U0GUEST');
    expect(ok).toBe(false);
    expect(text).not.toContain('editor');
  });

  test('one that was imported and waits is named, and is not shown', async () => {
    const waiting = [{ id: 'map-maker', why: 'new' }] as const;
    const { library, store } = t.world;
    const world = { library: { ...library, personas: { ...library.personas, waiting } } };
    const person = await store.personBySlack(TEAM, OWNER);
    if (person === null) throw new Error('no owner');
    const asked = (...words: readonly string[]) => ({
      command: { team: TEAM, channel: '', user: OWNER, text: '', eventId: '' },
      person,
      words,
      rest: words.join(' '),
    });
    const reply = await personas(world, asked());
    expect(reply.lines.at(-1)).toMatch(/^Imported, and not in force .*: map-maker$/);
    await expect(personas(world, asked('map-maker'))).rejects.toThrow(
      /waits: .*aios personas accept map-maker/,
    );
  });
});

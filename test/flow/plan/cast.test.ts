import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WorkKind } from '../../../src/core/kind.ts';
import { refOf } from '../../../src/core/rule-set.ts';
import { declinedKind } from '../../../src/flow/plan/cast.ts';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  numberAt,
  REVIEW,
  settleAcme,
  taskIn,
} from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { outlineFile } from '../../helpers/files.ts';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());

function kind(id: string): WorkKind {
  const found = running.aios.world.library.rules.kinds.get(id);
  if (found?.sort !== 'work') throw new Error(`no work of kind ${id}`);
  return found;
}

test('a specialist takes their own kinds, and declines others with the colleague they name', () => {
  const { world } = running.aios;
  const rule = refOf(world.library.rules, 'DECLINE-KIND');
  expect(declinedKind(world, 'editor', kind('edit.draft'))).toBeNull();
  expect(declinedKind(world, 'editor', kind('draft.blog'))).toEqual({
    by: 'editor',
    to: 'blog-drafter',
    rule,
  });
});

test('whoever is declined to takes that kind, for every specialist and kind of the practice', () => {
  const { world } = running.aios;
  const { personas, rules } = world.library;
  for (const id of personas.byId.keys())
    for (const work of [...rules.kinds.values()].filter((k) => k.sort === 'work')) {
      const declined = declinedKind(world, id, work);
      const doer = personas.byId.get(declined?.to ?? id);
      expect(doer?.accepts).toContain(work.id);
    }
});

test('the editor named for a blog post leaves it to the blog drafter, before any model is called', async () => {
  const { world, base } = running.aios;
  const calls = base.rehearsal?.calls.length;
  const said = await deskOf(running, COLLEAGUE).say(
    ACME,
    '@aios persona: editor, kind: draft.blog, draft a blog post from the outline',
    [await outlineFile()],
  );
  const number = await numberAt(running, said);
  const file = await taskIn(running, number, 'proposed');
  expect(file.task).toMatchObject({ kind: 'draft.blog', persona: 'blog-drafter' });
  expect(base.rehearsal?.calls.length).toBe(calls);
  const trail = await world.store.trail({ task: file.task.id });
  expect(trail[0]).toMatchObject({
    type: 'task.routed',
    data: {
      declined: {
        by: 'editor',
        to: 'blog-drafter',
        rule: refOf(world.library.rules, 'DECLINE-KIND'),
      },
    },
  });
  const ada = deskOf(running, APPROVER);
  await ada.words(REVIEW, 'editor does not take this: blog-drafter does it');
});

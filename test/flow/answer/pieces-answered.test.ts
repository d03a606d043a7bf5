import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ACME, COLLEAGUE, settleAcme } from '../../helpers/acme.ts';
import { runAios } from '../../helpers/aios.ts';
import type { Running } from '../../helpers/aios.ts';
import { deskOf } from '../../helpers/desk.ts';
import { closeForms, requestNow, whenTasks } from '../../helpers/plan.ts';
import { numberAt } from '../../helpers/acme.ts';

/** Two points are plainly work and one is not: whether it is one task or several is asked. */
const UNSURE = '\n- draft a blog post about clay\n- qwfpgj\n- draft a blog post about glaze';

let running: Running;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
}, 60_000);
afterAll(async () => running.close());
afterEach(() => closeForms(running, COLLEAGUE));

async function asked() {
  const caleb = deskOf(running, COLLEAGUE);
  const said = await caleb.say(ACME, `@aios ${UNSURE}`);
  const number = await numberAt(running, said);
  await whenTasks(running, number, (tasks) => tasks[0]?.waitsFor === 'answer:pieces');
  const card = await caleb.card(ACME, 'answer', `#${number}.1`);
  return { caleb, said, number, card };
}

const typesOf = async (number: number) => {
  const { request } = await requestNow(running, number);
  return running.aios.world.store.trail({ request: request.id });
};

describe('asked whether a request is one piece or several', () => {
  test('“Several” opens the form with the pieces, and saving it answers the question', async () => {
    const { number, card } = await asked();
    await running.human.click({ as: COLLEAGUE, message: card, action: 'answer:something_else' });
    const view = await running.human.waitForView(COLLEAGUE, (v) => v.callback_id === 'pieces');
    const field = view.blocks.find((block) => block.type === 'input');
    const text = 'draft a blog post about clay and the kiln\n---\ndraft a blog post about glaze';
    await running.human.submit({
      as: COLLEAGUE,
      view,
      values: { [String(field?.block_id)]: text },
    });

    const file = await whenTasks(running, number, (tasks) => tasks.length === 3);
    expect(file.tasks.map((t) => t.state)).toEqual(['cancelled', 'proposed', 'proposed']);
    expect(file.questions[0]).toMatchObject({ answer: 'pieces' });
    const changed = (await typesOf(number)).find((e) => e.type === 'request.pieces_changed');
    expect(changed?.data).toMatchObject({ about: 'pieces', value: 'pieces', edited: true });
    await deskOf(running, COLLEAGUE).words(ACME, 'by saying which pieces there are');
  });

  test('a list in a reply does the same, and its words are kept', async () => {
    const { caleb, said, number } = await asked();
    const list = '@aios \n- draft a blog post about clay\n- draft a blog post about glaze';
    await caleb.reply(said, list);
    const file = await whenTasks(running, number, (tasks) => tasks.length === 3);
    expect(file.tasks.map((t) => t.state)).toEqual(['cancelled', 'proposed', 'proposed']);
    expect(file.questions[0]).toMatchObject({ answer: 'words' });
    expect(file.questions[0]?.answerBody).not.toBeNull();
  });

  test('“one piece” stays one', async () => {
    const { number, card } = await asked();
    await running.human.click({ as: COLLEAGUE, message: card, action: 'answer:one' });
    const file = await whenTasks(running, number, (tasks) => tasks[0]?.waitsFor === null);
    expect(file.tasks).toHaveLength(1);
  });
});

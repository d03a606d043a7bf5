import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { moment } from '../../src/core/moment.ts';
import type { CardId } from '../../src/flow/ports/rows-cards.ts';
import { makeOutbox } from '../../src/store/outbox.ts';
import { together } from '../../src/store/together.ts';
import { want } from '../../src/store/want.ts';
import { makeScene } from './scene.ts';
import type { Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(() => scene.close());

/** A card of its own and the ways to ask for it. */
function makeCard() {
  const id = randomUUID() as string as CardId;
  const card = { id, key: id, kind: 'notice', place: { at: 'origin' } } as const;
  return {
    id,
    ask: (mayWait: boolean, at = moment(Date.now())) =>
      together(scene.writer, [want({ ...card, mayWait }, at)]),
    open: async () => {
      const rows = await scene.writer<{ jobId: string; due: boolean }[]>`
        select job_id, due_at <= now() as due from outbox
        where subject = ${id} and sent_at is null and done_at is null order by id`;
      return rows.map(({ jobId, due }) => [jobId, due]);
    },
  };
}

test('what may wait leaves it to the job that is not sent yet', async () => {
  const { id, ask, open } = makeCard();
  await ask(true);
  await ask(true);
  expect(await open()).toEqual([[`post_${id}_1`, false]]);
});

test('what may not wait takes the place of the job that waits', async () => {
  const { id, ask, open } = makeCard();
  await ask(true);
  await ask(false, moment(Date.now() - 60_000));
  expect(await open()).toEqual([[`post_${id}_2`, true]]);
});

test.each([true, false])(
  'while somebody sends the job there is a job of its own (may wait: %s)',
  async (mayWait) => {
    const { id, ask, open } = makeCard();
    await ask(true);
    await scene.writer.begin(async (tx) => {
      await tx`select 1 from outbox where subject = ${id} for update`;
      await ask(mayWait);
      await tx`update outbox set sent_at = now() where job_id = ${`post_${id}_1`}`;
    });
    expect(await open()).toEqual([[`post_${id}_2`, expect.anything()]]);
  },
);

test('whoever asks while jobs are sent and cards shown, what was asked last is shown', async () => {
  const { id, ask } = makeCard();
  const outbox = makeOutbox(scene.writer);
  const show = async () => {
    await outbox.relay(100, async () => undefined);
    await scene.writer`
      update card set shown = wanted where id = ${id}
      and exists (select from outbox where subject = ${id} and sent_at is not null and done_at is null)`;
  };
  const longAgo = moment(Date.now() - 60_000);
  for (let round = 0; round < 10; round += 1) {
    const asked = Array.from({ length: 6 }, (_, n) => ask((n + round) % 3 > 0, longAgo));
    await Promise.all([show(), ...asked, show()]);
    await show();
    const [row] = await scene.writer`select wanted, shown from card where id = ${id}`;
    expect(row).toEqual({ wanted: 6 * (round + 1), shown: 6 * (round + 1) });
    await scene.writer`update outbox set done_at = now() where subject = ${id} and sent_at is not null`;
  }
});

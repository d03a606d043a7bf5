import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ACME,
  APPROVER,
  COLLEAGUE,
  numberAt,
  REVIEW,
  settleAcme,
  taskIn,
} from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { countEntries } from '../helpers/count-entries.ts';
import { deskOf } from '../helpers/desk.ts';
import { fixture, textFile } from '../helpers/files.ts';
import { hasRedis, ownRedis } from '../helpers/redis.ts';

const desk = (running: Running, as: string) => deskOf(running, as);

/** What AIOS said to this person alone. */
const whispered = (running: Running, text: string) =>
  running.human.waitForMessage(
    { channel: ACME, as: COLLEAGUE },
    (m) => m.ephemeral_to === COLLEAGUE && m.text.includes(text),
    { timeoutMs: 20_000 },
  );

/** A valid request of the colleague comes through to its approval. */
async function works(running: Running): Promise<void> {
  const said = await desk(running, COLLEAGUE).say(ACME, '@aios please format the attached file', [
    await fixture('day/untidy/notes.md'),
  ]);
  const number = await numberAt(running, said);
  const ada = desk(running, APPROVER);
  await taskIn(running, number, 'proposed');
  await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
  await taskIn(running, number, 'waiting');
  await ada.press(await ada.card(REVIEW, 'approve', `*#${number}.1 `), 'approve');
  await taskIn(running, number, 'delivered');
}

describe('what cannot be taken in is refused in words, changes nothing, and the next request works', () => {
  let running: Running;
  beforeAll(async () => {
    running = await runAios();
    await settleAcme(running);
    await works(running);
  }, 90_000);
  afterAll(async () => running.close());

  const entries = () => countEntries(running.aios.base.sql);
  async function refused(act: () => Promise<unknown>, says: string): Promise<void> {
    const before = await entries();
    await act();
    await whispered(running, says);
    expect(await entries()).toBe(before);
    await works(running);
  }

  test('an unknown subcommand: the nearest one and the list', async () => {
    const slash = { as: COLLEAGUE, channel: ACME, command: '/aios', text: 'staus' };
    await refused(() => running.human.slash(slash), 'Did you mean `status`?');
  }, 60_000);

  test('a mention without words', async () => {
    await refused(
      () => desk(running, COLLEAGUE).say(ACME, '@aios'),
      'I was mentioned without any words',
    );
  }, 60_000);

  test('a message of 5 MB', async () => {
    const event = {
      type: 'app_mention',
      user: COLLEAGUE,
      text: `<@U0AIOS> draft a post ${'clay '.repeat(1_000_000)}`,
      ts: '77.000100',
      channel: ACME,
    };
    await refused(
      () => running.human.faults.deliver(event),
      'A request has at most 100000 characters, this one has 5000012',
    );
  }, 60_000);

  test('a file over the cap', async () => {
    const large = textFile('large.md', 'clay '.repeat(1_700_000));
    await refused(
      () => desk(running, COLLEAGUE).say(ACME, '@aios format the attached file', [large]),
      'A file has at most 8.0 MB, "large.md" has 8.5 MB. Nothing was stored',
    );
  }, 60_000);

  test.each(['format', 'proofread'])(
    'a picture to %s: asked for a file it can read',
    async (verb) => {
      const said = await desk(running, COLLEAGUE).say(
        ACME,
        `@aios please ${verb} the attached file`,
        [await fixture('hostile/pixel.png')],
      );
      const number = await numberAt(running, said);
      const file = await taskIn(running, number, 'asking');
      expect(file.task.waitsFor).toBe('answer:files');
      expect(file.attempts).toEqual([]);
      await works(running);
    },
    60_000,
  );

  test('broken HTML to format: said where it breaks, nothing is made of it', async () => {
    const broken = textFile('page.html', '<div><p>One</span></div><p');
    const said = await desk(running, COLLEAGUE).say(ACME, '@aios please format the attached file', [
      broken,
    ]);
    const number = await numberAt(running, said);
    const ada = desk(running, APPROVER);
    await taskIn(running, number, 'proposed');
    await ada.press(await ada.card(REVIEW, 'run', `*#${number}*`), 'run');
    const file = await taskIn(running, number, 'asking');
    expect(file.drafts).toEqual([]);
    await ada.words(REVIEW, 'Cannot format page.html: line 1');
    await works(running);
  }, 60_000);
});

(hasRedis() ? test : test.skip)(
  'Redis gone while running: work goes on when it is back',
  async () => {
    const redis = await ownRedis();
    const running = await runAios({ env: { REDIS_URL: redis.url } });
    try {
      await settleAcme(running);
      await works(running);
      await redis.kill();
      const said = await desk(running, COLLEAGUE).say(ACME, '@aios draft a blog post about clay');
      const number = await numberAt(running, said);
      await redis.start();
      await taskIn(running, number, 'proposed');
      await works(running);
    } finally {
      await running.close();
      await redis.remove();
    }
  },
  180_000,
);

import { dayFiles } from './material.ts';
import type { Scene } from './scene.ts';

const REVIEW = 'acme-review';

/** #2: words that could mean several kinds of work. */
export const clarification: Scene = {
  title: 'Caleb is unclear, so AIOS asks',
  play: async ({ desks: { Ada, Caleb }, settled }) => {
    await Caleb.say(
      'acme',
      '@aios hm, could you look at the spelling of this? not sure what it needs',
      await dayFiles('blog/draft.md'),
    );
    const question = await Caleb.card('acme', 'answer', '#2.1');
    await settled();
    await Caleb.press(question, 'List spelling and grammar mistakes');
    await Caleb.press(await Caleb.card(REVIEW, 'run', '#2'), 'run');
    await Ada.press(await Ada.card(REVIEW, 'approve', '#2.1'), 'approve');
  },
};

/** #3: the lane it belongs to is not set up; nothing moves elsewhere without a click. */
export const held: Scene = {
  title: 'The seat is not set up: the task is held, with the next step',
  play: async ({ desks: { Ada, Caleb }, settled }) => {
    await Caleb.say(REVIEW, '@aios please review the code of the plugin', await dayFiles('plugin'));
    await Caleb.card(REVIEW, 'reroute', '#3');
    await settled();
    await Caleb.type(REVIEW, 'status #3');
    await Ada.choose(await Ada.card(REVIEW, 'reroute', '#3'), 'Re-route… (#3.1)');
    await Ada.fill({ lane: 'senior' });
    await Ada.press(await Ada.card(REVIEW, 'approve', '#3.1'), 'approve');
  },
};

/** #4: a specialist declines; a person says what it is; the result is rejected. */
export const declined: Scene = {
  title: 'A specialist declines; a person says what the work is, and rejects what comes of it',
  play: async ({ desks: { Ada, Caleb }, script }) => {
    script({
      lane: 'local',
      match: 'You are Rewriter',
      answer: { as: 'decline', to: 'formatter' },
    });
    await Caleb.say(
      REVIEW,
      '@aios please shorten the about page',
      await dayFiles('site/about.html'),
    );
    await Caleb.press(await Caleb.card(REVIEW, 'run', '#4'), 'run');
    const question = await Caleb.card(REVIEW, 'answer', '#4.1');
    await Caleb.press(question, 'Format files');
    await Ada.choose(await Ada.card(REVIEW, 'approve', '#4.1'), 'Reject…');
    await Ada.fill({ reason: 'The page is being rewritten anyway; we drop this.' });
  },
};

/** #5: what only a person does makes no task. */
export const humanOnly: Scene = {
  title: 'What only a person does is answered with a sentence',
  play: async ({ desks: { Caleb } }) => {
    const { channel } = await Caleb.dm('please pay the invoice of the framer');
    await Caleb.press(await Caleb.card(channel, 'answer', 'For whom'), 'Acme Pottery');
  },
};

/** Everything that happened can be asked about. */
export const lookBack: Scene = {
  title: 'Olive looks back on the day',
  play: async ({ desks: { Olive }, aios }) => {
    const { store, clock, facility } = aios.world;
    const { week } = await store.weekHolding(clock.now(), facility.zone);
    for (const text of ['status', 'why #1.2', 'log #1.3', 'cost #1', 'cost', `digest ${week}`])
      await Olive.type('practice', text);
  },
};

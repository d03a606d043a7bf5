import { dayFiles } from './material.ts';
import type { Scene } from './scene.ts';

const REVIEW = 'acme-review';

/** How Olive's practice takes on a client. */
export const setUp: Scene = {
  title: 'Olive sets up her client',
  play: async ({ desks: { Olive } }) => {
    await Olive.type('practice', 'client new acme "Acme Pottery"');
    await Olive.type('acme', 'client bind this acme');
    await Olive.type(REVIEW, 'client bind this acme --audience practice');
    await Olive.type(REVIEW, 'client set acme review this');
    await Olive.type('practice', 'client approver acme @ada');
    await Olive.type('practice', 'client show acme');
  },
};

/** #1: one request, three pieces, from the client's own channel. */
export const threePieces: Scene = {
  title: 'The client asks for three things at once',
  play: async ({ desks: { Gil, Olive } }) => {
    const files = await dayFiles('site', 'plugin', 'blog/outline.md');
    await Gil.say(
      'acme',
      '@aios please audit the content of our site, harden the booking plugin, and draft the blog post from the outline. No rush, thanks!',
      files,
    );
    await Olive.card(REVIEW, 'answer', 'models outside this machine');
  },
};

/** The owner says once whether ordinary work of this client may leave the machine. */
export const cloudOnce: Scene = {
  title: 'May this client’s work leave the machine? Asked once, answered once',
  play: async ({ desks: { Olive } }) => {
    const question = await Olive.card(REVIEW, 'answer', 'models outside this machine');
    await Olive.ask(question, 'Allowed, except confidential work');
  },
};

/** Run; the hardener leaves a fault, which the checks find and send back to it. */
export const run: Scene = {
  title: 'Ada presses Run; the checks send one draft back',
  play: async ({ desks: { Ada }, script }) => {
    for (const lane of ['senior', 'local'] as const)
      script({ lane, match: 'You are Plugin hardener', answer: { as: 'leave_fault' } });
    await Ada.press(await Ada.card(REVIEW, 'run', '#1'), 'run');
    await Ada.card(REVIEW, 'approve', '#1.2 Harden a plugin, draft 2');
    await Ada.card(REVIEW, 'approve', '#1.1');
    await Ada.card(REVIEW, 'approve', '#1.3');
  },
};

/** What Ada confirms of the plugin; she has not tried it. */
const LOOKED_AT = [
  'I read every change and know why it is there',
  'If it goes wrong there, I know how to take it back',
];

/** Only an approver decides, and high stakes take more than a click; then the first two pieces go out. */
export const decide: Scene = {
  title: 'Only an approver decides',
  play: async ({ desks: { Ada, Caleb } }) => {
    const plugin = await Ada.card(REVIEW, 'approve', '#1.2');
    await Caleb.ask(plugin, 'approve');
    await Ada.press(plugin, 'read');
    await Ada.read();
    await Ada.press(plugin, 'approve');
    await Ada.fill({ 'What do you confirm? Nothing has to be ticked.': LOOKED_AT });
    await Ada.press(await Ada.card(REVIEW, 'approve', '#1.1'), 'approve');
  },
};

export const REASON =
  'Too dry for our readers. Say in the opening that nobody needs experience, and keep the sentences short.';

/** #1.3 comes back with a person's reason, is redone, edited by hand and approved. */
export const sentBack: Scene = {
  title: 'Ada sends the post back with a reason, then mends the redo by hand',
  play: async ({ desks: { Ada }, settled }) => {
    await Ada.press(await Ada.card(REVIEW, 'approve', '#1.3'), 'send_back');
    await Ada.fill({ reason: REASON });
    const redone = await Ada.card(REVIEW, 'approve', '#1.3 Draft a blog post, draft 2');
    await settled();
    const [draft] = await dayFiles('blog-repaired/draft.md');
    if (draft !== undefined)
      await Ada.reply(redone, '@aios my own version', [{ ...draft, name: 'post.md' }]);
    const own = await Ada.card(REVIEW, 'approve', '#1.3 Draft a blog post, draft 3');
    await Ada.press(own, 'approve');
  },
};

/**
 * `npm run picture`: makes docs/workspace.png. Starts AIOS in a folder of its own, lets three people of a small practice
 * play a scene with files of fixtures/day, and photographs the local workspace. Needs Chromium (CHROMIUM_PATH, or in a
 * usual place).
 */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from './build.mjs';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const PICTURE = join(TOP, 'docs', 'workspace.png');
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const SIZE = { width: 1440, height: 1256 };
const [OWNER, COLLEAGUE, ADA] = ['U0OWNER', 'U0COLLEAGUE', 'U0APPROVER'];
const [PRACTICE, REVIEW] = ['C0PRACTICE', 'C0ACMEREVIEW'];

const attached = async (...names) =>
  Promise.all(
    names.map(async (name) => ({
      name: name.split('/').pop(),
      bytes: await readFile(join(TOP, 'fixtures', 'day', name)),
    })),
  );

/** Starts AIOS on an embedded Postgres of its own, below `folder`. */
async function openAios(folder) {
  await build();
  const [{ startAios }, { readConfig }] = await Promise.all([
    import('../dist/main.js'),
    import('../dist/config.js'),
  ]);
  const env = { AIOS_HOME: join(folder, 'home'), AIOS_PORT: '0', AIOS_TIME_ZONE: 'Europe/Berlin' };
  return startAios(readConfig(env), (sentence) => console.error(sentence));
}

/** What the owner says once about a client, in a channel of the practice, and the answer that is waited for. */
const SETTINGS = [
  ['client new acme "Acme"', 'You approve for it'],
  [`client bind <#${REVIEW}> acme --audience practice`, 'Bound to Acme'],
  [`client approver acme <@${ADA}>`, 'approve'],
];

/** A message in the review channel that has this button. */
const offers = (verb) => (message) =>
  new RegExp(`"action_id":"${verb}(:|")`).test(JSON.stringify(message.blocks ?? []));

/** Whether a message is no older than another and has this button. */
const offersSince = (first, verb) => (message) => message.ts >= first.ts && offers(verb)(message);

/** Waits for a message in a channel, as the owner sees it. */
const wait = (human, channel, fits) =>
  human.waitForMessage({ channel, as: OWNER }, fits, { timeoutMs: 60_000 });

/** Writes a request, runs its plan, and gives the card that asks for the decision, once it is there. */
async function ask(human, { as, text, files }) {
  const asked = await human.say({ as, channel: REVIEW, text, files });
  const plan = await wait(human, REVIEW, offersSince(asked, 'run'));
  await human.click({ as: OWNER, message: plan, action: 'run' });
  return wait(human, REVIEW, offersSince(asked, 'approve'));
}

/** The scene: one request was delivered before; of another, a draft waits for its decision. */
async function play(human) {
  for (const [text, answer] of SETTINGS) {
    await human.slash({ as: OWNER, channel: PRACTICE, command: '/aios', text });
    const answered = (message) => JSON.stringify(message).includes(answer);
    await wait(human, PRACTICE, answered);
  }
  const tidied = await ask(human, {
    as: ADA,
    text: '@aios format these two, please',
    files: await attached('untidy/notes.md', 'untidy/page.html'),
  });
  await human.click({ as: OWNER, message: tidied, action: 'approve' });
  await wait(human, REVIEW, (message) => message.text.includes('Approved by'));
  await human.say({
    as: OWNER,
    channel: REVIEW,
    text: 'Thanks, Ada. Acme wants the spring post on Thursday.',
  });
  await ask(human, {
    as: COLLEAGUE,
    text: '@aios proofread the draft of the spring post. Thanks, no rush!',
    files: await attached('blog/draft.md'),
  });
}

async function photograph(url) {
  const path = [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((p) => p !== '' && existsSync(p));
  if (path === undefined)
    throw new Error('Expected a Chromium, found none. Install one, or set CHROMIUM_PATH.');
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
    await page.goto(url);
    for (const name of [/Ada Whitlock.*editor/, /acme-review/])
      await page.getByRole('button', { name }).click();
    const threads = page.getByRole('button', { name: /\d repl(y|ies)/ });
    await threads.first().click();
    await page
      .getByText(/Approved by/)
      .first()
      .waitFor();
    await threads.last().click();
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await page.evaluate('document.activeElement.blur()');
    await page.screenshot({ path: PICTURE });
  } finally {
    await browser.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'aios-picture-'));
const aios = await openAios(folder);
try {
  await play(aios.front.workspace.human);
  await photograph(aios.front.workspace.url);
  console.log(`docs/workspace.png: ${Math.round((await stat(PICTURE)).size / 1000)} kB`);
} finally {
  await aios.close();
  await rm(folder, { recursive: true, force: true });
}

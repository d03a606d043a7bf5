import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Workspace } from '../../src/workspace/open.ts';
import { axeFindings, openPage, overflow, startBrowser } from '../helpers/browser.ts';
import { built } from '../helpers/built.ts';
import { browserTest, chromiumPath } from '../helpers/chromium.ts';
import { appWorkspace, closeApps } from './page-app.ts';

const test = browserTest();
jest.setTimeout(90_000);

let browser: Browser | undefined;
let pageFolder = '';

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  pageFolder = fileURLToPath(new URL('workspace/page', await built()));
  browser = await startBrowser();
});
afterAll(() => browser?.close());
afterEach(closeApps);

const withApp = (): Promise<Workspace> => appWorkspace(pageFolder);

async function visit(space: Workspace, options: BrowserContextOptions = {}) {
  if (browser === undefined) throw new Error('no browser');
  const opened = await openPage(browser, options);
  await opened.page.goto(space.url);
  await opened.page.getByRole('heading', { level: 2, name: /^#/ }).waitFor();
  return opened;
}

const openPlace = (page: Page, name: RegExp) =>
  page.getByRole('navigation').getByRole('button', { name }).click();

/** Writes a mention and waits for the card in its thread. */
async function ask(page: Page, text = '@aios harden the plugin.'): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message', exact: true });
  await box.fill(text);
  await box.press('Enter');
  await page.getByRole('button', { name: /1 reply/ }).waitFor();
}

describe('the page of the workspace, in a browser', () => {
  test('says that it is not Slack, and that this is a rehearsal', async () => {
    const { page, complaints } = await visit(await withApp());
    await page.getByText('Local workspace (AIOS built-in), not Slack').waitFor();
    await page.getByText('REHEARSAL').waitFor();
    expect(complaints).toEqual([]);
  });

  test('mention, card, modal, its error, corrected and sent with the keyboard alone', async () => {
    const space = await withApp();
    const { page, complaints } = await visit(space);
    const keys = page.keyboard;
    await page.getByRole('textbox', { name: 'Message', exact: true }).focus();
    await keys.type('@aios harden the plugin.');
    await keys.press('Enter');
    const thread = page.getByRole('region', { name: 'Thread', exact: true });
    await thread.getByRole('button', { name: 'Send back…' }).focus();
    await keys.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Send back' });
    await dialog.waitFor();
    await keys.type('too short');
    await keys.press('Tab');
    await keys.press('Tab');
    await keys.press('Enter');
    await dialog.getByRole('alert').getByText('Say it in ten letters or more.').waitFor();
    const reason = dialog.getByRole('textbox', { name: 'Reason' });
    expect(await reason.getAttribute('aria-invalid')).toBe('true');
    expect(await reason.inputValue()).toBe('too short');
    await keys.press('End');
    await keys.type(', add the capability check');
    await keys.press('Tab');
    await keys.press('Tab');
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await thread.getByText('Sent back by').waitFor();
    await thread.getByText('locked').waitFor();
    expect(await thread.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('the boxes behind Approve are ticked and sent with the keyboard alone, none is ticked before', async () => {
    const { page, complaints } = await visit(await withApp());
    const keys = page.keyboard;
    await ask(page);
    const thread = page.getByRole('region', { name: 'Thread', exact: true });
    await thread.getByRole('button', { name: 'Approve' }).focus();
    await keys.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Approve #142.2' });
    const group = dialog.getByRole('group', { name: /What do you confirm/ });
    await group.waitFor();
    expect(await group.getByRole('checkbox').count()).toBe(3);
    expect(await group.getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await axeFindings(page)).toEqual([]);
    await page.waitForFunction("document.activeElement.type === 'checkbox'");
    await keys.press('Space');
    await keys.press('Tab');
    await keys.press('Tab');
    await keys.press('Space');
    expect(
      await group.getByRole('checkbox', { name: 'I know how to take it back' }).isChecked(),
    ).toBe(true);
    await keys.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await thread.getByText('Confirmed: changes, undo').waitFor();
    expect(complaints).toEqual([]);
  });

  test('Escape closes a modal, and an empty needed field is refused in words', async () => {
    const { page } = await visit(await withApp());
    await ask(page);
    await page.getByRole('button', { name: 'Send back…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send back' });
    await dialog.getByRole('button', { name: 'Send back' }).click();
    await dialog.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.waitForFunction("document.activeElement.textContent === 'Send back…'");
  });

  test('a slash command answers to its person only', async () => {
    const { page } = await visit(await withApp());
    const box = page.getByRole('textbox', { name: 'Message', exact: true });
    await box.fill('/aios status');
    await box.press('Enter');
    await page.getByText('You asked for "status".', { exact: true }).waitFor();
    await page.getByText('Only visible to you').waitFor();
    await openPlace(page, /Caleb Ruiz.*Developer/);
    await page.getByRole('button', { name: /Caleb Ruiz/, pressed: true }).waitFor();
    expect(await page.getByText('You asked for').count()).toBe(0);
  });

  test('a file goes up, is previewed as plain text, and comes down byte for byte', async () => {
    const { page } = await visit(await withApp());
    const bytes = Buffer.from('# Brief\n<script>alert(1)</script> ünder\n');
    const file = { name: 'brief.md', mimeType: 'text/markdown', buffer: bytes };
    await page.locator('#compose input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Preview brief.md' }).click();
    await page.getByText('<script>alert(1)</script>').waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download brief.md' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('brief.md');
    expect(await readFile(await download.path())).toEqual(bytes);
  });

  test('a guest sees the client channel and not the practice; what is new there is marked', async () => {
    const space = await withApp();
    const { page } = await visit(space);
    await space.human.say({ as: 'U0COLLEAGUE', channel: 'acme', text: 'Hello @gil' });
    await openPlace(page, /Gil Acker.*Marketing/);
    await page.getByRole('heading', { level: 2, name: '#acme' }).waitFor();
    await page.getByText('A client reads here').waitFor();
    await page.getByText('Hello').waitFor();
    expect(await page.getByRole('navigation').getByText('practice', { exact: true }).count()).toBe(
      0,
    );
  });

  test('news is spoken: the live region names who wrote what', async () => {
    const space = await withApp();
    const { page } = await visit(space);
    await space.human.say({ as: 'U0COLLEAGUE', channel: 'practice', text: 'The *brief* is in' });
    await page.getByRole('status').getByText('Caleb Ruiz wrote: The brief is in').waitFor();
  });
});

describe('axe-core finds nothing, and nothing scrolls sideways', () => {
  const looks: readonly [string, BrowserContextOptions][] = [
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['320 px', { viewport: { width: 320, height: 640 } }],
    ['200% zoom of 1280 px', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ];
  for (const [name, options] of looks) {
    test(name, async () => {
      const { page, complaints } = await visit(await withApp(), options);
      const check = async (state: string): Promise<void> => {
        expect([state, await axeFindings(page), await overflow(page)]).toEqual([state, [], 0]);
      };
      await check('empty');
      await ask(page);
      await check('conversation');
      const thread = page.getByRole('region', { name: 'Thread', exact: true });
      if (!(await thread.isVisible())) await page.getByRole('button', { name: /1 reply/ }).click();
      await thread.getByRole('button', { name: 'Approve' }).waitFor();
      await check('thread');
      await thread.getByRole('button', { name: 'Send back…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await check('modal');
      await dialog.getByRole('button', { name: 'Send back' }).click();
      await dialog.getByRole('alert').waitFor();
      await check('modal with an error');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      const places = page.getByRole('button', { name: 'Places' });
      if (await places.isVisible()) await places.click();
      await check('places');
      expect(complaints).toEqual([]);
    });
  }
});

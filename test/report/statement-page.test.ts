import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { axeFindings, openPage, overflow, startBrowser } from '../helpers/browser.ts';
import { bundleOf, linesOf, newSigner } from '../helpers/bundle.ts';
import { browserTest, chromiumPath } from '../helpers/chromium.ts';
import { emptyFolder, verifierFile } from '../helpers/verifier.ts';

const test = browserTest();
let browser: Browser | undefined;
let address = '';
const left: (() => void)[] = [];

beforeAll(async () => {
  if (chromiumPath === undefined) return;
  const lines = linesOf(4, { steps: 120, requests: 4 });
  const { files } = bundleOf({ lines, signer: newSigner(), verifier: await verifierFile() });
  const { path: folder, remove } = emptyFolder(files);
  left.push(remove);
  address = pathToFileURL(path.join(folder, 'report.html')).href;
  browser = await startBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  for (const remove of left) remove();
});

// At 200 % zoom a window of 1,280 pixels shows 640 of them.
const WINDOWS: readonly (readonly [string, BrowserContextOptions])[] = [
  ['in light', {}],
  ['in dark', { colorScheme: 'dark' }],
  ['320 pixels wide', { viewport: { width: 320, height: 800 } }],
  ['at 200 % zoom', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
];

test.each(WINDOWS)('the page of a statement can be used by everybody, %s', async (_, window) => {
  if (browser === undefined) throw new Error('no browser was started');
  const { page, complaints } = await openPage(browser, window);
  await page.goto(address);
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(complaints).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect(await axeFindings(page)).toEqual([]);
  await page.context().close();
});

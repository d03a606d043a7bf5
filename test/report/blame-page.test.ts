import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { blamePage } from '../../src/report/blame-page.ts';
import { BLAMED } from '../helpers/blamed.ts';
import { axeFindings, openPage, overflow, startBrowser } from '../helpers/browser.ts';
import { browserTest, chromiumPath } from '../helpers/chromium.ts';

const html = new TextDecoder().decode(blamePage(BLAMED));

test('what was written is shown as text, never as part of the page', () => {
  expect(html).toContain('&amp; &lt;em&gt;kind&lt;/em&gt;');
  expect(html).not.toContain('<em>');
  expect(html).toContain('by Ada &lt;Approver&gt;');
  expect(html).not.toMatch(/(?![\t\n])\p{Cc}/u);
});

test('nothing is loaded and nothing runs', () => {
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|\bon\w+=/i);
});

test('letters and underlines tell authors apart, colour or not', () => {
  const underlines = [...html.matchAll(/\.s(\d)\{text-decoration:([^;]+);/g)].map(
    ([, , line]) => line,
  );
  expect(underlines).toHaveLength(6);
  expect(new Set(underlines).size).toBe(6);
  expect(html).toContain('[C </span><span class="by s2">&amp;');
});

test('what was erased leaves its shares, and bytes that are no text their author', () => {
  expect(html).toContain(
    'The text was erased. What is left is how many words were whose: B: 5, C: 1.',
  );
  expect(html).toContain('These bytes were first brought in with the request (B).');
});

const inBrowser = browserTest();

describe('in a browser', () => {
  let browser: Browser;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aios-blame-'));
  const file = path.join(folder, 'blame.html');
  beforeAll(async () => {
    writeFileSync(file, html);
    if (chromiumPath !== undefined) browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    inBrowser(
      `axe finds nothing wrong, ${colorScheme}`,
      async () => {
        const { page, complaints } = await openPage(browser, { colorScheme });
        await page.goto(pathToFileURL(file).href);
        expect(await axeFindings(page)).toEqual([]);
        expect(complaints).toEqual([]);
      },
      60_000,
    );

  inBrowser(
    'nothing is cut off in a window of 320 pixels, or with letters of twice the size',
    async () => {
      const { page } = await openPage(browser, { viewport: { width: 320, height: 600 } });
      await page.goto(pathToFileURL(file).href);
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize({ width: 640, height: 600 });
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      expect(await overflow(page)).toBe(0);
    },
    60_000,
  );
});

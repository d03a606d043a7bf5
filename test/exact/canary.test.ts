import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeExact, type ExactRoom } from '../../src/exact/open.ts';
import { NEVER, shippedExact, textFile } from '../helpers/exact.ts';

/** Nothing in a draft may run: no request reaches the canary, no canary file appears. */
const hits: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'aios-canary-'));
const file = join(folder, 'sang');
let server: Server;
let port = 0;
let exact: ExactRoom;

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  exact = await shippedExact();
});

afterAll(async () => {
  await exact.close();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function draft() {
  const sing = `require('node:fs').writeFileSync(${JSON.stringify(file)}, 'x'); fetch('http://127.0.0.1:${port}/ran');`;
  const php = `<?php file_put_contents(${JSON.stringify(file)}, 'x'); file_get_contents('http://127.0.0.1:${port}/php');`;
  const at = (path: string): string => `http://127.0.0.1:${port}/${path}`;
  return [
    textFile('eslint.config.js', `${sing}\nexport default [];\n`),
    textFile('.eslintrc.js', `${sing}\nmodule.exports = {};\n`),
    textFile('.prettierrc.js', `${sing}\nmodule.exports = { semi: false };\n`),
    textFile('prettier.config.mjs', `${sing}\nexport default {};\n`),
    textFile(
      'package.json',
      '{ "prettier": "./evil.js", "scripts": { "postinstall": "touch sang" } }\n',
    ),
    textFile('.htmlvalidate.json', '{ "root": true, "plugins": ["./evil.js"], "rules": {} }\n'),
    textFile('evil.js', sing),
    textFile('plugin.php', php),
    textFile('post.md', `# Post\n\n![x](${at('image')})\n\n<script>${sing}</script>\n`),
    textFile(
      'page.html',
      `<!doctype html><html lang="en"><head><title>x</title><base href="${at('base/')}">
      <link rel="stylesheet" href="${at('css')}"><link rel="preload" href="${at('preload')}" as="script">
      <script src="${at('script')}"></script><script type="module">import '${at('module')}';</script>
      <script>${sing}</script><style>@import url(${at('import')}); body { background: url(${at('background')}) }</style>
      <meta http-equiv="refresh" content="0; url=${at('refresh')}"></head>
      <body onload="fetch('${at('onload')}')"><img src="${at('image')}" onerror="fetch('${at('onerror')}')">
      <iframe src="${at('frame')}"></iframe><iframe srcdoc="<script>fetch('${at('srcdoc')}')</script>"></iframe>
      <object data="${at('object')}"></object><video src="${at('video')}" autoplay></video></body></html>`,
    ),
  ];
}

describe('nothing in a draft runs', () => {
  test.each(['format', 'audit-page', 'proofread', 'inventory'] as const)(
    'program %s',
    async (program) => {
      expect(['done', 'not_possible']).toContain((await exact.run(program, draft(), NEVER)).is);
      expect(hits).toEqual([]);
      expect(existsSync(file)).toBe(false);
    },
  );

  test.each(['accessibility', 'editorial', 'readability'] as const)('gate %s', async (gate) => {
    const report = await exact.check(gate, draft(), NEVER);
    expect(new Set(report.engines.map((engine) => engine.status))).toEqual(new Set(['ok']));
    expect(hits).toEqual([]);
    expect(existsSync(file)).toBe(false);
  });

  test('the canary does sing when asked', async () => {
    await fetch(`http://127.0.0.1:${port}/asked`);
    expect(hits).toEqual(['/asked']);
  });
});

test('the child has no files outside, no programs, no environment, and no network where the machine permits', async () => {
  const child = makeExact({
    childEntry: new URL('./children/tries.mjs', import.meta.url),
    houseStyle: 'rules: []',
  });
  try {
    const asked = [textFile('ask.json', JSON.stringify({ port, file }))];
    const report = await child.check('editorial', asked, NEVER);
    const tried = JSON.parse(report.engines[0]?.says ?? '{}') as Record<string, string>;
    const fence = await child.fence();
    expect(tried).toEqual({
      read: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      run: 'ERR_ACCESS_DENIED',
      environment: '',
      network:
        fence.prefix.length > 0 ? expect.stringMatching(/UNREACH|REFUSED/) : expect.any(String),
    });
    expect(fence.says).toContain('no files, no programs');
  } finally {
    await child.close();
  }
});

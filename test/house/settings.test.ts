import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';

const read = (name: string): Promise<string> =>
  readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
const names = (text: string, pattern: RegExp): readonly string[] =>
  [...new Set([...text.matchAll(pattern)].flatMap(([, name]) => name ?? []))].sort();

/** The settings that the program reads: the keys of the one record it reads the environment by. */
async function settings(): Promise<readonly string[]> {
  const record = /const ENV = z\.object\(\{([^]*?)\n\}\);/.exec(await read('src/config.ts'))?.[1];
  return names(record ?? '', /^ {2}([A-Z_]+):/gm);
}

/** What only the compose file reads, for the servers beside AIOS. */
async function composeOnly(): Promise<readonly string[]> {
  const ours = await settings();
  const used = names(await read('docker-compose.yml'), /\$\{([A-Z_]+)/g);
  return used.filter((name) => !ours.includes(name));
}

test('.env.example lists every setting and no other', async () => {
  const listed = names(await read('.env.example'), /^# ([A-Z_]+)=/gm);
  expect(listed).toEqual([...(await settings()), ...(await composeOnly())].sort());
  expect(listed.length).toBeGreaterThan(10);
});

test('docs/operating.md explains every setting and no other', async () => {
  const rows = (await read('docs/operating.md'))
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const table = rows.map((row) => row.split('|')[1] ?? '').join('\n');
  expect(names(table, /`([A-Z_]+)`/g)).toEqual(await settings());
});

test('what the compose file gives to AIOS are settings of AIOS', async () => {
  const given = names(await read('docker-compose.yml'), /^ {4}((?:[A-Z]+_)+[A-Z]+): /gm);
  const known = await settings();
  expect(given.filter((name) => !known.includes(name))).toEqual([]);
});

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { SUBCOMMANDS } from '../../src/flow/command/table.ts';

const TOP = fileURLToPath(new URL('../..', import.meta.url));
/** A fenced block or a span of code. */
const CODE = /(^```\w*\n[^]*?^```|`[^`\n]+`)/gm;
const LIFECYCLE = ['install', 'start', 'test', 'exec'];

type Page = { readonly name: string; readonly text: string };
let pages: readonly Page[] = [];
let scripts: ReadonlySet<string>;
let words: readonly string[] = [];

const read = (name: string): Promise<string> => readFile(join(TOP, name), 'utf8');

beforeAll(async () => {
  const below = await readdir(join(TOP, 'docs'), { recursive: true });
  const names = [
    ...(await readdir(TOP)).filter((name) => name.endsWith('.md')),
    ...below.filter((name) => name.endsWith('.md')).map((name) => join('docs', name)),
  ];
  pages = await Promise.all(names.map(async (name) => ({ name, text: await read(name) })));
  scripts = new Set(Object.keys((JSON.parse(await read('package.json')) as Manifest).scripts));
  words = [...SUBCOMMANDS.map(({ word }) => word), ...(await programs())];
});

type Manifest = { readonly scripts: Readonly<Record<string, string>> };

/** The programs of the command line, as its own table names them. */
async function programs(): Promise<readonly string[]> {
  const source = await read('src/cli/main.ts');
  const table = /PROGRAMS[^{]*\{([^]*?)\n\};/.exec(source)?.[1] ?? '';
  return [...table.matchAll(/^ {2}(\w+):/gm)].flatMap(([, word]) => word ?? []);
}

/** Everything in the pages that fits, as `page: what`, for a message that says where. */
function found(pattern: RegExp): readonly { readonly page: string; readonly what: string }[] {
  return pages.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)].map(([, what]) => ({ page: name, what: what ?? '' })),
  );
}

/** Headings as the anchors that GitHub makes of them. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('what the documents say can be typed', () => {
  test('npm scripts are there', () => {
    const run = found(/\bnpm run (?:--silent )?([\w:-]+)/g).filter(
      ({ what }) => !scripts.has(what),
    );
    const own = found(CODE).flatMap(({ page, what }) =>
      [...what.matchAll(/\bnpm (?!run\b)([a-z]+)/g)].map(([, verb = '']) => ({ page, what: verb })),
    );
    expect(own.length).toBeGreaterThan(3);
    const wrong = own.filter(({ what }) => !LIFECYCLE.includes(what));
    expect([...run, ...wrong]).toEqual([]);
  });

  test('commands of aios are there', () => {
    const typed = found(/(?:npx --no-install aios|bin\/aios\.mjs|`aios) ([a-z]+(?: [a-z]+)?)/g);
    const unknown = typed.filter(
      ({ what }) => !words.includes(what) && !words.includes(what.split(' ')[0] ?? ''),
    );
    expect(typed.length).toBeGreaterThan(5);
    expect(unknown.filter(({ what }) => !groupOf(what))).toEqual([]);
  });

  test('the two commands of the README stand alone on their lines', async () => {
    const lines = (await read('README.md')).split('\n');
    expect(lines).toContain('npm install && npm start');
    expect(lines).toContain('npm install && npm test');
  });
});

/** Whether a word only begins subcommands, such as `client`. */
function groupOf(what: string): boolean {
  return words.some((word) => word.startsWith(`${what} `));
}

describe('what the documents point to', () => {
  test('links lead to files and headings that are there', () => {
    const dead = found(/\]\((?!https?:|mailto:)([^)\s]+)\)/g).filter(({ page, what }) => {
      const [path = '', anchor] = what.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(TOP, target))) return true;
      const text = pages.find(({ name }) => name === target)?.text;
      return anchor !== undefined && text !== undefined && !anchors(text).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  test('files of this project named in them are there', () => {
    const ROOTS = 'src|test|scripts|docs|rules|personas|drizzle|fixtures|bench';
    const named = new RegExp(`\`((?:${ROOTS})/[\\w./-]*)\``, 'g');
    const missing = found(named).filter(({ what }) => !existsSync(join(TOP, what)));
    expect(missing).toEqual([]);
  });

  test('rooms and files that the map of the house names are there', async () => {
    const house = await read('docs/house.md');
    const named = [...house.matchAll(/`([a-z]+\/(?:[\w-]+\/)*(?:[\w-]+\.(?:ts|sql))?)`/g)].map(
      ([, path = '']) => path,
    );
    const missing = named.filter(
      (path) => !existsSync(join(TOP, 'src', path)) && !existsSync(join(TOP, path)),
    );
    expect(named.length).toBeGreaterThan(40);
    expect(missing).toEqual([]);
  });

  test('every room of src/ is on the map', async () => {
    const house = await read('docs/house.md');
    const rooms = (await readdir(join(TOP, 'src'), { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    expect(rooms.map(({ name }) => name).filter((name) => !house.includes(`\`${name}/\``))).toEqual(
      [],
    );
  });

  test('no path of somebody’s own machine is in them', () => {
    expect(found(/((?:\/work|\/root|\/home|\/Users|[A-Z]:\\)[/\\][\w.-]+)/g)).toEqual([]);
  });
});

test('decisions are numbered one after the other and have context, decision and consequences', async () => {
  const names = (await readdir(join(TOP, 'docs/decisions'))).sort();
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
  for (const name of names) {
    const text = await read(join('docs/decisions', name));
    expect(text.startsWith(`# ${name.slice(0, 4)}: `)).toBe(true);
    expect(anchors(text).slice(1)).toEqual(['context', 'decision', 'consequences']);
  }
});

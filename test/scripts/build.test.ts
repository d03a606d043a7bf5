import { mkdtemp, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

type Build = (places: {
  src: string;
  out: string;
}) => Promise<{ made: number; removed: number; ms: number }>;

let home = '';
let places = { src: '', out: '' };
let build: Build;

const source = (name: string, text: string): Promise<void> =>
  writeFile(join(places.src, name), text);
const output = (name: string): Promise<string> => readFile(join(places.out, name), 'utf8');

beforeEach(async () => {
  const script: string = '../../scripts/build.mjs';
  ({ build } = (await import(script)) as { build: Build });
  home = await mkdtemp(join(tmpdir(), 'aios-build-'));
  places = { src: join(home, 'src'), out: join(home, 'dist') };
  await mkdir(join(places.src, 'workspace', 'page'), { recursive: true });
  await source('b.ts', 'export const b: number = 2;\n');
  await source('a.ts', "import { b } from './b.ts';\nexport const a: number = b + 1;\n");
  await source('workspace/page/page.css', 'body{}');
  await source('workspace/page/page.ts', 'export const here: boolean = true;\n');
});

afterEach(() => rm(home, { recursive: true, force: true }));

describe('build', () => {
  test('strips types, points imports at .js, copies the rest, and the result runs', async () => {
    await build(places);
    expect(await output('a.js')).toContain("from './b.js'".replaceAll("'", '"'));
    expect(await output('workspace/page/page.css')).toBe('body{}');
    const file: string = join(places.out, 'a.js');
    expect(((await import(file)) as { a: number }).a).toBe(3);
  });

  test('source maps for the program, none for the page', async () => {
    await build(places);
    expect(JSON.parse(await output('a.js.map'))).toMatchObject({ sources: ['../src/a.ts'] });
    expect(await readdir(join(places.out, 'workspace', 'page'))).toEqual(['page.css', 'page.js']);
  });

  test('with nothing changed it writes nothing, also when only the time of a file moved', async () => {
    await build(places);
    expect(await build(places)).toMatchObject({ made: 0, removed: 0 });
    await utimes(join(places.src, 'a.ts'), new Date(), new Date(Date.now() + 5000));
    expect(await build(places)).toMatchObject({ made: 0, removed: 0 });
  });

  test('makes only what changed, removes what lost its source, replaces what was deleted', async () => {
    await build(places);
    await source('b.ts', 'export const b: number = 40;\n');
    expect(await build(places)).toMatchObject({ made: 2, removed: 0 });
    expect(await output('b.js')).toContain('40');
    await rm(join(places.src, 'a.ts'));
    expect(await build(places)).toMatchObject({ made: 0, removed: 2 });
    await rm(join(places.out, 'b.js'));
    expect(await build(places)).toMatchObject({ made: 2 });
  });

  test('a source that does not parse is named, and the stamp does not claim it was built', async () => {
    await source('a.ts', 'export const = ;\n');
    await expect(build(places)).rejects.toThrow('a.ts');
    await source('a.ts', 'export const a = 1;\n');
    await build(places);
    expect(await output('a.js')).toContain('a = 1');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { jsonSchemas } from '../../src/library/json-schemas.ts';

type Files = (schemas: ReturnType<typeof jsonSchemas>) => Promise<Readonly<Record<string, string>>>;
type Validate = ((value: unknown) => boolean) & { readonly errors?: unknown };
type Ajv = new (options: object) => { compile(schema: object): Validate };

const script: string = '../../scripts/schema-files.mjs';
const { schemaFiles, modeline } = (await import(script)) as {
  readonly schemaFiles: Files;
  readonly modeline: (name: string, depth: number) => string;
};
const RULES = join(import.meta.dirname, '../../rules');
const schemas = jsonSchemas();
/** The validator that eslint brings along. */
const Ajv = createRequire(createRequire(import.meta.url).resolve('eslint'))('ajv') as Ajv;
const validator = (name: string): Validate =>
  new Ajv({ schemaId: 'auto' }).compile(schemas[`${name}.schema.json`] ?? {});

const names = Object.keys(schemas).map((file) => basename(file, '.schema.json'));
const top = names.filter((name) => !['examples', 'persona'].includes(name));
const kinds = readdirSync(join(RULES, 'kinds'));
const read = (name: string): string => readFileSync(join(RULES, name), 'utf8');

/** Everything below a schema that has a type or a choice, by its path. */
function parts(
  schema: unknown,
  path = '',
): readonly (readonly [string, { description?: string }])[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const below = parts(value, `${path}/${key}`);
    if (key !== 'properties') return below;
    const own = Object.entries(value as Record<string, { description?: string }>);
    return [...own.map(([name, part]) => [`${path}/${name}`, part] as const), ...below];
  });
}

test('rules/schema/ is what the shapes of the files say today', async () => {
  const files = await schemaFiles(schemas);
  expect(readdirSync(join(RULES, 'schema')).sort()).toEqual(Object.keys(files).sort());
  for (const [name, text] of Object.entries(files)) expect(read(`schema/${name}`)).toBe(text);
});

describe('every file of rules/', () => {
  test.each(top)('%s.yaml names its schema and is valid by it', (name) => {
    const text = read(`${name}.yaml`);
    expect(text.startsWith(modeline(name, 0))).toBe(true);
    const validate = validator(name);
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  });

  test('examples of kinds, too', () => {
    const validate = validator('examples');
    for (const name of kinds) {
      const text = read(`kinds/${name}`);
      expect([name, text.split('\n')[0]]).toEqual([name, modeline('examples', 1).trim()]);
      expect([name, validate(parse(text)), validate.errors]).toEqual([name, true, null]);
    }
  });
});

test.each([
  ['a key nobody knows', { ownr: 'owner' }],
  ['an unknown fact', { when: { mood: { is: 'bad' } } }],
  ['an unknown operator', { when: { words: { below: 3 } } }],
  ['an unknown lane', { do: { lane: 'cloud' } }],
  ['a confidence over 100', { when: { confidence: { at_most: 101 } } }],
])('%s is marked in the editor', (_what, change) => {
  const file = parse(read('lanes.yaml')) as { lanes: object[] };
  const changed = { ...file, lanes: [{ ...file.lanes[0], ...change }] };
  expect(validator('lanes')(changed)).toBe(false);
});

test('an editor explains every field of a rule', () => {
  const silent = ['lanes', 'limits', 'start', 'approving', 'examples'].flatMap((name) =>
    parts(schemas[`${name}.schema.json`], name)
      .filter(
        ([path, { description }]) =>
          description === undefined && !/\/(?:is|in|not_in|at_\w+)$/.test(path),
      )
      .map(([path]) => path),
  );
  expect(silent).toEqual([]);
});

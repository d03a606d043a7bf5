import { beforeAll, describe, expect, test } from '@jest/globals';
import { lintPlanted } from '../helpers/plant.ts';
import type { Found } from '../helpers/plant.ts';

const lines = (count: number, line: string): string => `${line}\n`.repeat(count);
const uses = 'export const used = thing;\n';

/** Each breach, planted: the file, its text, the rule that must object. */
const BREACHES: readonly (readonly [what: string, file: string, text: string, rule: string])[] = [
  ...(
    [
      ['a room importing another', 'src/queue/a.ts', "import { thing } from '../store/thing.ts';"],
      ['the same from deeper', 'src/slack/cards/a.ts', "import { thing } from '../../lanes/a.ts';"],
      ['a room importing the cli', 'src/queue/b.ts', "import { thing } from '../cli/main.ts';"],
      ['a room importing main.ts', 'src/queue/c.ts', "import { thing } from '../main.ts';"],
      ['a room importing main/', 'src/queue/d.ts', "import { thing } from '../main/base.ts';"],
      ['a room importing the settings', 'src/queue/e.ts', "import { thing } from '../config.ts';"],
      ['core importing flow', 'src/core/a.ts', "import { thing } from '../flow/a.ts';"],
      ['core reading files', 'src/core/b.ts', "import { readFileSync as thing } from 'node:fs';"],
      ['core using zod', 'src/core/c.ts', "import { z as thing } from 'zod';"],
      ['the ledger importing flow', 'src/ledger/a.ts', "import { thing } from '../flow/a.ts';"],
      ['flow importing a room', 'src/flow/b.ts', "import { thing } from '../store/thing.ts';"],
      ['flow importing the settings', 'src/flow/d.ts', "import { thing } from '../config.ts';"],
      ['flow importing main', 'src/flow/e.ts', "import { thing } from '../main.ts';"],
      [
        'a room of flow importing a room',
        'src/flow/plan/b.ts',
        "import { thing } from '../../store/thing.ts';",
      ],
      [
        'a room of flow importing the settings',
        'src/flow/plan/d.ts',
        "import { thing } from '../../config.ts';",
      ],
      ['the verifier importing flow', 'src/verifier/a.ts', "import { thing } from '../flow/a.ts';"],
      [
        'the verifier importing a package',
        'src/verifier/b.ts',
        "import { z as thing } from 'zod';",
      ],
      [
        'a room importing the verifier',
        'src/queue/f.ts',
        "import { thing } from '../verifier/a.ts';",
      ],
      ['flow importing a package', 'src/flow/c.ts', "import { z as thing } from 'zod';"],
    ] as const
  ).map(
    ([what, file, text]) =>
      [what, file, `${text}\n${uses}`, 'eslint(no-restricted-imports)'] as const,
  ),
  [
    'an import of a type alone',
    'src/queue/type.ts',
    "import type { Thing } from '../store/thing.ts';\nexport type Same = Thing;\n",
    'eslint(no-restricted-imports)',
  ],
  [
    'core looking at the clock',
    'src/core/clock.ts',
    'export const now = () => Date.now();\n',
    'eslint(no-restricted-globals)',
  ],
  [
    'core throwing dice',
    'src/core/dice.ts',
    'export const dice = () => Math.random();\n',
    'eslint(no-restricted-properties)',
  ],
  [
    'a transaction of the driver, which ends with the process when its connection does',
    'src/store/begin.ts',
    'export const begun = (sql: { begin(): void }) => sql.begin();\n',
    'eslint(no-restricted-properties)',
  ],
  [
    'flow looking at the clock',
    'src/flow/clock.ts',
    'export const now = () => new Date();\n',
    'eslint(no-restricted-globals)',
  ],
  [
    'flow reading the environment',
    'src/flow/env.ts',
    'export const env = () => process.env;\n',
    'eslint(no-restricted-globals)',
  ],
  [
    'a circle',
    'src/store/circle.ts',
    "import { back } from './back.ts';\nexport const there = () => back;\n",
    'import(no-cycle)',
  ],
  [
    'a circle of types',
    'src/store/ring.ts',
    "import type { Back } from './rung.ts';\nexport type There = Back | 1;\n",
    'import(no-cycle)',
  ],
  [
    'a default export',
    'src/store/default.ts',
    'export default function thing() {}\n',
    'import(no-default-export)',
  ],
  ['a barrel', 'src/store/index.ts', "export * from './thing.ts';\n", 'oxc(no-barrel-file)'],
  ['a file of 201 lines', 'src/store/long.ts', lines(201, 'export {};'), 'eslint(max-lines)'],
  [
    'a function of 41 lines',
    'src/store/longer.ts',
    `export function long() {\n${lines(39, '  void 0;')}}\n`,
    'eslint(max-lines-per-function)',
  ],
  [
    'four parameters',
    'src/store/four.ts',
    'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];\n',
    'eslint(max-params)',
  ],
  [
    'depth of four',
    'src/store/deep.ts',
    'export function f(a: number) {\n  if (a > 1) { if (a > 2) { if (a > 3) { if (a > 4) { return 1; } } } }\n  return 0;\n}\n',
    'eslint(max-depth)',
  ],
  [
    'eleven ways through',
    'src/store/ways.ts',
    `export function f(a: number) {\n${lines(11, '  if (a > 1) return 1;')}  return 0;\n}\n`,
    'eslint(complexity)',
  ],
  [
    'any',
    'src/store/any.ts',
    'export const f = (a: any) => String(a);\n',
    'typescript(no-explicit-any)',
  ],
  [
    'a promise nobody waits for',
    'src/store/floating.ts',
    'const f = async () => 1;\nexport function g() {\n  f();\n}\n',
    'typescript(no-floating-promises)',
  ],
  [
    'a switch that forgets a case',
    'src/store/switch.ts',
    "export function f(a: 'x' | 'y') {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 0;\n}\n",
    'typescript(switch-exhaustiveness-check)',
  ],
];

/** What the breaches lean on, and files in which nothing is wrong. */
const SOUND: Readonly<Record<string, string>> = {
  'src/store/thing.ts': 'export const thing = 1;\nexport type Thing = number;\n',
  'src/lanes/a.ts': 'export const thing = 1;\n',
  'src/flow/a.ts': 'export const thing = 1;\n',
  'src/cli/main.ts': "import { thing } from '../store/thing.ts';\nexport const same = thing;\n",
  'src/main.ts': "import { thing } from './store/thing.ts';\nexport const same = thing;\n",
  'src/queue/sound.ts': `import { thing } from '../flow/a.ts';\n${uses}`,
};
const HELPERS: Readonly<Record<string, string>> = {
  'src/store/back.ts': "import { there } from './circle.ts';\nexport const back = () => there;\n",
  'src/store/rung.ts': "import type { There } from './ring.ts';\nexport type Back = There[];\n",
};

describe('lint objects to', () => {
  let found: Found;
  beforeAll(async () => {
    const planted = Object.fromEntries(BREACHES.map(([, file, text]) => [file, text]));
    found = await lintPlanted({ ...planted, ...SOUND, ...HELPERS });
  });

  test.each(BREACHES)('%s', (_what, file, _text, rule) => {
    expect(found[file]).toContain(rule);
  });

  test('nothing in a sound file', () => {
    for (const file of Object.keys(SOUND)) expect(found[file]).toBeUndefined();
  });
});

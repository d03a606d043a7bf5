import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { personas as command } from '../../src/cli/personas.ts';
import { readConfig } from '../../src/config.ts';
import { sha256 } from '../../src/core/draft.ts';
import { Fault } from '../../src/core/fault.ts';
import { built } from '../helpers/built.ts';
import { aios, makePlace } from '../helpers/program.ts';
import type { Place } from '../helpers/program.ts';

jest.setTimeout(180_000);

let place: Place;
let folder: string;
beforeAll(async () => {
  await built();
  place = makePlace();
  folder = mkdtempSync(path.join(os.tmpdir(), 'aios-personas-'));
  for (const part of ['rules', 'personas'])
    cpSync(part, path.join(folder, part), { recursive: true });
}, 180_000);
afterAll(async () => {
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

const at = (...names: readonly string[]): string => path.join(folder, ...names);

type Ended = { readonly code: number | null; readonly said: string };

const env = () => ({ ...place.env, AIOS_RULES_DIR: at('rules') });

/** A process of its own, which nobody can answer. */
async function run(...args: readonly string[]): Promise<Ended> {
  const program = aios([...args], env());
  const code = await program.ended;
  return { code, said: program.said() };
}

/** The same command in this process, which is sooner done. */
async function personas(...args: readonly string[]): Promise<Ended> {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  try {
    const code = await command(readConfig(env()), [...args, '--personas', at('personas')]);
    return { code, said: `${lines.join('\n')}\n` };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return { code: 1, said: thrown.message };
  } finally {
    log.mockRestore();
  }
}

const AGENT = `---
name: Map Maker
description: "Use this agent when: a map is wanted"
tools: Read
---

Draw the streets first. Never invent one.
`;
const FILLED = `---
name: city-mapper
description: Draws maps
scope: Draws maps of towns from lists of streets
accepts: [draw.diagram]
declines:
  - { what: pictures, to: image-preparer, examples: [crop it, shrink it] }
  - { what: diagrams, to: diagram-maker, examples: [the process, the flow] }
  - { what: surveys, to: human, examples: [go there, measure it] }
lane: local
gate: none
inputs: a list of streets.
questions: ['Which town?']
deliverable: One map as SVG.
---

Draw the streets first. Never invent one.
`;

describe('list, show and check', () => {
  test('list has everybody, and a bare `aios personas` is the same', async () => {
    const { code, said } = await personas('list');
    expect(code).toBe(0);
    expect(said.match(/^ {2}[a-z-]+ /gm)).toHaveLength(61);
    expect((await run('personas')).said).toBe(said);
  });

  test('show has one of them in full', async () => {
    const { code, said } = await personas('show', 'strategist');
    expect(code).toBe(0);
    expect(said).toContain('Revision: ');
    expect(said).toContain('Do not flatter the asker');
    expect((await personas('show', 'strategst')).said).toContain('Did you mean `strategist`?');
  });

  test('check finds nothing in the shipped ones', async () => {
    const { code, said } = await personas('check');
    expect(said).toContain('61 personas: nothing to mend.');
    expect(code).toBe(0);
  });

  test('check ends with 1 where something must be mended, and --json says each with its place', async () => {
    const file = at('personas/words/editor.md');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace('to: proofreader', 'to: wizard').replace('\n---\n', '\n---\nFill {{this}}. '),
    );
    const plain = await personas('check');
    const data = await personas('check', '--json');
    writeFileSync(file, text);
    expect(plain.code).toBe(1);
    expect(plain.said).toMatch(/^personas\/words\/editor\.md:\d+:\d+: expected no double braces/m);
    expect(data.code).toBe(1);
    const { findings } = JSON.parse(data.said) as { findings: { level: string }[] };
    expect(findings.filter(({ level }) => level === 'fault')).toContainEqual({
      file: 'personas/words/editor.md',
      line: expect.any(Number),
      column: expect.any(Number),
      level: 'fault',
      says: expect.stringContaining('expected a persona in personas/, got "wizard"'),
    });
  });

  test.each([
    [['paint'], /Expected one of list, show, check, export, import, accept, got "paint"/],
    [['toString'], /Expected one of list/],
    [['show'], /Expected the words of `show`/],
    [['list', 'editor'], /Expected the words of `list`/],
    [['check', '--claude', 'x'], /Expected the words of `check`/],
    [['check', '--wrong'], /Unknown option '--wrong'/],
    [['export'], /Expected --claude with a folder/],
  ])('%j is refused with the usage', async (args, says) => {
    const { code, said } = await personas(...args);
    expect(code).toBe(1);
    expect(said).toMatch(says);
    expect(said).toContain('aios personas list | show <id>');
  });
});

describe('export', () => {
  test('writes a file for each, again and again, but never over somebody’s own', async () => {
    const agents = at('agents');
    expect((await personas('export', '--claude', agents)).code).toBe(0);
    expect(readdirSync(agents)).toHaveLength(61);
    expect((await personas('export', '--claude', agents)).code).toBe(0);
    writeFileSync(path.join(agents, 'editor.md'), AGENT);
    rmSync(path.join(agents, 'linter.md'));
    const { code, said } = await personas('export', '--claude', agents);
    expect(code).toBe(1);
    expect(said).toMatch(/got .*editor\.md\. Nothing was written/);
    expect(readFileSync(path.join(agents, 'editor.md'), 'utf8')).toBe(AGENT);
    expect(existsSync(path.join(agents, 'linter.md'))).toBe(false);
  });
});

describe('import', () => {
  test('of a foreign agent writes it down with what is missing, and ends with 1', async () => {
    writeFileSync(at('agent.md'), AGENT);
    const { code, said } = await run(
      'personas',
      'import',
      at('agent.md'),
      '--personas',
      at('personas'),
    );
    expect(code).toBe(1);
    for (const field of ['scope', 'accepts', 'declines', 'questions', 'deliverable'])
      expect(said).toContain(`- ${field}`);
    expect(said).toContain('Left out, for the lane decides it: tools.');
    const file = readFileSync(at('personas/imported/map-maker.md'), 'utf8');
    expect(file).toContain('# declines: missing: ');
    expect(file).toContain('Draw the streets first.');
    const accepted = await personas('accept', 'map-maker');
    expect(accepted.code).toBe(1);
    expect(accepted.said).toMatch(
      /Nothing was accepted[^]*map-maker\.md:\d+:\d+: scope: expected string, got nothing/,
    );
    expect((await personas('import', at('agent.md'))).said).toContain('which was imported already');
    rmSync(at('personas/imported/map-maker.md'));
  });

  test.each([
    [
      '---\nname: x\ndescription: Use this when: always\n---\nWords.',
      [],
      /bad\.md:3:\d+: expected quotes around/,
    ],
    ['Words alone.', [], /bad\.md:1:1: expected front matter/],
    ['w'.repeat(1_000_000), [], /bad\.md:1:1: expected at most 100000 bytes, got 1000000/],
    ['---\nname: k8s\ndescription: x\n---\nWords.', [], /got "k8s"\. Name it: .* --id <id>/],
    ['---\nname: "../../etc"\ndescription: x\n---\nWords.', ['--id', '../x'], /got "\.\.\/x"/],
    ['---\nname: editor\ndescription: x\n---\nWords.', [], /got editor, which somebody here has/],
  ])('of a broken file writes nothing: %#', async (text, flags, says) => {
    writeFileSync(at('bad.md'), text);
    const { code, said } = await personas('import', at('bad.md'), ...flags);
    expect(code).toBe(1);
    expect(said).toMatch(says);
    const there = existsSync(at('personas/imported')) ? readdirSync(at('personas/imported')) : [];
    expect(there).toEqual([]);
  });

  test('of a file that is not there says so', async () => {
    const { code, said } = await personas('import', at('none.md'));
    expect(code).toBe(1);
    expect(said).toMatch(/none\.md:1:1: expected a readable file/);
  });
});

describe('accept', () => {
  const FILE = 'personas/imported/city-mapper.md';

  test('puts an imported persona in force exactly as it stands, with an entry of the owner’s', async () => {
    writeFileSync(at('filled.md'), FILLED);
    const imported = await personas('import', at('filled.md'));
    expect(imported.said).toContain('aios personas accept city-mapper');
    expect(imported.code).toBe(0);
    expect((await personas('list')).said).toContain(
      'not in force: city-mapper, imported, not accepted yet',
    );
    expect((await personas('show', 'city-mapper')).said).toContain('It was imported and waits');

    const { code, said } = await personas('accept', 'city-mapper');
    const hash = sha256(readFileSync(at(FILE), 'utf8'));
    expect(said).toContain(hash);
    expect(said).toContain('No kind of work names it yet');
    expect(code).toBe(0);
    expect((await personas('show', 'city-mapper')).said).toContain(`Revision: ${hash}`);
    expect((await personas('accept', 'city-mapper')).said).toContain('which is in force');
    const log = await run('log', '--type', 'persona.accepted', '--json');
    const [entry, ...more] = log.said.trim().split('\n');
    expect(more).toEqual([]);
    const { data, actor } = JSON.parse(entry ?? '') as Record<string, Record<string, unknown>>;
    expect(data).toMatchObject({ id: 'city-mapper', version: 1, sha256: hash });
    expect(actor).toMatchObject({ kind: 'person' });
    expect((await run('ledger', 'verify')).code).toBe(0);
  });

  test('nothing that is not imported', async () => {
    const { code, said } = await personas('accept', 'wizard');
    expect(code).toBe(1);
    expect(said).toContain('Expected a persona that was imported, got "wizard"');
  });

  test('after a change again, though a kind names it and nothing starts without it', async () => {
    const kinds = at('rules/kinds.yaml');
    writeFileSync(
      kinds,
      readFileSync(kinds, 'utf8').replace('persona: diagram-maker', 'persona: city-mapper'),
    );
    expect((await personas('list')).code).toBe(0);
    writeFileSync(at(FILE), readFileSync(at(FILE), 'utf8').replace('version: 1', 'version: 2'));
    expect((await personas('list')).said).toContain(
      'It was imported and waits: aios personas accept city-mapper',
    );
    expect((await personas('accept', 'city-mapper')).code).toBe(0);
    expect((await personas('list')).said).toContain('city-mapper');
  });
});

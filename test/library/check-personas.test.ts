import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../src/core/draft.ts';
import { noteAccepted, readAccepted } from '../../src/library/accepted.ts';
import { checkPersonas } from '../../src/library/check-personas.ts';
import { loadLibrary } from '../../src/library/load.ts';
import { makeProblems } from '../../src/library/problems.ts';
import { MAP_MAKER } from '../helpers/map-maker.ts';

const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

type Files = Readonly<Record<string, (text: string) => string>>;

/** A copy of the shipped rules and personas with some files changed or added. */
async function copy(files: Files): Promise<{ readonly rules: string; readonly personas: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'aios-check-'));
  made.push(folder);
  for (const part of ['rules', 'personas']) await cp(part, join(folder, part), { recursive: true });
  for (const [name, change] of Object.entries(files)) {
    const before = await readFile(join(folder, name), 'utf8').catch(() => '');
    const after = change(before);
    if (after === before) throw new Error(`the change to ${name} changes nothing`);
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), after);
  }
  return { rules: join(folder, 'rules'), personas: join(folder, 'personas') };
}

async function lines(files: Files, level: 'fault' | 'note'): Promise<readonly string[]> {
  const { rules, personas } = await copy(files);
  const { remarks } = await checkPersonas(rules, personas);
  return remarks.filter((one) => one.level === level).map(({ place, says }) => `${place}: ${says}`);
}

const EDITOR = 'personas/words/editor.md';

describe('the shipped personas', () => {
  test('have nothing to mend: nobody is unreachable, no two are alike', async () => {
    const { remarks, circles, inForce, waiting } = await checkPersonas('rules', 'personas');
    expect(remarks).toEqual([]);
    expect(inForce).toHaveLength(61);
    expect(waiting).toEqual([]);
    expect(circles.length).toBeGreaterThan(20);
    for (const { place, level } of circles) {
      expect(level).toBe('note');
      expect(place).toMatch(/^personas\/[\w/-]+\.md:\d+:\d+$/);
    }
  });
});

describe('a fault', () => {
  test('is a persona that no kind names', async () => {
    expect(await lines({ 'personas/words/map-maker.md': () => MAP_MAKER }, 'fault')).toEqual([
      'personas/words/map-maker.md:2:5: expected a kind in rules/kinds.yaml that names map-maker as its persona, got none. Give it a kind or take the file away.',
    ]);
  });

  test('is a hand-off to nobody, a kind that is not there, and a hand-off to itself', async () => {
    const found = await lines(
      {
        [EDITOR]: (text) =>
          text
            .replace('to: proofreader', 'to: wizard')
            .replace('to: rewriter', 'to: editor')
            .replace('accepts: [', 'accepts: [paint.wall, '),
      },
      'fault',
    );
    expect(found).toEqual([
      expect.stringMatching(
        /editor\.md:\d+:\d+: expected a kind of rules\/kinds\.yaml, got "paint\.wall"/,
      ),
      expect.stringMatching(/editor\.md:\d+:\d+: expected a persona in personas\/, got "wizard"/),
      expect.stringMatching(/editor\.md:\d+:\d+: expected a colleague, got the persona itself/),
    ]);
  });

  test('is a brief that is mostly another one’s, at the place of the brief', async () => {
    const brief =
      (await readFile('personas/words/rewriter.md', 'utf8')).split('\n---\n\n')[1] ?? '';
    const found = await lines(
      { [EDITOR]: (text) => `${text.split('\n---\n')[0] ?? ''}\n---\n\n${brief}` },
      'fault',
    );
    expect(found).toEqual([
      expect.stringMatching(
        /personas\/words\/rewriter\.md:\d+:1: expected a brief of its own, got one that shares 100 % of its runs of five words with editor/,
      ),
    ]);
  });

  test('is a file of the rules that cannot be read', async () => {
    const found = await lines({ 'rules/kinds.yaml': () => 'kinds: [' }, 'fault');
    expect(found[0]).toMatch(/^rules\/kinds\.yaml:\d+:\d+: /);
  });
});

describe('a note', () => {
  test('is a kind of work that goes round', async () => {
    const add = (to: string) => (text: string) =>
      text.replace(
        'declines:\n',
        `declines:\n  - what: laying tiles\n    to: ${to}\n    kinds: [draw.diagram]\n    examples: [one, two]\n`,
      );
    const found = await lines(
      { [EDITOR]: add('rewriter'), 'personas/words/rewriter.md': add('editor') },
      'note',
    );
    expect(found).toEqual([
      expect.stringMatching(
        /editor\.md:\d+:\d+: draw\.diagram goes round: editor > rewriter > editor/,
      ),
    ]);
  });

  test('is an imported persona that nobody accepted, with what is wrong with it', async () => {
    const files = {
      'personas/imported/map-maker.md': () => MAP_MAKER.replace('lane: local', 'lane: moon'),
    };
    expect(await lines(files, 'fault')).toEqual([]);
    expect(await lines(files, 'note')).toEqual([
      expect.stringContaining('map-maker.md:1:1: not in force: nobody accepted it yet.'),
      expect.stringMatching(/map-maker\.md:10:7: lane: .*got "moon"/),
    ]);
  });

  test('is an imported persona with the id of somebody else', async () => {
    const found = await lines(
      { 'personas/imported/editor.md': () => MAP_MAKER.replaceAll('map-maker', 'editor') },
      'note',
    );
    expect(found[1]).toContain('imported/editor.md:2:5: expected an id of its own, got editor');
  });
});

describe('an imported persona', () => {
  const imported = { 'personas/imported/map-maker.md': () => MAP_MAKER };

  test('is loaded with its text once it was accepted, and not after a change', async () => {
    const { rules, personas } = await copy(imported);
    const before = await loadLibrary(rules, personas);
    expect(before.personas.byId.has('map-maker')).toBe(false);
    const accepted = await readAccepted(personas, makeProblems());
    await noteAccepted(personas, accepted, { id: 'map-maker', hash: sha256(MAP_MAKER) });
    const after = await loadLibrary(rules, personas);
    expect(after.personas.byId.get('map-maker')).toMatchObject({
      group: 'imported',
      title: 'Map maker',
    });
    expect(after.personas.texts.get(sha256(MAP_MAKER))).toBe(MAP_MAKER);
    await writeFile(join(personas, 'imported/map-maker.md'), `${MAP_MAKER} `);
    const changed = (await loadLibrary(rules, personas)).personas;
    expect(changed.byId.has('map-maker')).toBe(false);
    expect(changed.waiting).toEqual([{ id: 'map-maker', why: 'changed' }]);
  });

  test('that a kind names before it was accepted stops the start, and the way out is said', async () => {
    const { rules, personas } = await copy({
      ...imported,
      'rules/kinds.yaml': (text) => text.replace('persona: diagram-maker', 'persona: map-maker'),
    });
    await expect(loadLibrary(rules, personas)).rejects.toThrow(
      /kinds\.yaml:\d+:\d+: .*got "map-maker"\. It was imported and waits: aios personas accept map-maker/,
    );
    const taken = await loadLibrary(rules, personas, { id: 'map-maker', hash: sha256(MAP_MAKER) });
    expect(taken.personas.byId.has('map-maker')).toBe(true);
  });
});

import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bundleOf, linesOf, newSigner, textIn } from '../helpers/bundle.ts';
import type { Bundle } from '../helpers/bundle.ts';
import { emptyFolder, runVerifier, verifierFile, writeFiles } from '../helpers/verifier.ts';

type Client = { readonly bundle: Bundle; readonly folder: string };

const left: (() => void)[] = [];
afterAll(() => {
  for (const remove of left) remove();
});

const lines = linesOf(4, { steps: 120, requests: 4 });
const signer = newSigner();
let verifier: Uint8Array;
beforeAll(async () => {
  verifier = await verifierFile();
}, 60_000);

/** A client who has the folder of a statement and nothing else. */
function client(of = lines): Client {
  const bundle = bundleOf({ lines: of, signer, verifier });
  const { path: folder, remove } = emptyFolder(bundle.files);
  left.push(remove);
  return { bundle, folder };
}

describe('node verify.mjs, in an empty folder with nothing of AIOS', () => {
  test('accepts a statement, and says what was checked, what it proves and what not', async () => {
    const { folder } = client();
    const { says, errors, code } = await runVerifier(folder, '--key', signer.vkey);
    expect([code, errors]).toEqual([0, '']);
    expect(says).toMatch(/^Work statement ST-2026-0001, /);
    expect(says).toContain('What was checked, and holds:');
    expect(says).toContain('What this proves:');
    expect(says).toContain('What it cannot prove:');
    expect(says).toMatch(/\nACCEPTED: everything that was checked holds\.\n$/);
    expect(says).not.toContain('WARNING');
    expect(Math.max(...says.split('\n').map((line) => line.length))).toBeLessThan(200);
  });

  test('without a key it warns, and shows the key to compare', async () => {
    const { says, code } = await runVerifier(client().folder);
    expect(code).toBe(0);
    expect(says).toMatch(/WARNING: you gave no key/);
    expect(says).toContain(signer.vkey);
  });

  test('takes keys from a file, and checkpoints as files or as receipts say them', async () => {
    const { folder, bundle } = client();
    const before = client(lines.slice(0, 40));
    const { path: desk, remove } = emptyFolder();
    left.push(remove);
    const keys = path.join(desk, 'contract.txt');
    const kept = path.join(desk, 'checkpoint-of-last-month');
    writeFileSync(keys, `${signer.vkey}\n`);
    writeFileSync(kept, textIn(before.bundle, 'checkpoint'));
    const mark = /([\d,]+ · [0-9a-f]{8})/.exec(textIn(bundle, 'report.html'))?.[1] ?? '';
    const ran = await runVerifier(folder, '--key', keys, '--earlier', kept, '--earlier', mark);
    expect(ran.says).toContain('goes on from each of the 2 earlier checkpoints you gave');
    expect(ran.code).toBe(0);
  });

  test('refuses a cut record against a checkpoint kept before', async () => {
    const kept = path.join(client().folder, 'checkpoint');
    const ran = await runVerifier(client(lines.slice(0, -3)).folder, '--earlier', kept);
    expect(ran.code).toBe(1);
    expect(ran.says).toMatch(/entries were taken away since/);
    expect(ran.says).toMatch(/NOT ACCEPTED: one thing does not hold/);
  });

  test('refuses another key, and says so', async () => {
    const ran = await runVerifier(client().folder, '--key', newSigner().vkey);
    expect(ran.code).toBe(1);
    expect(ran.says).toMatch(/- checkpoint\n {2}expected a signature of/);
  });

  test('refuses what is extra, missing or renamed, with its name', async () => {
    const { folder, bundle } = client();
    const report = bundle.files.get('report.html') ?? new Uint8Array();
    writeFiles(
      folder,
      new Map([
        ['report (1).html', report],
        ['rules/notes.txt', Buffer.from('x')],
      ]),
    );
    symlinkSync('report.html', path.join(folder, 'link.html'));
    const { says, code } = await runVerifier(folder, '--json');
    const told = JSON.parse(says) as { ok: boolean; findings: { place: string }[] };
    expect([code, told.ok]).toEqual([1, false]);
    expect(told.findings.map(({ place }) => place)).toEqual(
      expect.arrayContaining(['link.html', 'report (1).html', 'rules/notes.txt']),
    );
  });

  test('for a program it says the same as JSON', async () => {
    const { says, code } = await runVerifier(client().folder, '--json', '--key', signer.vkey);
    expect(code).toBe(0);
    expect(JSON.parse(says)).toMatchObject({
      ok: true,
      key_given: true,
      size: lines.length,
      entries: lines.length,

      figures: { number: 'ST-2026-0001' },
    });
  });

  test('an empty folder, a missing one and bad words are told in sentences', async () => {
    const { path: folder, remove } = emptyFolder(new Map([['verify.mjs', verifier]]));
    left.push(remove);
    mkdirSync(path.join(folder, 'nothing'));
    for (const args of [
      ['nothing'],
      ['not-there'],
      ['--key', 'x'],
      ['--earlier', 'no such file'],
      ['--what'],
    ]) {
      const { says, errors, code } = await runVerifier(folder, ...args);
      expect([code, errors]).toEqual([1, '']);
      expect(says).toMatch(/^NOT CHECKED: /);
    }
  });

  test('it looks at the folder it lies in when the one around holds no statement', async () => {
    const { folder } = client();
    const { path: elsewhere, remove } = emptyFolder();
    left.push(remove);
    symlinkSync(path.join(folder, 'verify.mjs'), path.join(elsewhere, 'verify.mjs'));
    expect((await runVerifier(elsewhere, folder)).code).toBe(0);
    expect((await runVerifier(elsewhere)).says).toContain('ACCEPTED');
  });
});

describe('the file itself', () => {
  test('is one readable file that imports nothing but what Node brings', () => {
    const text = readFileSync(path.join(client().folder, 'verify.mjs'), 'utf8');
    const imports = [...text.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, from]) => from);
    expect([...new Set(imports)].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'node:crypto',
      'node:fs',
      'node:path',
      'node:url',
    ]);
    expect(text).not.toMatch(
      /\brequire\(|\bimport\(|\bfetch\(|node:(?:http|net|child_process|worker)/,
    );
    expect(text).toMatch(/How to read it/);
    expect(text).toContain('// src/ledger/bundle.ts');
    // Comments of the sources came along: whoever is to trust it must be able to read it.
    expect(text).toContain('Checks a bundle from its bytes alone');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(400);
  });
});

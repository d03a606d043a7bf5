import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { tracked } from '../helpers/tracked.ts';

const words = z.record(z.string(), z.string());
const PACKAGE = z.object({
  bin: words,
  scripts: words,
  dependencies: words,
  optionalDependencies: words,
  devDependencies: words,
  allowScripts: z.record(z.string(), z.boolean()),
});
const LOCK = z.object({
  packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().default(false) })),
});

const pack = PACKAGE.parse(JSON.parse(readFileSync('package.json', 'utf8')));
const lock = LOCK.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

test('every dependency is pinned to one version', () => {
  const all = { ...pack.dependencies, ...pack.optionalDependencies, ...pack.devDependencies };
  const loose = Object.entries(all).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test('npm runs no install script: AIOS starts without any', () => {
  const wanting = Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([name]) => name.replace(/^.*node_modules\//, ''))
    // npm installs it on macOS alone, for a tool that only tests use.
    .filter((name) => name !== 'fsevents');
  const open = wanting.filter((name) => pack.allowScripts[name] !== false);
  expect(open).toEqual([]);
});

test('the files that package.json names are there', () => {
  const named = [...Object.values(pack.bin), ...Object.values(pack.scripts)].flatMap(
    (command) => command.match(/\b(?:bin|scripts|bench)\/[\w-]+\.mjs\b/g) ?? [],
  );
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});

test('every npm command in the docs exists', () => {
  const commands = tracked('*.md', '.ci').flatMap(({ name, text }) => {
    const runs = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(
      ([, run = '']) => run,
    );
    const short = [...text.matchAll(/\bnpm (start|test)\b/g)].map(([, run = '']) => run);
    return [...runs, ...short].map((run) => ({ name, run }));
  });
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter(({ run }) => !(run in pack.scripts))).toEqual([]);
});

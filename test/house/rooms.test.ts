import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { tracked } from '../helpers/tracked.ts';

/** What lies under each room; the rooms between flow and the top know none of their own ring. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  core: [],
  ledger: ['core'],
  flow: ['core', 'ledger'],
  verifier: ['core', 'ledger'],
};
const MIDDLE = ['core', 'ledger', 'flow'];
const TOP = ['main.ts', 'main', 'cli'];

const roomOf = (file: string): string => file.split('/')[1] ?? '';

/** Every relative import of a file, static or dynamic, of types or not, as a path from the top. */
function importsOf({ name, text }: { readonly name: string; readonly text: string }): string[] {
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'(\.{1,2}\/[^']+)'/g);
  return [...found].map(([, to = '']) => path.posix.join(path.posix.dirname(name), to));
}

test('imports only go right, dynamic ones too', () => {
  const wrong = tracked('src').flatMap((file) => {
    const from = roomOf(file.name);
    if (TOP.includes(from)) return [];
    const allowed = [from, ...(BELOW[from] ?? MIDDLE)];
    return importsOf(file)
      .filter((to) => !allowed.includes(roomOf(to)))
      .map((to) => `${file.name} -> ${to}`);
  });
  expect(wrong).toEqual([]);
});

test('test/ has the rooms of src/, and a test lies in the room it tests', () => {
  const besides = ['house', 'helpers', 'scripts', 'bench'];
  const rooms = readdirSync('src', { withFileTypes: true }).map((entry) => entry.name);
  const folders = readdirSync('test', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !besides.includes(entry.name))
    .map((entry) => entry.name);
  expect(folders.filter((folder) => !rooms.includes(folder))).toEqual([]);
});

test('every room of src/ has tests', () => {
  const tested = new Set(tracked('test').map(({ name }) => roomOf(name)));
  // main/ joins the rooms and is tried by whole runs: test/cli, test/flow.
  const rooms = new Set(
    tracked('src')
      .filter(({ name }) => name.split('/').length > 2)
      .map(({ name }) => roomOf(name)),
  );
  rooms.delete('main');
  expect([...rooms].filter((room) => !tested.has(room))).toEqual([]);
});

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export type Tracked = { readonly name: string; readonly text: string };

/** The files of the checkout that git knows or would take, below the given places, with their text. */
export function tracked(...places: readonly string[]): readonly Tracked[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...places];
  return execFileSync('git', args, { encoding: 'utf8' })
    .split('\n')
    .filter((name) => name !== '' && existsSync(name))
    .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

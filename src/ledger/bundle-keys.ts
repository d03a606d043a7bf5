import { readCheckpoint } from './checkpoint.ts';
import { shown } from './encoding.ts';
import { fault, textOf } from './bundle-files.ts';
import type { Files } from './bundle-files.ts';
import type { Finding } from './history.ts';
import { readVkey, vkeyOf } from './note.ts';

/** The keys a bundle is opened with. */
export type Keys = {
  readonly vkeys: readonly string[];
  /** Whether the reader brought them, and did not take them out of the bundle itself. */
  readonly isGiven: boolean;
  readonly findings: readonly Finding[];
};

/**
 * The keys to trust: those the reader has from elsewhere, else those in the bundle. A key signs every log of its
 * practice, each under the name of that log, so that one given under the name of another log or of the practice is
 * taken for this one.
 */
export function keysFor(files: Files, given: readonly string[]): Keys {
  const own = ownKeys(files);
  if (given.length === 0) return { ...own, isGiven: false };
  const origin = originIn(files);
  const named = given.map((vkey, i) => renamed(vkey, origin, i));
  const vkeys = named.flatMap((one) => (typeof one === 'string' ? [one] : []));
  const wrong = named.flatMap((one) => (typeof one === 'string' ? [] : [one]));
  const isListed = vkeys.some((vkey) => own.vkeys.includes(vkey));
  const other =
    isListed || wrong.length > 0
      ? []
      : [
          fault(
            'key',
            'expected the key you gave to be among the keys of the bundle, got only others',
          ),
        ];
  return { vkeys, isGiven: true, findings: [...own.findings, ...wrong, ...other] };
}

/** The lines of the file `key`. */
export function keyLines(files: Files): readonly string[] {
  const lines = textOf(files.get('key') ?? new Uint8Array())?.split('\n') ?? [];
  return lines.slice(0, -1);
}

function ownKeys(files: Files): Pick<Keys, 'vkeys' | 'findings'> {
  const text = textOf(files.get('key') ?? new Uint8Array());
  const lines = text?.split('\n') ?? [];
  if (lines.length < 2 || lines.at(-1) !== '')
    return {
      vkeys: [],
      findings: [fault('key', 'expected one key a line, the last line ended too')],
    };
  const read = lines.slice(0, -1).map((line, i) => {
    try {
      readVkey(line);
      return line;
    } catch (thrown) {
      return fault(`key:${i + 1}`, sentence(thrown));
    }
  });
  return {
    vkeys: read.filter((one) => typeof one === 'string'),
    findings: read.filter((one) => typeof one !== 'string'),
  };
}

/** Which log the checkpoint says it is of, before any signature is looked at; null when it cannot be read. */
function originIn(files: Files): string | null {
  const text = textOf(files.get('checkpoint') ?? new Uint8Array());
  try {
    return text === undefined
      ? null
      : readCheckpoint(text.slice(0, text.lastIndexOf('\n\n') + 1)).origin;
  } catch {
    return null;
  }
}

const practiceOf = (name: string): string => name.split('/').slice(0, 2).join('/');

function renamed(vkey: string, origin: string | null, at: number): string | Finding {
  const place = `the key you gave${at === 0 ? '' : ` (${at + 1})`}`;
  try {
    const { name, publicKey } = readVkey(vkey);
    if (origin === null || name === origin) return vkey;
    if (practiceOf(name) !== practiceOf(origin))
      return fault(
        place,
        `expected a key of ${shown(practiceOf(origin))}, got one of ${shown(name)}`,
      );
    return vkeyOf(origin, publicKey);
  } catch (thrown) {
    return fault(place, sentence(thrown));
  }
}

export function sentence(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

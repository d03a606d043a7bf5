/** What the verifier was asked. */
export type Asked = {
  /** The folder of the bundle; undefined for the one around. */
  readonly folder: string | undefined;
  /** A verifier key, or a file of them. */
  readonly keys: readonly string[];
  /** Files of earlier checkpoints, or short forms as receipts have them. */
  readonly earlier: readonly string[];
  readonly json: boolean;
};

export const USAGE = `Checks a work statement of AIOS, offline.

  node verify.mjs [FOLDER] [--key KEY] [--earlier CHECKPOINT]... [--json]

  FOLDER       the folder with report.html and the other files; without it, the one you are in
  --key        the verifier key in your contract, or a file with it
  --earlier    a checkpoint you kept: the file of an earlier statement, or what a receipt
               says, such as "8,412 · 5bd1a09c". May be given several times
  --json       the result for a program to read

It ends with 0 when everything holds, and with 1 when something does not.`;

/** Reads the words after the name of the program. Throws Error, in a sentence, for words nobody knows. */
export function readArgs(words: readonly string[]): Asked | 'help' {
  const asked = {
    folder: undefined as string | undefined,
    keys: [] as string[],
    earlier: [] as string[],
    json: false,
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') return 'help';
    if (word === '--json') asked.json = true;
    else if (word === '--key') asked.keys.push(after(word, rest));
    else if (word === '--earlier') asked.earlier.push(after(word, rest));
    else if (word.startsWith('-') || asked.folder !== undefined)
      throw new Error(`expected one folder, --key, --earlier or --json, got "${word}"`);
    else asked.folder = word;
  }
  return asked;
}

function after(word: string, rest: string[]): string {
  const value = rest.shift();
  if (value === undefined || value === '')
    throw new Error(`expected a value after ${word}, got none`);
  return value;
}

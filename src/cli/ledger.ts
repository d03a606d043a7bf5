import { Fault } from '../core/fault.ts';
import type { Config } from '../config.ts';

/** One word behind `aios ledger`; returns the exit code. */
type Word = {
  readonly takes: string;
  readonly help: string;
  run(config: Config, args: readonly string[]): Promise<number>;
};

/** What can be done with the ledger on the command line. A new word adds its row here. */
const WORDS: Readonly<Record<string, Word>> = {
  checkpoint: {
    takes: '[--client SLUG | --practice]',
    help: 'where each log stands; with one named, its signed checkpoint',
    run: async (config, args) => (await import('./ledger-show.ts')).showCheckpoints(config, args),
  },
  keys: {
    takes: '',
    help: 'the keys that ever signed each log, to check signatures with',
    run: async (config, args) => (await import('./ledger-show.ts')).showKeys(config, args),
  },
  prove: {
    takes: 'ENTRY',
    help: 'a proof of one entry for an outsider, by its id',
    run: async (config, args) => (await import('./ledger-prove.ts')).prove(config, args),
  },
  sequence: {
    takes: '',
    help: 'put what waits into its log and sign it, now',
    run: async (config, args) => (await import('./ledger-mend.ts')).sequenceOnce(config, args),
  },
  epoch: {
    takes: '(--client SLUG | --practice | --all) --because WORD',
    help: 'after a loss: end logs that cannot go on, and begin new ones that say so',
    run: async (config, args) => (await import('./ledger-mend.ts')).epoch(config, args),
  },
  rotate: {
    takes: '',
    help: 'bring in a new signing key beside the old one',
    run: async (config, args) => (await import('./ledger-mend.ts')).rotate(config, args),
  },
  retire: {
    takes: '',
    help: 'end the old signing key after a rotation',
    run: async (config, args) => (await import('./ledger-mend.ts')).retire(config, args),
  },
};

/** `aios ledger WORD ...`. Throws Fault `bad_input` for a word that is none. */
export async function ledger(config: Config, [word, ...args]: readonly string[]): Promise<number> {
  if (word === undefined || word === 'help') {
    for (const line of helpLines()) console.log(line);
    return 0;
  }
  const found = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (found !== undefined) return found.run(config, args);
  throw new Fault(
    'bad_input',
    `Expected one of ${Object.keys(WORDS).join(', ')} behind \`aios ledger\`, got "${word}".`,
  );
}

function helpLines(): readonly string[] {
  return Object.entries(WORDS).map(([word, { takes, help }]) =>
    [`aios ledger ${word} ${takes}`.trimEnd(), `    ${help}`].join('\n'),
  );
}

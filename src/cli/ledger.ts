import { Fault } from '../core/fault.ts';
import type { Config } from '../config.ts';
import { epoch, retire, rotate, sequenceOnce } from './ledger-mend.ts';
import { prove } from './ledger-prove.ts';
import { recomputeLedger } from './ledger-recompute.ts';
import { showCheckpoints, showKeys } from './ledger-show.ts';
import { verify } from './ledger-verify.ts';

/** One word behind `aios ledger`; returns the exit code. */
type Word = {
  readonly takes: string;
  readonly help: string;
  readonly run: (config: Config, args: readonly string[]) => Promise<number>;
};

/** What can be done with the ledger on the command line. A new word adds its row here. */
const WORDS: Readonly<Record<string, Word>> = {
  checkpoint: {
    takes: '[--client SLUG | --practice]',
    help: 'where each log stands; with one named, its signed checkpoint',
    run: told(showCheckpoints),
  },
  keys: {
    takes: '',
    help: 'the keys that ever signed each log, to check signatures with',
    run: told(showKeys),
  },
  prove: {
    takes: 'ENTRY',
    help: 'a proof of one entry for an outsider, by its id',
    run: told(prove),
  },
  verify: {
    takes: '[--client SLUG | --practice] [--checkpoint FILE] [--vkey KEY] [--json]',
    help: 'read the whole record and say what is wrong with it, down to the entry',
    run: async (config, args) => {
      const { text, sound } = await verify(config, args);
      print(text);
      return sound ? 0 : 1;
    },
  },
  recompute: {
    takes: '',
    help: 'compute every cost on record a second time, by other code, and say what differs',
    run: async (config, args) => {
      const { text, sound } = await recomputeLedger(config, args);
      print(text);
      return sound ? 0 : 1;
    },
  },
  sequence: {
    takes: '',
    help: 'put what waits into its log and sign it, now',
    run: told(sequenceOnce),
  },
  epoch: {
    takes: '(--client SLUG | --practice | --all) --because WORD',
    help: 'after a loss: end logs that cannot go on, and begin new ones that say so',
    run: told(epoch),
  },
  rotate: {
    takes: '',
    help: 'bring in a new signing key beside the old one',
    run: told(rotate),
  },
  retire: {
    takes: '',
    help: 'end the old signing key after a rotation',
    run: told(retire),
  },
};

/** `aios ledger WORD ...`. Throws Fault `bad_input` for a word that is none. */
export async function ledger(config: Config, [word, ...args]: readonly string[]): Promise<number> {
  if (word === undefined || word === 'help') return print(helpText());
  const found = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (found !== undefined) return found.run(config, args);
  throw new Fault(
    'bad_input',
    `Expected one of ${Object.keys(WORDS).join(', ')} behind \`aios ledger\`, got "${word}".`,
  );
}

function helpText(): string {
  const lines = Object.entries(WORDS).flatMap(([word, { takes, help }]) => [
    `aios ledger ${word} ${takes}`.trimEnd(),
    `    ${help}`,
  ]);
  return `${lines.join('\n')}\n`;
}

/** For a word that says one text and is done. */
function told(say: (config: Config, args: readonly string[]) => Promise<string>): Word['run'] {
  return async (config, args) => print(await say(config, args));
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

import { Fault, sentenceOf } from '../core/fault.ts';
import { readConfig } from '../config.ts';
import { asked } from './asked.ts';
import { start } from './start.ts';

type Program = {
  readonly help: string;
  run(args: readonly string[]): Promise<number>;
};

/** Programs of their own; every other word is a subcommand of `/aios`, asked as the owner. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  start: { help: 'run AIOS until Ctrl-C', run: () => start(readConfig(process.env)) },
  demo: {
    help: 'play a whole day and read its record back',
    run: async (args) => (await import('./demo.ts')).demo(args),
  },
  doctor: {
    help: 'what is missing here, and the next step',
    run: async (args) => (await import('./doctor.ts')).doctor(readConfig(process.env), args),
  },
  erase: {
    help: 'make texts unreadable for good',
    run: async (args) => (await import('./erase.ts')).erase(readConfig(process.env), args),
  },
  statement: {
    help: 'what was done for a client, with the proof of it, as a folder to hand over',
    run: async (args) => (await import('./statement.ts')).statement(readConfig(process.env), args),
  },
  disclosure: {
    help: 'what a client is told before the work: who may see its material',
    run: async (args) =>
      (await import('./disclosure.ts')).disclosure(readConfig(process.env), args),
  },
  keys: {
    help: 'turn the keys of texts, so that old copies of them cannot be read',
    run: async (args) => (await import('./keys.ts')).keys(readConfig(process.env), args),
  },
  log: {
    help: 'read the record: lines, --json or --csv',
    run: async (args) => (await import('./log.ts')).log(readConfig(process.env), args),
  },
  blame: {
    help: 'who wrote which words of what was delivered',
    run: async (args) => (await import('./blame.ts')).blame(readConfig(process.env), args),
  },
  personas: {
    help: 'the specialists: list, show, check, export, import, accept',
    run: async (args) => (await import('./personas.ts')).personas(readConfig(process.env), args),
  },
  route: {
    help: 'try out what a request would become; nothing is written',
    run: async (args) => (await import('./route.ts')).route(readConfig(process.env), args),
  },
  examples: {
    help: 'words kept with the kind a person gave them: list, remove',
    run: async (args) => (await import('./examples.ts')).examples(readConfig(process.env), args),
  },
  rules: {
    help: 'the written rules: show, check, diff, accept, replay',
    run: async (args) => (await import('./rules.ts')).rules(readConfig(process.env), args),
  },
  seat: {
    help: 'the month of the coding seat: month, close',
    run: async (args) => (await import('./seat.ts')).seat(readConfig(process.env), args),
  },
  prices: {
    help: 'list prices, and what is not well with them: check',
    run: async (args) => (await import('./prices.ts')).prices(readConfig(process.env), args),
  },
  ledger: {
    help: 'signed logs: where they stand, proofs, keys, and what to do after a loss',
    run: async (args) => (await import('./ledger.ts')).ledger(readConfig(process.env), args),
  },
};

/** The command `aios`. Returns the exit code; a fault is one sentence on stderr, never a stack. */
export async function run(args: readonly string[]): Promise<number> {
  const [word = 'help', ...rest] = args;
  try {
    const program = PROGRAMS[word];
    if (program !== undefined) return await program.run(rest);
    if (word === 'help' && rest.length === 0) tellPrograms();
    return await asked(readConfig(process.env), args.length === 0 ? ['help'] : args);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    console.error(`aios: ${sentenceOf(thrown)}`);
    return 1;
  }
}

function tellPrograms(): void {
  for (const [word, { help }] of Object.entries(PROGRAMS))
    console.log(`${`aios ${word}`.padEnd(16)} ${help}`);
}

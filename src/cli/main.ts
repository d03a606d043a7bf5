import { Fault, sentenceOf } from '../core/fault.ts';
import { readConfig } from '../config.ts';
import { asked } from './asked.ts';
import { start } from './start.ts';

type Program = (args: readonly string[]) => Promise<number>;

/** Programs of their own; every other word is a subcommand of `/aios`, asked as the owner. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  start: () => start(readConfig(process.env)),
  demo: async () => (await import('./demo.ts')).demo(),
  doctor: async (args) => (await import('./doctor.ts')).doctor(readConfig(process.env), args),
};

/** The command `aios`. Returns the exit code; a fault is one sentence on stderr, never a stack. */
export async function run(args: readonly string[]): Promise<number> {
  const [word = 'help', ...rest] = args;
  try {
    const program = PROGRAMS[word];
    return program === undefined ? await asked(readConfig(process.env), args) : await program(rest);
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    console.error(`aios: ${sentenceOf(thrown)}`);
    return 1;
  }
}

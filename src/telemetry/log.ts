import { pino } from 'pino';

/** Writes one sentence. Bodies, secrets and people's words never come here. */
export type Log = (sentence: string) => void;

export type LogOptions = {
  /** `json` for machines, one object a line; `text` for people. */
  readonly format: 'json' | 'text';
  /** Where lines go; stderr by default, so that what a command answers stays apart on stdout. */
  readonly write?: (line: string) => void;
};

/** Opens the log of the program. */
export function makeLog(options: LogOptions): Log {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  if (options.format === 'text')
    return (sentence) => write(`${new Date().toISOString()} ${oneLine(sentence)}\n`);
  const logger = pino(
    { base: { program: 'aios' }, messageKey: 'says', timestamp: pino.stdTimeFunctions.isoTime },
    { write },
  );
  return (sentence) => logger.info(sentence);
}

/** A line break inside a sentence could pretend to be a line of its own. */
function oneLine(sentence: string): string {
  return sentence.replace(/[\r\n]+\s*/g, ' | ');
}

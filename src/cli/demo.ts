import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { readConfig } from '../config.ts';
import { startAios } from '../main.ts';
import type { Aios } from '../main.ts';
import { CAST } from './demo/cast.ts';
import { demoParts, playDay } from './demo/day.ts';
import { Fault } from '../core/fault.ts';
import { differences, EXPECTATIONS } from './demo/expect.ts';
import { handOverDay } from './demo/hand-over.ts';
import { ledgerLines, summaryLines } from './demo/ledger.ts';
import { moneyLines } from './demo/money.ts';
import { readDay } from './demo/record.ts';
import type { DayRecord } from './demo/record.ts';
import { makeStage } from './demo/stage.ts';
import { makeTranscript } from './demo/transcript.ts';
import type { Paint } from './demo/transcript.ts';

/**
 * Plays a day of a small practice in a home of its own, which is gone afterwards: people press and write in the local
 * workspace, AIOS does the rest. Prints what happened and the ledger. Returns 1 when the day did not go as it should.
 */
export async function demo(args: readonly string[] = []): Promise<number> {
  const keep = keptIn(args);
  const home = await mkdtemp(join(tmpdir(), 'aios-demo-'));
  const config = readConfig({
    AIOS_HOME: join(home, 'home'),
    AIOS_KEYS: join(home, 'keys'),
    AIOS_PORT: '0',
  });
  try {
    const aios = await startAios(config, (sentence) => console.error(sentence), demoParts(home));
    try {
      return await play(aios, keep);
    } finally {
      await aios.close();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** `--keep DIR`: where the client's statement of the day stays. Throws Fault `bad_input` for other words. */
function keptIn([flag, folder, ...more]: readonly string[]): string | null {
  if (flag === undefined) return null;
  if (flag === '--keep' && folder !== undefined && more.length === 0) return resolve(folder);
  throw new Fault(
    'bad_input',
    `\`aios demo\` takes nothing, or --keep and a new folder for the client's statement, got "${flag}".`,
  );
}

async function play(aios: Aios, keep: string | null): Promise<number> {
  const color = paint();
  const transcript = makeTranscript(console.log, color);
  const stage = makeStage(aios, transcript);
  const began = Date.now();
  transcript.title('A day at a small practice, played in the local workspace');
  transcript.note(...PROLOGUE);
  try {
    await playDay(stage);
    const day = await readDay(stage);
    transcript.title('The ledger of the day, read back');
    for (const line of ledgerLines(day)) console.log(line);
    transcript.title('The day in figures');
    transcript.note(
      ...summaryLines(day),
      `Played in  ${((Date.now() - began) / 1000).toFixed(1)} s`,
    );
    transcript.title('What each task cost, and the month of the seat');
    transcript.note(...(await moneyLines(aios.world, day)));
    transcript.title('What should be true of it');
    const judged = judge(day, color);
    transcript.title('Acme checks its statement of the day, with nothing of AIOS');
    const { accepted, lines } = await handOverDay(aios, keep);
    for (const line of lines) console.log(line);
    return accepted ? judged : 1;
  } finally {
    stage.leave();
  }
}

const PROLOGUE = [
  ...Object.entries(CAST).map(([name, { is }]) => `${name.padEnd(6)} ${is}`),
  'AIOS   everything else. REHEARSAL: stand-ins answer for the models; rules, checks, exact programs and record are real.',
];

/** Says of each expectation whether it held; 1 when one did not. */
function judge(day: DayRecord, color: Paint): number {
  const wrong = differences(day);
  for (const { name } of EXPECTATIONS) {
    const one = wrong.find((difference) => difference.name === name);
    console.log(
      one === undefined ? `${color('green', '✓')} ${name}` : `${color('red', '✗')} ${name}`,
    );
    if (one !== undefined) console.log(`    expected  ${one.want}\n    got       ${one.got}`);
  }
  console.log('');
  console.log(
    wrong.length === 0
      ? `All ${EXPECTATIONS.length} held. To try it yourself: npm start`
      : `${wrong.length} of ${EXPECTATIONS.length} did not hold.`,
  );
  return wrong.length === 0 ? 0 : 1;
}

/** Colours where a terminal reads along and nobody asked for none. https://no-color.org */
function paint(): Paint {
  const plain = !process.stdout.isTTY || (process.env['NO_COLOR'] ?? '') !== '';
  return (style, text) => (plain ? text : styleText(style, text));
}

import { writeFile } from 'node:fs/promises';
import { sharesSentence } from '../core/blame/blamed.ts';
import type { Blamed } from '../core/blame/blamed.ts';
import { Fault, sentenceOf } from '../core/fault.ts';
import { readNumber, taskNumber } from '../core/id.ts';
import type { TaskId } from '../core/id.ts';
import { blame as blameTask } from '../flow/blame.ts';
import type { World } from '../flow/ports/world.ts';
import { blamePage } from '../report/blame-page.ts';
import type { Config } from '../config.ts';
import { blameLines } from './blame-lines.ts';
import { flagsOf, TEXT } from './flags.ts';
import { onBase } from './on-base.ts';

const USAGE =
  'aios blame 142.2, with --file <name> for one file of it, and --html <file> to write a page instead';

/**
 * `aios blame`: who wrote which words of what was delivered, on stdout or as a page. The owner reads. Throws Fault
 * `bad_input`, `not_found`, or `conflict` where what is kept is not what the record names.
 */
export async function blame(config: Config, args: readonly string[]): Promise<number> {
  const [word, ...rest] = args;
  const { file, html } = flagsOf(rest, { file: TEXT, html: TEXT }, USAGE);
  return onBase(config, async ({ parts, isRehearsal }) => {
    const world = { ...parts, facility: { rehearsal: isRehearsal } };
    const blamed = oneFile(await blameTask(world, await taskNamed(world, word)), file);
    if (html === undefined) for (const line of blameLines(blamed)) console.log(line);
    else await writePage(html, blamed);
    return 0;
  });
}

async function taskNamed({ store }: Pick<World, 'store'>, word: string | undefined) {
  const ref = word === undefined ? undefined : readNumber(word);
  if (ref === undefined)
    throw new Fault(
      'bad_input',
      `Expected the number of a task, got ${word === undefined ? 'nothing' : `"${word}"`}. ${USAGE}`,
    );
  const id: TaskId | null = await store.findTask(ref);
  if (id !== null) return id;
  const request = ref.ordinal === undefined ? await store.findRequest(ref.request) : null;
  throw new Fault(
    'not_found',
    request === null
      ? `There is no task ${word}.`
      : `Request ${ref.request} has several tasks, or none. Name one, such as ${taskNumber(ref.request, 1)}.`,
  );
}

function oneFile(blamed: Blamed, name: string | undefined): Blamed {
  if (name === undefined) return blamed;
  const files = blamed.files.filter((file) => file.name === name);
  if (files.length > 0) return { ...blamed, files };
  const names = blamed.files.map((file) => file.name).join(', ');
  throw new Fault('not_found', `Expected one of ${names} with --file, got "${name}".`);
}

/** The page holds the client's words: it is the owner's alone, and replaces no file. */
async function writePage(file: string, blamed: Blamed): Promise<void> {
  try {
    await writeFile(file, blamePage(blamed), { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    throw new Fault(
      'bad_input',
      `Expected --html to name a file that can be written and is not there yet, got ${file} (${sentenceOf(cause)}).`,
      { cause },
    );
  }
  console.log(`${sharesSentence(blamed)}\nWritten to ${file}, which a browser opens.`);
}

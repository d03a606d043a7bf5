import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Fault } from '../../core/fault.ts';
import { IMPORTED } from '../../library/accepted.ts';
import { readAgent } from '../../library/agent-file.ts';
import { checkWaiting } from '../../library/check-personas.ts';
import { draftOf, importedText, missingIn } from '../../library/imported.ts';
import type { Draft } from '../../library/imported.ts';
import { inspectLibrary } from '../../library/load.ts';
import type { Inspected } from '../../library/load.ts';
import { LONGEST_BRIEF, readWhole } from '../../library/personas.ts';
import type { Problems } from '../../library/problems.ts';
import { makeProblems } from '../../library/problems.ts';
import { personaId } from '../../library/schema-parts.ts';
import type { Given } from './given.ts';
import { interview } from './interview.ts';
import type { Ask } from './interview.ts';

/**
 * `aios personas import <file>`: takes an agent file over as a persona that is not in force. On a terminal it asks for
 * what is missing; elsewhere it writes the file with what is missing named in it. Returns 1 while it cannot be accepted.
 * Throws Fault `bad_input` for a file that cannot be read, `conflict` for a name that is taken.
 */
export async function importAgent(given: Given): Promise<number> {
  const { personasFolder, rulesFolder } = given.config;
  const taken = await takeOver(given);
  const inspected = await inspectLibrary(rulesFolder, personasFolder);
  refuseTaken(inspected, taken.id);
  const draft = await complete(taken);
  const whole = importedText(draft);
  const name = `${IMPORTED}/${draft.id}.md`;
  await mkdir(join(personasFolder, IMPORTED), { recursive: true });
  await writeFile(join(personasFolder, name), whole, { flag: 'wx' });
  const problems = makeProblems();
  const file = { id: draft.id, why: 'new', name: `personas/${name}`, whole } as const;
  const missing = missingIn(draft);
  // The schema would say the same of a field that is not there, in its own words.
  if (missing.length === 0) checkWaiting(inspected, file, problems);
  return tell(draft, file.name, problems.lines);
}

async function takeOver({ word = '', id }: Given): Promise<Draft> {
  const problems = makeProblems();
  const whole = await readWhole({ folder: sep, name: resolve(word) }, word, problems);
  const agent = whole === undefined ? undefined : readAgent(word, whole, problems);
  if (agent === undefined) throw unreadable(problems);
  const draft = draftOf(agent, id);
  if (personaId.safeParse(draft.id).success) return draft;
  throw new Fault(
    'bad_input',
    `Expected a name of small letters and dashes such as blog-drafter, got "${draft.id.slice(0, 80)}". Name it: aios personas import ${word} --id <id>`,
  );
}

function unreadable({ lines }: Problems): Fault {
  return new Fault(
    'bad_input',
    ['Expected an agent file that can be read. Nothing was written:', ...lines].join('\n'),
  );
}

function refuseTaken({ personas, waiting }: Inspected, id: string): void {
  const isWaiting = waiting.some((one) => one.id === id);
  if (!personas.byId.has(id) && !isWaiting) return;
  throw new Fault(
    'conflict',
    isWaiting
      ? `Expected a name that is free, got ${id}, which was imported already. Nothing was written. Change personas/${IMPORTED}/${id}.md, or delete it first.`
      : `Expected a name that is free, got ${id}, which somebody here has. Nothing was written. Give it another: --id <id>`,
  );
}

/** Asks only where somebody can answer. */
async function complete(draft: Draft): Promise<Draft> {
  if (process.stdin.isTTY !== true || missingIn(draft).length === 0) return draft;
  const line = createInterface({ input: process.stdin, output: process.stdout });
  // Whoever ends the input answers nothing more, and what is missing stays missing.
  const ask: Ask = (says) => line.question(`${says}\n> `).catch(() => '');
  try {
    return await interview(draft, ask);
  } finally {
    line.close();
  }
}

function tell(draft: Draft, name: string, lines: readonly string[]): number {
  const { id, leftOut, brief } = draft;
  const missing = missingIn(draft).map((field) => `- ${field}`);
  const long =
    missing.length > 0 && brief.length > LONGEST_BRIEF
      ? [`- a shorter brief: at most ${LONGEST_BRIEF} characters, and it has ${brief.length}`]
      : [];
  console.log(`${name} is written. It is not in force.`);
  if (leftOut.length > 0) console.log(`Left out, for the lane decides it: ${leftOut.join(', ')}.`);
  const open = [...missing, ...long, ...lines.map((one) => `- ${one}`)];
  if (open.length === 0) {
    console.log(`Read it; then the owner may: aios personas accept ${id}`);
    return 0;
  }
  console.log('It cannot be accepted before this is there, or mended:');
  for (const one of open) console.log(one);
  console.log(`Write it into the file; then: aios personas check, and aios personas accept ${id}`);
  return 1;
}

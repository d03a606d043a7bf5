import { Fault } from '../../core/fault.ts';
import { acceptPersona } from '../../flow/accept-persona.ts';
import type { World } from '../../flow/ports/world.ts';
import { noteAccepted, readAccepted } from '../../library/accepted.ts';
import { checkWaiting } from '../../library/check-personas.ts';
import { inspectLibrary } from '../../library/load.ts';
import type { Inspected } from '../../library/load.ts';
import type { PersonaFile, WaitingFile } from '../../library/personas.ts';
import { makeProblems } from '../../library/problems.ts';
import { openLibrary } from '../../main/library.ts';
import { knownPerson } from '../erase-target.ts';
import type { Given } from './given.ts';
import { visit } from '../visit.ts';

/**
 * `aios personas accept <id>`: the owner takes an imported persona into the practice exactly as its file stands. Its text
 * is kept for ever, with an entry that says who accepted which text; the next start puts it in force. Throws Fault
 * `bad_input` with everything that is wrong with it, `not_found`, or `conflict` when it is in force.
 */
export async function accept({ config, word: id = '' }: Given): Promise<number> {
  const { rulesFolder, personasFolder } = config;
  const inspected = await inspectLibrary(rulesFolder, personasFolder);
  const { persona, whole } = soundFile(inspected, waitingFile(inspected, id));
  const accepted = await readAccepted(personasFolder, makeProblems());
  // A kind may name it already; without it the library would not open.
  const library = await openLibrary({
    rules: rulesFolder,
    personas: personasFolder,
    accepting: persona,
  });
  const enter = async (world: World): Promise<void> => {
    const by = await knownPerson(world, world.facility.ownerUser);
    await acceptPersona(world, { persona, text: whole, by });
  };
  // A kind in rules that nobody accepted yet may name it; those can be accepted only when it is in force.
  await visit(config, enter, { library, rules: 'any' });
  // The entry comes first: what the loader takes for accepted is on record.
  await noteAccepted(personasFolder, accepted, persona);
  console.log(`${id} version ${persona.version} is accepted as it stands: ${persona.hash}`);
  console.log('AIOS takes it up when it starts next. A change of the file takes it out again.');
  if (!isNamed(inspected, id))
    console.log(`No kind of work names it yet: make it the persona of one in rules/kinds.yaml.`);
  return 0;
}

function waitingFile({ personas, waiting }: Inspected, id: string): WaitingFile {
  const file = waiting.find((one) => one.id === id);
  if (file !== undefined) return file;
  if (personas.byId.has(id))
    throw new Fault('conflict', `Expected a persona that waits, got ${id}, which is in force.`);
  throw new Fault(
    'not_found',
    `Expected a persona that was imported, got "${id.slice(0, 80)}". Waiting: ${waiting.map((one) => one.id).join(', ') || 'nobody'}.`,
  );
}

function soundFile(inspected: Inspected, waiting: WaitingFile): PersonaFile {
  const problems = makeProblems();
  const file = checkWaiting(inspected, waiting, problems);
  if (file !== undefined && problems.lines.length === 0) return file;
  throw new Fault(
    'bad_input',
    [
      `Expected a persona without faults, got ${problems.lines.length}. Nothing was accepted. Mend these first:`,
      ...problems.lines,
    ].join('\n'),
  );
}

function isNamed({ rules }: Inspected, id: string): boolean {
  return [...(rules?.kinds.values() ?? [])].some(
    (kind) => kind.sort === 'work' && kind.persona === id,
  );
}

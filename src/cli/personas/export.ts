import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, sentenceOf } from '../../core/fault.ts';
import { agentText, isMadeHere } from '../../library/agent-file.ts';
import { loadLibrary } from '../../library/load.ts';
import type { Given } from './given.ts';
import { USAGE } from './given.ts';

const TEMPLATE = '_agent.md';

/**
 * `aios personas export --claude <folder>`: every persona in force as an agent file of Claude Code. Files of the same
 * name that were not made here are refused before anything is written. Throws Fault `bad_input` or `conflict`.
 */
export async function exportAgents({ config, claude }: Given): Promise<number> {
  if (claude === undefined || claude === '')
    throw new Fault('bad_input', `Expected --claude with a folder, got none. ${USAGE}`);
  const { rules, personas } = await loadLibrary(config.rulesFolder, config.personasFolder);
  const template = await templateIn(config.personasFolder);
  const files = [...personas.byId.values()].map((persona) => ({
    file: join(claude, `${persona.id}.md`),
    text: agentText(persona, { rules, personas, template }),
  }));
  await refuseForeign(files.map(({ file }) => file));
  await mkdir(claude, { recursive: true });
  for (const { file, text } of files) await writeFile(file, text);
  console.log(
    `${files.length} agents are in ${claude}. Claude Code reads them from .claude/agents/ of a project.`,
  );
  return 0;
}

async function templateIn(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, TEMPLATE), 'utf8');
  } catch (cause) {
    throw new Fault(
      'bad_rules',
      `Expected personas/${TEMPLATE}, the words around a brief outside AIOS, got: ${sentenceOf(cause)}. Restore it.`,
      { cause },
    );
  }
}

async function refuseForeign(files: readonly string[]): Promise<void> {
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(file, 'utf8').catch(() => null) })),
  );
  const foreign = texts.filter(({ text }) => text !== null && !isMadeHere(text));
  if (foreign.length === 0) return;
  throw new Fault(
    'conflict',
    `Expected no files of that name but those made by this command, got ${foreign.map(({ file }) => file).join(', ')}. Nothing was written. Move them away or choose another folder.`,
  );
}

import type { Fault } from '../../core/fault.ts';
import { nearest } from '../../core/nearest.ts';
import type { Persona, Personas } from '../../core/persona.ts';
import type { RuleSet } from '../../core/rule-set.ts';
import type { Reply } from '../ports/doors.ts';
import type { World } from '../ports/world.ts';
import { told, unexpected } from './subcommand.ts';
import type { Asked } from './subcommand.ts';

/** Rules and personas, as they are in force or as they stand in a folder. */
export type Staff = { readonly rules: RuleSet; readonly personas: Personas };

/** `personas [id]`: who works here, or one of them in full. */
export async function personas({ library }: Pick<World, 'library'>, asked: Asked): Promise<Reply> {
  const [id, ...more] = asked.words;
  if (more.length > 0)
    throw unexpected('the id of one persona', asked.rest, 'For example: personas editor');
  if (id !== undefined) return told(...personaLines(library, id.toLowerCase()));
  const { byId, waiting } = library.personas;
  return told(
    `${byId.size} specialists, by group. One in full: personas editor`,
    ...groupsOf(library.personas).map(
      ([group, members]) => `- ${group}: ${members.map(({ id: one }) => one).join(', ')}`,
    ),
    ...(waiting.length === 0
      ? []
      : [
          `Imported, and not in force until the owner accepts it on the command line: ${waiting.map(({ id: one }) => one).join(', ')}`,
        ]),
  );
}

/** The personas in force by group, both in the order of the alphabet. */
export function groupsOf({
  byId,
}: Pick<Personas, 'byId'>): readonly (readonly [group: string, members: readonly Persona[]])[] {
  const groups = new Map<string, Persona[]>();
  const all = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const one of all) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One persona in full, in lines. Throws Fault `bad_input` for an id that nobody in force has. */
export function personaLines({ rules, personas: all }: Staff, id: string): readonly string[] {
  const persona = all.byId.get(id);
  if (persona === undefined) throw nobody(all, id);
  const kindTitle = (kind: string): string => `${kind} (${rules.kinds.get(kind)?.title ?? '?'})`;
  return [
    `${persona.id}: ${persona.title} (${persona.group}), version ${persona.version}`,
    `Revision: ${persona.hash}`,
    `Scope: ${persona.scope}`,
    `Takes: ${persona.accepts.map(kindTitle).join(', ')}`,
    'Hands on:',
    ...persona.declines.map(
      ({ what, to, examples }) =>
        `- ${what}, to ${to}: ${examples.map((one) => `"${one}"`).join(', ')}`,
    ),
    `Usual lane: ${persona.lane}. Gate: ${persona.gate}.`,
    `Needs: ${persona.inputs}`,
    'Must know before it starts:',
    ...persona.questions.map((asks) => `- ${asks}`),
    `Delivers: ${persona.deliverable}`,
    ...(persona.checklist.length === 0
      ? []
      : ['Asks of every draft:', ...persona.checklist.map(({ asks }) => `- ${asks}`)]),
    'Brief:',
    persona.brief,
  ];
}

function nobody({ byId, waiting }: Personas, id: string): Fault {
  if (waiting.some((one) => one.id === id))
    return unexpected(
      'a persona in force',
      id,
      `It was imported and waits: the owner may accept it on the command line, aios personas accept ${id}`,
    );
  const near = nearest(id, [...byId.keys()]);
  return unexpected(
    'the id of a persona',
    id,
    near === undefined ? 'They are listed by: personas' : `Did you mean \`${near}\`?`,
  );
}

import type { Persona } from '../core/persona.ts';
import { openAct } from './act.ts';
import { byPerson } from './command/settings.ts';
import { commitSetting } from './command/subcommand.ts';
import { personaLore } from './lore.ts';
import type { PersonRow } from './ports/rows-settings.ts';
import type { World } from './ports/world.ts';

type Accepting = {
  readonly persona: Pick<Persona, 'id' | 'version' | 'hash'>;
  /** The exact text of its file. */
  readonly text: string;
  readonly by: PersonRow;
};

/**
 * Writes down that a person took an imported persona into the practice, and keeps the text that was accepted for ever.
 * Throws Fault `conflict` when another process kept the same text at this moment.
 */
export async function acceptPersona(
  { clock, store }: Pick<World, 'clock' | 'store'>,
  { persona, text, by }: Accepting,
): Promise<void> {
  const { id, version, hash } = persona;
  const act = openAct(clock);
  const accepted = act.note(
    { type: 'persona.accepted', actor: byPerson(by), data: { id, version, sha256: hash } },
    null,
  );
  if (!(await store.loreAmong([hash])).has(hash)) {
    const { row, says } = personaLore(persona, text);
    act.note({ ...says, actor: byPerson(by) }, accepted);
    act.change({ insert: 'lore', row });
  }
  await commitSetting({ store }, act);
}

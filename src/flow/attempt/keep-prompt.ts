import type { EntryDraft } from '../../core/entry.ts';
import type { BodyId } from '../../core/id.ts';
import { refOf } from '../../core/rule-set.ts';
import { ofTask } from '../about.ts';
import { refData } from '../act.ts';
import type { OpenAct } from '../act.ts';
import type { BodyRef, World } from '../ports/world.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { WayOut } from './way-out.ts';

/** What is sent, as it is kept: what was sent can be answered from it, character for character. */
export function promptText(system: string, material: string): string {
  return `${system}\n\n${material}`;
}

/** What is known of a prompt once it is kept. */
export type Kept = {
  readonly prompt: BodyRef;
  readonly context: readonly BodyId[];
  readonly left: NonNullable<EntryDraft['data']>;
};

type Keeping = {
  readonly task: TaskRow;
  readonly wayOut: WayOut;
  /** Everything that is sent. */
  readonly prompt: string;
  readonly context: readonly BodyId[];
};

/** Keeps what is sent, and what stands for what in it; how many of each kind were taken out goes into the entry, no value. */
export async function keepPrompt(
  { bodies, library }: Pick<World, 'bodies' | 'library'>,
  act: OpenAct,
  { task, wayOut, prompt, context }: Keeping,
): Promise<Kept> {
  const { ref, row } = await bodies.put('prompt', ofTask(task), prompt);
  act.change({ insert: 'body', row });
  if (wayOut.rule === null) return { prompt: ref, context, left: {} };
  const replaced = wayOut.replaced(prompt);
  const masking = refOf(
    library.rules,
    library.rules.settings.secrets === 'mask' ? 'SECRETS-MASK' : 'SECRETS-ASK',
  );
  const left = {
    leaving: wayOut.rule,
    replaced,
    ...(replaced.secret === undefined ? {} : { masking }),
  };
  if (wayOut.leaving !== 'redacted') return { prompt: ref, context, left };
  const mapping = await bodies.put('mapping', ofTask(task), JSON.stringify(wayOut.mapping()));
  act.change({ insert: 'body', row: mapping.row });
  return { prompt: ref, context, left: { ...left, mapping: refData(mapping.ref) } };
}

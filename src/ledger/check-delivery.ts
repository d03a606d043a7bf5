import type { EntryValue } from '../core/entry.ts';
import type { EntryType } from '../core/entry-type.ts';
import type { Invariant, Now } from './invariant.ts';
import type { TaskPast } from './past.ts';
import { said } from './said.ts';

export const delivery: Invariant = {
  name: 'delivery',
  holds:
    'Every delivery has before it, in its task and for the same bytes, the approval in force, the result of the gate (passed, or put to a person) and the disclosure that it names.',
  level: 'fault',
  of: ['draft.delivered'],
  broken,
};

const GATE_LETS_ON = ['pass', 'ask'];

function broken({ entry, task }: Now): string | undefined {
  if (task === undefined) return undefined;
  const { approval, gate, disclosure } = entry.data;
  const of = { task, draft: entry.draft };
  return (
    unbacked(of, approval, 'draft.approved') ??
    unbacked(of, gate, 'gate.reviewed') ??
    unbacked(of, disclosure, 'disclosure.issued')
  );
}

type Of = { readonly task: TaskPast; readonly draft: string | null };

/** Why the entry a delivery names does not back it. */
function unbacked(of: Of, id: EntryValue | undefined, type: EntryType): string | undefined {
  const found = of.task.backing.find((backing) => backing.id === id && backing.type === type);
  if (found === undefined)
    return `expected the ${type} ${said(id)} before it in its task, got no such entry`;
  if (found.draft !== of.draft)
    return `expected the ${type} ${found.id} to be of the draft ${said(of.draft)}, got ${said(found.draft)}`;
  if (!found.isInForce)
    return `expected the ${type} ${found.id} in force, got one that was taken out of it`;
  if (found.outcome !== null && !GATE_LETS_ON.includes(found.outcome))
    return `expected a gate that passed or asked, got ${found.outcome}`;
  return undefined;
}

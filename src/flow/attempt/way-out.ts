import type { Block } from '../../core/fence.ts';
import { Fault } from '../../core/fault.ts';
import { leavingOf, replacedIn } from '../../core/leaving.ts';
import type { Leaving, Replaced } from '../../core/leaving.ts';
import type { Mapping } from '../../core/placeholder.ts';
import { makeRedactor } from '../../core/redact.ts';
import type { Redactor } from '../../core/redact.ts';
import { refOf } from '../../core/rule-set.ts';
import type { RuleRef } from '../../core/rule.ts';
import { maskSecrets } from '../../core/secrets.ts';
import { unlessErased } from '../erased.ts';
import { textOf } from '../plan/piece.ts';
import type { TaskFile } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { termsOf } from '../terms.ts';

/** Everything that goes to a lane passes here: what may not leave is stopped, secrets are masked, values are replaced. */
export type WayOut = {
  readonly leaving: Exclude<Leaving, 'forbidden'>;
  /** The written rule under which work goes out; null where it stays. */
  readonly rule: RuleRef | null;
  /** A file name as it may go out. */
  fileName(name: string): string;
  /** Our own words and blocks of material as they may go out. The same value becomes the same placeholder every time. */
  pass(words: string, blocks: readonly Block[]): Promise<Passed>;
  /** What was taken out of a text that passed here. */
  replaced(sent: string): Replaced;
  /** What stands for what; empty unless work goes out redacted. */
  mapping(): Mapping;
};

export type Passed = { readonly words: string; readonly blocks: readonly Block[] };

/**
 * Opens the way out for one attempt on the lane of the task. Throws Fault `not_allowed` where nothing of it may leave the
 * machine, whoever asked for it and whatever the rules say.
 */
export async function openWayOut(
  world: World,
  file: TaskFile,
  signal: AbortSignal,
): Promise<WayOut> {
  const leaving = leavingNow(file);
  if (leaving === 'forbidden') throw refused();
  if (leaving === 'stays') return OPEN;
  const redactor = leaving === 'redacted' ? await redactorFor(world, file) : null;
  let secrets = 0;
  const masked = async (texts: readonly string[]): Promise<readonly string[]> => {
    const found = await world.exact.secrets(texts, signal);
    return texts.map((text, at) => {
      const mask = maskSecrets(text, found[at] ?? []);
      secrets += mask.count;
      return mask.text;
    });
  };
  return {
    leaving,
    rule: refOf(world.library.rules, leaving === 'redacted' ? 'LEAVE-REDACTED' : 'LEAVE-WHOLE'),
    fileName: (name) => redactor?.fileName(name) ?? name,
    pass: async (words, blocks) => {
      const texts = [words, ...blocks.flatMap(({ label, text }) => [label, text])];
      const [own = '', ...rest] = await masked(texts);
      const out = (text: string): string => redactor?.text(text) ?? text;
      return {
        words: out(own),
        // File names in labels have passed by themselves.
        blocks: blocks.map((_, at) => ({
          label: rest[at * 2] ?? '',
          text: out(rest[at * 2 + 1] ?? ''),
        })),
      };
    },
    replaced: (sent) => replacedIn(sent, secrets),
    mapping: () => redactor?.mapping() ?? [],
  };
}

/** How the material of a task would go to its lane now, by the setting of its client as it stands. */
export function leavingNow({ task, client }: Pick<TaskFile, 'task' | 'client'>): Leaving {
  return leavingOf(task.lane, task.facts, client?.cloud ?? 'unset');
}

/** Nothing leaves: everything passes as it is. */
const OPEN: WayOut = {
  leaving: 'stays',
  rule: null,
  fileName: (name) => name,
  pass: async (words, blocks) => ({ words, blocks }),
  replaced: () => ({}),
  mapping: () => [],
};

function refused(): Fault {
  return new Fault(
    'not_allowed',
    'Expected work that may leave the machine, got work that may not. Nothing was sent. Re-route it to the local lane, or do it by hand.',
  );
}

async function redactorFor(world: World, { task, client }: TaskFile): Promise<Redactor> {
  const terms = client === null ? [] : await termsOf(world, client);
  return makeRedactor(terms, await takenBefore(world, task.id));
}

/** What was taken out in the latest attempt on this task, so that a value keeps its placeholder. */
async function takenBefore(world: World, task: TaskFile['task']['id']): Promise<Mapping> {
  const trail = await world.store.trail({ task });
  const id = trail.findLast((entry) => entry.data['mapping'] !== undefined)?.data['mapping'];
  if (typeof id !== 'object' || id === null || !('id' in id)) return [];
  const kept = world.bodies.get(id['id'] as Parameters<World['bodies']['get']>[0]);
  const bytes = await unlessErased(kept, null);
  return bytes === null ? [] : (JSON.parse(textOf(bytes) ?? '[]') as Mapping);
}

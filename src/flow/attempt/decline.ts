import { missing } from '../../core/kind.ts';
import type { Kind } from '../../core/kind.ts';
import { HUMAN, handOff } from '../../core/persona.ts';
import type { Personas } from '../../core/persona.ts';
import { refOf } from '../../core/rule-set.ts';
import type { NanoUsd } from '../../core/money.ts';
import type { OpenAct } from '../act.ts';
import type { Begun } from './begin.ts';
import { askPerson } from '../answer/ask-person.ts';
import { withCost } from './end.ts';
import { move } from '../move.ts';
import { workJob } from '../start.ts';
import type { TaskRow } from '../ports/rows-work.ts';
import type { Library, World } from '../ports/world.ts';

type Declined = {
  readonly begun: Begun;
  /** The colleague it belongs to, by the persona's own word. */
  readonly to: string | null;
  readonly nano: NanoUsd | null;
  readonly questions: readonly string[];
};

/** A persona said that this is not its work: it goes to the colleague it names, at most twice, never back; else a person is asked. */
export async function decline(world: World, act: OpenAct, how: Declined): Promise<TaskRow> {
  const { begun } = how;
  const { rules, personas } = world.library;
  const had = [...new Set([...begun.file.attempts.map((a) => a.persona), begun.persona.id])];
  const next = handOff(how.to, had, {
    most: rules.settings.handOffs,
    known: (id) => personas.byId.get(id)?.accepts.includes(begun.task.kind) ?? false,
  });
  const actor = { kind: 'persona', id: begun.persona.id, version: begun.persona.hash } as const;
  const costNano = withCost(begun.task, how.nano);
  if (next.is === 'hand_on') {
    const queued = move(act, begun.task, {
      event: 'decline',
      mover: { by: 'system', rule: refOf(rules, 'DECLINE-FIT'), actor },
      set: { persona: next.to, declines: begun.task.declines + 1, costNano },
      say: { persona: begun.persona.id, data: { to: next.to } },
    });
    workJob(act, queued);
    return queued;
  }
  return askPerson(world, act, {
    task: begun.task,
    request: begun.file.request,
    about: 'kind',
    kinds: [...kindsOf(how, world.library), begun.task.kind],
    text: [
      `The ${begun.persona.title.toLowerCase()} says this is not its work. What kind of work is it?`,
      ...how.questions,
    ].join('\n'),
    rule: next.why === 'limit' || next.why === 'back' ? 'DECLINE-LIMIT' : 'DECLINE-FIT',
    set: { declines: begun.task.declines + 1, costNano },
    say: {
      actor,
      persona: begun.persona.id,
      data: { declined: true, to: colleague(how.to, personas) },
    },
  });
}

/**
 * Kinds it may be, by the word of whom declined it: those they name that colleague for, else what that colleague takes;
 * where nobody was named, what they hand on at all, those that take the files at hand before the others.
 */
function kindsOf({ begun, to }: Declined, { personas, rules }: Library): readonly string[] {
  const { declines } = begun.persona;
  const named = declines.filter((line) => line.to === to).flatMap((line) => line.kinds);
  const theirs = named.length > 0 ? named : (personas.byId.get(to ?? '')?.accepts ?? []);
  if (theirs.length > 0) return theirs.slice(0, OFFERED);
  const handed = [...new Set(declines.flatMap((line) => line.kinds))];
  const works = handed.flatMap((id) => rules.kinds.get(id) ?? []);
  const fits = (kind: Kind): boolean =>
    kind.sort === 'work' && missing(kind, { ...begun.task.facts, words: 0 }) === undefined;
  const all = [...works.filter(fits), ...works.filter((kind) => !fits(kind))];
  return all
    .filter(({ sort }) => sort === 'work')
    .slice(0, OFFERED)
    .map(({ id }) => id);
}
/** Beside the kind it was given for. */
const OFFERED = 2;

/** An entry holds no free text: a name that is none of our personas is a word of the model's, and stays out. */
function colleague(to: string | null, { byId }: Personas): string {
  if (to === null || to === HUMAN) return HUMAN;
  return byId.has(to) ? to : 'unknown';
}

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
import type { World } from '../ports/world.ts';

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
    kinds: [...kindsOf(how, personas), begun.task.kind],
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

/** Kinds it may be, by the word of whom declined it: those they named that colleague for, else what that colleague takes. */
function kindsOf({ begun, to }: Declined, { byId }: Personas): readonly string[] {
  const named = begun.persona.declines.filter((d) => d.to === to).flatMap((d) => d.kinds);
  const likely = named.length > 0 ? named : (byId.get(to ?? '')?.accepts ?? []);
  return likely.slice(0, 2);
}

/** An entry holds no free text: a name that is none of our personas is a word of the model's, and stays out. */
function colleague(to: string | null, { byId }: Personas): string {
  if (to === null || to === HUMAN) return HUMAN;
  return byId.has(to) ? to : 'unknown';
}

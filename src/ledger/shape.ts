import type { ActorKind, EntryDraft } from '../core/entry.ts';
import { LANES } from '../core/lane.ts';
import { STATES } from '../core/task.ts';
import { FIELDS } from './fields.ts';
import type { Field, Fields } from './field.ts';
import { HASH, ID, NAME, oneOf, optional, RULE, SIGNED, unfit, WHOLE } from './field.ts';

const STATE = oneOf(STATES);

/** What an entry says of itself beside its envelope and its data. */
const HEAD: Fields = {
  rule: optional(RULE),
  client: optional(ID),
  request: optional(ID),
  task: optional(ID),
  attempt: optional(ID),
  from: optional(STATE),
  to: optional(STATE),
  lane: optional(oneOf(LANES)),
  model: optional(NAME),
  persona: optional(NAME),
  costNano: optional(SIGNED),
  minutes: optional(WHOLE),
  draft: optional(HASH),
};

/** A person is known by a random id and by nothing else. */
const ACTORS: Readonly<Record<ActorKind, Field>> = {
  person: ID,
  persona: NAME,
  rule: RULE,
  gate: NAME,
  system: NAME,
};

/**
 * What is wrong with what an entry says, as a sentence; undefined for a sound one. It holds for every entry ever
 * written: no free text, nothing personal, every field known and of its kind.
 */
export function misshapen(entry: EntryDraft): string | undefined {
  const { type, actor, data, ...head } = entry;
  const known = Object.hasOwn(FIELDS, type);
  if (!known) return 'expected a type of the closed list, got another';
  const actors = { id: ACTORS[actor.kind], version: optional(NAME), kind: NAME };
  const wrong = unfit(HEAD, head) ?? unfit(actors, { ...actor }) ?? unfit(FIELDS[type], data ?? {});
  return wrong === undefined ? undefined : `${type}: ${wrong}`;
}

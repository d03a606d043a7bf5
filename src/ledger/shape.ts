import type { ActorKind, EntryDraft, EntryValue } from '../core/entry.ts';
import { LANES } from '../core/lane.ts';
import { STATES } from '../core/task.ts';
import { FIELDS } from './fields.ts';
import type { Field, Fields } from './field.ts';
import { allFit, HASH, ID, NAME, oneOf, optional, RULE, SIGNED, unfit, WHOLE } from './field.ts';
import { draftOf } from './read.ts';
import type { Entry } from './read.ts';

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
const ACTOR_IDS: Readonly<Record<ActorKind, Field>> = {
  person: ID,
  persona: NAME,
  rule: RULE,
  gate: NAME,
  system: NAME,
};
const ACTORS: ReadonlyMap<string, Fields> = new Map(
  Object.entries(ACTOR_IDS).map(([kind, id]) => [
    kind,
    { id, version: optional(NAME), kind: NAME },
  ]),
);

/**
 * What is wrong with what an entry says, as a sentence; undefined for a sound one. It holds for every entry ever
 * written: no free text, nothing personal, every field known and of its kind.
 */
export function misshapen(entry: EntryDraft): string | undefined {
  const { type, actor, data, ...head } = entry;
  if (!Object.hasOwn(FIELDS, type)) return 'expected a type of the closed list, got another';
  const actors = ACTORS.get(actor.kind);
  if (actors === undefined)
    return `${type}: expected an actor of the closed list of kinds, got another`;
  const wrong = unfit(HEAD, head) ?? unfit(actors, { ...actor }) ?? unfit(FIELDS[type], data ?? {});
  return wrong === undefined ? undefined : `${type}: ${wrong}`;
}

const HEADS = Object.entries(HEAD) as readonly [
  Exclude<keyof EntryDraft, 'type' | 'actor' | 'data'>,
  Field,
][];

/** The same of an entry that was read back, quick where it is sound. */
export function misshapenEntry(entry: Entry): string | undefined {
  return isSound(entry) ? undefined : misshapen(draftOf(entry));
}

function isSound(entry: Entry): boolean {
  const { type, actor, data } = entry;
  const actors = ACTORS.get(actor.kind);
  if (!Object.hasOwn(FIELDS, type) || actors === undefined) return false;
  for (const [name, field] of HEADS) {
    const value = entry[name] as EntryValue;
    if (value !== null && !field.fits(value)) return false;
  }
  return allFit(actors, actor as unknown as Entry['data']) && allFit(FIELDS[type], data);
}

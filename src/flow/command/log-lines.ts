import { numberText } from '../../core/id.ts';
import type { PersonId } from '../../core/id.ts';
import { wallClock } from '../../core/moment.ts';
import type { Moment } from '../../core/moment.ts';
import { signedUsd, usd } from '../../core/money.ts';
import type { NanoUsd } from '../../core/money.ts';
import { shortRef } from '../../core/why.ts';
import { readEntry } from '../../ledger/read.ts';
import type { Entry } from '../../ledger/read.ts';
import type { LogWorld } from './log-find.ts';
import type { LogRow, Place } from '../ports/record.ts';

/** What stands beside the record and tells it in words: names may be erased, the record stays. */
export type Tongue = {
  readonly when: (at: Moment) => string;
  readonly person: (id: string) => string;
  /** Short name of a client; `own log` for the practice's own. */
  readonly log: (client: string | null) => string;
};

export async function tongueOf({ store, facility }: LogWorld): Promise<Tongue> {
  const [people, clients] = await Promise.all([store.people(), store.clients()]);
  const names = new Map(people.map((p) => [p.id, p.role === 'guest' ? 'a guest' : p.name]));
  const slugs = new Map(clients.map((client) => [client.id as string, client.slug]));
  return {
    when: wallClock(facility.zone),
    // Whoever was erased keeps a row without a name, or none.
    person: (id) => names.get(id as PersonId) || 'an erased person',
    log: (client) => (client === null ? 'own log' : (slugs.get(client) ?? client)),
  };
}

/** One entry as one line: when, about what, what, who, where, under which rule, at what cost, and where it stands. */
export function lineOf(tongue: Tongue, row: LogRow): string {
  const entry = readEntry(row.bytes);
  return [
    `- ${[tongue.when(entry.at), ...aboutWords(tongue, entry, row), whatWords(entry)].join(' ')}`,
    `by ${whoWords(tongue, entry)}`,
    ...whereWords(entry),
    ...(entry.rule === null || entry.actor.kind === 'rule'
      ? []
      : [`rule ${ruleWords(entry.rule)}`]),
    ...costWords(entry),
    ...(entry.minutes === null ? [] : [`${entry.minutes} min by hand`]),
    ...(entry.draft === null ? [] : [`draft ${entry.draft.slice(0, 8)}`]),
    placeWords(tongue, row.place),
  ].join(', ');
}

/** `#142.2`; without a request the client; what concerns the practice alone is about nothing else. */
function aboutWords(tongue: Tongue, { client }: Entry, { number }: LogRow): readonly string[] {
  if (number !== null) return [numberText(number)];
  return client === null ? [] : [tongue.log(client)];
}

/** Of what an entry says beside its columns, the closed words and names that tell one of a type from another. */
const TELLING = ['file', 'id', 'purpose', 'outcome', 'waits_for', 'about'] as const;

function whatWords({ type, from, to, data }: Entry): string {
  const step = from !== null && to !== null && from !== to ? [`${from} to ${to}`] : [];
  const told = TELLING.flatMap((name) => (typeof data[name] === 'string' ? [cut(data[name])] : []));
  const more = [...step, ...told].join(', ');
  return more === '' ? type : `${type} (${more})`;
}

function whoWords(tongue: Tongue, { actor }: Entry): string {
  if (actor.kind === 'person') return tongue.person(actor.id);
  if (actor.kind === 'rule') return `rule ${ruleWords(actor.id)}`;
  return actor.kind === 'system' ? 'the system' : cut(actor.id);
}

/** The model that worked, else the lane. */
function whereWords({ model, lane, persona, actor }: Entry): readonly string[] {
  const who = persona === null || persona === actor.id ? [] : [`persona ${cut(persona)}`];
  if (model !== null) return [...who, `model ${cut(model)}${lane === null ? '' : ` (${lane})`}`];
  return lane === null ? who : [...who, `lane ${lane}`];
}

/** Only a finished call has a cost; one without a price says so. */
function costWords({ type, costNano }: Entry): readonly string[] {
  if (costNano !== null && type === 'cost.adjusted') return [signedUsd(costNano as NanoUsd)];
  if (costNano !== null) return [usd(costNano as NanoUsd)];
  return type === 'attempt.ended' ? ['cost not known'] : [];
}

/** `acme 8,412`: the log of acme, entry 8,412, counted from 0. */
export function placeWords(tongue: Tongue, place: Place | null): string {
  if (place === null) return 'not in its log yet';
  const words = `${tongue.log(place.client)} ${place.index.toLocaleString('en-US')}`;
  return place.signed ? words : `${words}, not signed yet`;
}

const ruleWords = (ref: string): string => cut(shortRef(ref));

/** Names may have 120 characters: a line stays a line, and the entry itself has the whole of it. */
const LONGEST = 60;

function cut(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST)}…`;
}

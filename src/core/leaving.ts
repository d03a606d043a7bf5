import type { CloudAnswer, Facts } from './facts.ts';
import type { Lane } from './lane.ts';
import { PLACE_KINDS, placesOf } from './placeholder.ts';
import type { PlaceKind } from './placeholder.ts';

/** How material goes to a lane: it stays here, goes out whole (without secrets), goes out redacted, or may not go at all. */
export type Leaving = 'stays' | 'whole' | 'redacted' | 'forbidden';

/** Lanes that are services outside of this machine; a record may name lanes of another version. */
export const OUTSIDE: ReadonlySet<string> = new Set<Lane>(['seat', 'senior']);

const BY_ANSWER: Readonly<Record<CloudAnswer, Leaving>> = {
  unset: 'forbidden',
  never: 'forbidden',
  redacted: 'redacted',
  allowed: 'whole',
};

/** Whether a lane is a service outside of this machine. */
export function isOutside(lane: Lane): boolean {
  return OUTSIDE.has(lane);
}

/**
 * How the material of a task goes to a lane. The limits say the same when work is planned; this is asked once more when it
 * would leave, by no rule that could be edited: what is confidential, or suspected to be, goes out under no setting.
 */
export function leavingOf(
  lane: Lane,
  { sensitivity, suspected }: Pick<Facts, 'sensitivity' | 'suspected'>,
  cloud: CloudAnswer,
): Leaving {
  if (!isOutside(lane)) return 'stays';
  if (sensitivity === 'confidential' || suspected === 'confidential') return 'forbidden';
  return BY_ANSWER[cloud];
}

/** What is counted of what was taken out: never a value. */
export const REPLACED_KINDS = [
  'email',
  'phone',
  'iban',
  'card',
  'ip',
  'term',
  'file',
  'literal',
  'secret',
] as const;
export type ReplacedKind = (typeof REPLACED_KINDS)[number];
export type Replaced = Readonly<Partial<Record<ReplacedKind, number>>>;

/** How many different values of each kind placeholders stand for in a text that goes out; secrets are counted by the masks. */
export function replacedIn(sent: string, secrets: number): Replaced {
  const found = placesOf(sent);
  const count = (kind: PlaceKind): number => found.filter((one) => one.kind === kind).length;
  const pairs = PLACE_KINDS.map(
    (kind) => [kind.toLowerCase() as ReplacedKind, count(kind)] as const,
  );
  return Object.fromEntries(
    [...pairs, ['secret', secrets] as const].filter(([, many]) => many > 0),
  );
}

const WORDS: Readonly<Record<ReplacedKind, readonly [one: string, many: string]>> = {
  email: ['mail address', 'mail addresses'],
  phone: ['phone number', 'phone numbers'],
  iban: ['IBAN', 'IBANs'],
  card: ['card number', 'card numbers'],
  ip: ['IP address', 'IP addresses'],
  term: ['listed term', 'listed terms'],
  file: ['file name', 'file names'],
  literal: ['text that looks like a placeholder', 'texts that look like placeholders'],
  secret: ['secret', 'secrets'],
};

/** What no pattern and no list can find; said wherever it is said what was replaced. */
export const NOT_FOUND = 'Names nobody listed are not found.';

/** What is looked for where work leaves redacted, in words. */
export const LOOKED_FOR =
  'mail addresses, phone numbers, IBANs, card numbers, IP addresses and the words listed for the client';

/** What was taken out before it went out, in a sentence or two; null where nothing was and nothing was to be. */
export function leftWords(left: 'whole' | 'redacted', replaced: Replaced): string | null {
  const values = REPLACED_KINDS.filter((kind) => kind !== 'secret').flatMap((kind) =>
    counted(kind, replaced[kind] ?? 0),
  );
  const secrets = counted('secret', replaced.secret ?? 0);
  const masked = secrets.length === 0 ? '' : ` Masked and not put back: ${secrets.join('')}.`;
  if (left === 'whole') return masked === '' ? null : masked.trim();
  const what = values.length === 0 ? 'nothing was found' : values.join(', ');
  return `Replaced before it left: ${what}.${masked} ${NOT_FOUND}`;
}

function counted(kind: ReplacedKind, many: number): readonly string[] {
  const [one, more] = WORDS[kind];
  return many === 0 ? [] : [`${many} ${many === 1 ? one : more}`];
}

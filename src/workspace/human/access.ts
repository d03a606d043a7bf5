import { Fault } from '../../core/fault.ts';
import {
  messageKey,
  type EphemeralMessage,
  type StoredChannel,
  type StoredFile,
  type StoredMessage,
  type StoredPerson,
} from '../records.ts';
import type { Wire } from '../wire/wire.ts';

/** The person one acts as. Throws Fault `not_found`. */
export function personOf(wire: Wire, as: string): StoredPerson {
  const person = wire.board.get('person', as);
  if (person !== undefined && person.role !== 'bot') return person;
  throw new Fault(
    'not_found',
    `Expected the id of a person of this workspace, got "${as}". GET /human/who lists them.`,
  );
}

/** Whether a person sees a channel: its members do, and everyone of the practice sees open ones. */
export function sees(person: StoredPerson, channel: StoredChannel): boolean {
  if (channel.members.includes(person.id)) return true;
  return channel.kind === 'channel' && person.role !== 'guest' && person.role !== 'stranger';
}

/** A channel the person sees, by id, `#name`, or the person whose direct message it is. Throws Fault `not_found`. */
export function channelOf(wire: Wire, person: StoredPerson, name: string): StoredChannel {
  const bare = name.replace(/^#/, '');
  const found =
    wire.board.get('channel', name) ??
    wire.board.all('channel').find((one) => one.kind !== 'im' && one.name === bare);
  if (found !== undefined && sees(person, found)) return found;
  throw new Fault(
    'not_found',
    `Expected a channel that ${person.realName} can see, got "${name}". Choose one from the list, or ask a member to invite you.`,
  );
}

/** A message as this person sees it, ephemeral ones of their own included. Throws Fault `not_found`. */
export function messageOf(
  wire: Wire,
  person: StoredPerson,
  at: { readonly channel: string; readonly ts: string },
): StoredMessage | EphemeralMessage {
  const channel = channelOf(wire, person, at.channel);
  const key = messageKey(channel.id, at.ts);
  const own = wire.board.ephemeral.get(key);
  const found =
    wire.board.get('message', key) ?? (own?.ephemeralTo === person.id ? own : undefined);
  if (found !== undefined) return found;
  throw new Fault(
    'not_found',
    `Expected a message in #${channel.name}, got the ts ${at.ts}, which is not there for ${person.realName}. It may have been deleted; load the channel again.`,
  );
}

/** A file this person may download: their own, or shared where they see it. Throws Fault `not_found`. */
export function fileOf(wire: Wire, person: StoredPerson, id: string): StoredFile {
  const file = wire.board.get('file', id);
  const shared = file?.channels.some(
    (channel) => wire.board.get('channel', channel)?.members.includes(person.id) === true,
  );
  if (file?.uploaded === true && (shared === true || file.user === person.id)) return file;
  throw new Fault(
    'not_found',
    `Expected a file shared with ${person.realName}, got "${id}". Ask who posted it to share it in a channel you are in.`,
  );
}

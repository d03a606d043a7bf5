import type { ClientId } from '../core/id.ts';

/** Whose key it is: `practice`, or `client-` and a client's id. */
export type KeyOwner = string;

export function ownerOf(client: ClientId | null): KeyOwner {
  return client === null ? 'practice' : `client-${client}`;
}

/** The name of a key, which is that of its file: `practice.2`. Generation 0 is a key from before there were numbers. */
export function keyName(owner: KeyOwner, generation: number): string {
  return generation === 0 ? owner : `${owner}.${generation}`;
}

const NAME = /^(practice|client-[0-9a-f-]{36})(?:\.([1-9][0-9]{0,5}))?$/;

/** Whose key of that name it is and which generation; undefined for anything else that lies beside keys. */
export function readKeyName(name: string): { owner: KeyOwner; generation: number } | undefined {
  const [, owner, generation] = NAME.exec(name) ?? [];
  return owner === undefined ? undefined : { owner, generation: Number(generation ?? 0) };
}

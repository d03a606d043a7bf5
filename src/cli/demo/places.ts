import type { HumanDriver } from '../../workspace/human/driver.ts';
import { CAST } from './cast.ts';

/** `#acme`, or whose direct messages it is. */
export function placeOf(human: HumanDriver, channel: string): string {
  for (const [who, { id }] of Object.entries(CAST)) {
    const found = human.channels(id).find((one) => one.id === channel);
    if (found !== undefined) return found.kind === 'im' ? `to ${who}` : `#${found.name}`;
  }
  return channel;
}

/** The id of a channel a person sees under this name. */
export function channelNamed(human: HumanDriver, as: string, name: string): string {
  return human.channels(as).find((one) => one.name === name)?.id ?? name;
}

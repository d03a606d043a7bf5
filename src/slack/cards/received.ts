import type { ReceivedMessage } from '../../flow/ports/message.ts';
import { section } from '../blocks.ts';
import type { Blocks } from '../blocks.ts';
import { bold, line, safe, say } from '../text.ts';

/** "#142 received": the one sign of life a client channel gets before something is delivered. */
export function received(message: ReceivedMessage): Blocks {
  return [section(say`${bold(line(message.number))} ${safe(message.says)}`)];
}

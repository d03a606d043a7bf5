import { randomUUID } from 'node:crypto';
import { command, readsAlone } from '../flow/command/command.ts';
import type { World } from '../flow/ports/world.ts';
import type { Config } from '../config.ts';
import { visit } from './visit.ts';

/**
 * Runs one subcommand as the owner, against the same database; AIOS may be running or not. One that only reads takes the
 * record as it is, whatever rules are on disk.
 */
export async function asked(config: Config, args: readonly string[]): Promise<number> {
  const text = args.map(quoted).join(' ');
  const answer = async (world: World): Promise<number> => {
    const reply = await command(world, {
      team: world.facility.team,
      channel: '',
      user: config.owner,
      text,
      eventId: randomUUID(),
    });
    console.log(reply.lines.join('\n'));
    return reply.ok ? 0 : 1;
  };
  return visit(config, answer, readsAlone(text) ? { rules: 'any' } : {});
}

/** Words the shell kept together stay together. */
function quoted(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}

import { randomUUID } from 'node:crypto';
import { command } from '../flow/command/command.ts';
import type { Config } from '../config.ts';
import { visit } from './visit.ts';

/** Runs one subcommand as the owner, against the same database; AIOS may be running or not. */
export async function asked(config: Config, args: readonly string[]): Promise<number> {
  return visit(config, async (world) => {
    const reply = await command(world, {
      team: world.facility.team,
      channel: '',
      user: config.owner,
      text: args.map(quoted).join(' '),
      eventId: randomUUID(),
    });
    console.log(reply.lines.join('\n'));
    return reply.ok ? 0 : 1;
  });
}

/** Words the shell kept together stay together. */
function quoted(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}

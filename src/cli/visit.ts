import { Fault } from '../core/fault.ts';
import { found } from '../flow/found.ts';
import type { Slack, World } from '../flow/ports/world.ts';
import type { Base, BaseNeeds, Keep } from '../main/base.ts';
import { FILE_CAP } from '../main/front.ts';
import { refuseUnsound } from '../main/sound-rules.ts';
import { worldOf } from '../main.ts';
import { openSlack } from '../slack/open.ts';
import { TEAM } from '../workspace/seed.ts';
import type { Config } from '../config.ts';
import { onBase } from './on-base.ts';
import { readRun } from './run-file.ts';

/**
 * Does something with the practice of this installation and leaves it as it was; AIOS may be running or not. With rules at
 * hand other than those in force it throws the Fault that a start would, unless any will do: what only reads needs none.
 */
export async function visit<T>(
  config: Config,
  act: (world: World, base: Base) => Promise<T>,
  more: Pick<BaseNeeds, 'library' | 'rules'> = {},
): Promise<T> {
  const use = async (base: Base, keep: Keep): Promise<T> => {
    const world = worldOf(base, await slackFor(config, keep));
    const isAsItIs = more.rules === 'any' && (await world.store.practice()) !== null;
    if (!isAsItIs) {
      const isToTake = (await refuseUnsound(base)) !== null;
      await found(world, base.origin, isToTake ? 'accept' : 'refuse');
    }
    return act(world, base);
  };
  return onBase(config, use, more);
}

type At = { readonly slack: Slack; readonly team: string; readonly botUser: string };

async function slackFor(config: Config, keep: Keep): Promise<At> {
  const run = config.slack === undefined ? await readRun(config) : null;
  const tokens =
    config.slack === undefined
      ? run
      : {
          botToken: config.slack.bot,
          appToken: config.slack.app,
          ...(config.slack.apiUrl === undefined ? {} : { apiUrl: config.slack.apiUrl }),
        };
  if (tokens === null) return offline();
  try {
    const room = await openSlack({ ...tokens, fileCap: FILE_CAP, log: () => undefined }, unheard);
    keep(() => room.close());
    return room;
  } catch (thrown) {
    // A stale word of a killed process is as good as none.
    if (config.slack !== undefined) throw thrown;
    return offline();
  }
}

function unheard(): never {
  throw new Fault('unavailable', 'The command line hears nobody.');
}

/** Settings can be read and set while AIOS is not running; what needs Slack says so. */
function offline(): At {
  const away = async (): Promise<never> => {
    throw new Fault(
      'slack_gone',
      'This needs the workspace, and AIOS is not running. Start it with `npm start` and try again.',
    );
  };
  const slack: Slack = {
    post: away,
    edit: away,
    deliver: away,
    fetch: away,
    whoIs: ownerOnly,
    dm: away,
    outsidersIn: away,
  };
  return { slack, team: TEAM.id, botUser: '' };
}

/** On the first start by the command line the owner has no name yet; Slack tells it on the first meeting. */
async function ownerOnly() {
  return { name: 'Owner', role: 'colleague', bot: false } as const;
}

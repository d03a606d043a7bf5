import { join } from 'node:path';
import type { Exact } from '../flow/ports/exact.ts';
import type { LaneClient, LaneHealth, Lanes } from '../flow/ports/lanes.ts';
import { makeLocalLane } from '../lanes/local.ts';
import { makeOffLane } from '../lanes/off.ts';
import { makeSeatLane } from '../lanes/seat.ts';
import { makeSeniorLane } from '../lanes/senior.ts';
import { makeToolLane } from '../lanes/tool/client.ts';
import type { Rehearsal } from '../rehearsal/open.ts';
import type { Config } from '../config.ts';

/** How long an answer about a lane's health is good for; a plan asks all four. */
const HEALTH_MS = 5_000;

/** Whether any model lane has no server or key of its own. */
function lanesMissing(config: Config): boolean {
  const { local, senior, seat } = config;
  return local.host === undefined || senior.apiKey === undefined || !hasSeat(seat);
}

function hasSeat({ organisation, own, providerUrl }: Config['seat']): boolean {
  return organisation !== undefined || own.size > 0 || providerUrl !== undefined;
}

/** Whether this installation rehearses: no Slack of its own, and a model lane that nothing serves. */
export function rehearses(config: Config): boolean {
  return config.slack === undefined && lanesMissing(config);
}

/** The four lanes. Where nothing is configured a stand-in answers, if there is one, else the lane is off and says why. */
export function openLanes(config: Config, exact: Exact, rehearsal: Rehearsal | null): Lanes {
  return {
    tool: makeToolLane(exact),
    local: remembered(local(config, rehearsal)),
    seat: remembered(seat(config, rehearsal)),
    senior: remembered(senior(config, rehearsal)),
  };
}

function local({ local: own }: Config, rehearsal: Rehearsal | null): LaneClient {
  if (own.host !== undefined)
    return makeLocalLane({ host: own.host, model: own.model, rehearsal: false });
  if (rehearsal !== null)
    return makeLocalLane({ host: rehearsal.ollamaUrl, model: 'rehearsal-local', rehearsal: true });
  return makeOffLane(
    'local',
    'No Ollama server is configured.',
    'Install Ollama, run `ollama pull gemma4` and set OLLAMA_HOST=http://127.0.0.1:11434.',
  );
}

function senior({ senior: own }: Config, rehearsal: Rehearsal | null): LaneClient {
  if (own.apiKey !== undefined)
    return makeSeniorLane({ apiKey: own.apiKey, model: own.model, rehearsal: false });
  if (rehearsal !== null)
    return makeSeniorLane({
      apiKey: 'rehearsal',
      // What would be asked: by its price the calls of a stand-in can be told what they would have cost.
      model: own.model,
      rehearsal: true,
      baseUrl: rehearsal.anthropicUrl,
    });
  return makeOffLane('senior', 'No Anthropic key is configured.', 'Set ANTHROPIC_API_KEY.');
}

function seat({ seat: settings, home }: Config, rehearsal: Rehearsal | null): LaneClient {
  const { organisation, own, providerUrl } = settings;
  const workFolder = join(home, 'seat');
  const tokens = { own, ...(organisation === undefined ? {} : { organisation }) };
  if (!hasSeat(settings) && rehearsal !== null)
    return makeSeatLane({ tokens, providerUrl: rehearsal.openaiUrl, rehearsal: true, workFolder });
  // A seat goes before a server of one's own.
  const isOwn = providerUrl !== undefined && organisation === undefined && own.size === 0;
  return makeSeatLane({ tokens, ...(isOwn ? { providerUrl } : {}), rehearsal: false, workFolder });
}

function remembered(lane: LaneClient): LaneClient {
  const known = new Map<string, { readonly at: number; readonly health: Promise<LaneHealth> }>();
  return {
    ...lane,
    health: (asker) => {
      // Other lanes are for everybody.
      const key = lane.id === 'seat' ? (asker ?? '') : '';
      const before = known.get(key);
      if (before !== undefined && Date.now() - before.at <= HEALTH_MS) return before.health;
      const health = lane.health(asker);
      known.set(key, { at: Date.now(), health });
      return health;
    },
  };
}

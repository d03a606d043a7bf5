import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Fault } from './core/fault.ts';

/** The folder of package.json, from src/ and from dist/. */
export const TOP = join(dirname(fileURLToPath(import.meta.url)), '..');

const optional = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? undefined : text.trim()));
const withDefault = (value: string) => optional.transform((text) => text ?? value);
const path = (name: string) =>
  withDefault(name).transform((text) => (isAbsolute(text) ? text : resolve(TOP, text)));

const ENV = z.object({
  AIOS_HOME: path('.aios'),
  AIOS_KEYS: optional,
  AIOS_OWNER: withDefault('U0OWNER'),
  AIOS_PORT: withDefault('4319').transform(Number).pipe(z.int().min(0).max(65_535)),
  AIOS_QUEUE_LOCK_MS: withDefault('30000').transform(Number).pipe(z.int().min(1_000)),
  AIOS_HEALTH_PORT: optional
    .transform((text) => (text === undefined ? undefined : Number(text)))
    .pipe(z.int().min(0).max(65_535).optional()),
  AIOS_LOG: withDefault('text').pipe(z.enum(['text', 'json'])),
  AIOS_TIME_ZONE: optional,
  AIOS_RULES: withDefault('accepted').pipe(z.enum(['accepted', 'auto'])),
  AIOS_RULES_DIR: path('rules'),
  DATABASE_URL: optional,
  REDIS_URL: optional,
  SLACK_BOT_TOKEN: optional,
  SLACK_APP_TOKEN: optional,
  SLACK_API_URL: optional,
  OLLAMA_HOST: optional,
  AIOS_LOCAL_MODEL: withDefault('gemma4'),
  ANTHROPIC_API_KEY: optional,
  AIOS_SENIOR_MODEL: withDefault('claude-opus-5-5'),
  COPILOT_GITHUB_TOKEN: optional,
  COPILOT_ORG_TOKEN: optional,
  AIOS_SEAT_PROVIDER_URL: optional,
});

export type Config = {
  /** State of this installation; mode 0700. */
  readonly home: string;
  /** Keys and passwords, apart from the state. */
  readonly keys: string;
  /** Slack id of the owner. */
  readonly owner: string;
  /** Port of the local workspace; 0 takes a free one. */
  readonly port: number;
  /** Port of the health endpoint on loopback; none when undefined. */
  readonly healthPort: number | undefined;
  readonly logFormat: 'text' | 'json';
  readonly zone: string;
  /** Whether a start takes rules that nobody accepted into force by itself; for development. */
  readonly rulesByThemselves: boolean;
  readonly rulesFolder: string;
  readonly personasFolder: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** How long a job of a killed process stays with it, in ms. */
  readonly queueLockMs: number;
  readonly slack:
    { readonly bot: string; readonly app: string; readonly apiUrl?: string } | undefined;
  readonly local: { readonly host: string | undefined; readonly model: string };
  readonly senior: { readonly apiKey: string | undefined; readonly model: string };
  readonly seat: {
    /** Token of an installation of the organisation: serves everybody. */
    readonly organisation: string | undefined;
    /** Tokens of people by Slack user id: each serves the work its person asked for. */
    readonly own: ReadonlyMap<string, string>;
    readonly providerUrl: string | undefined;
  };
};

/** Reads the settings of the environment once. Throws Fault `bad_config` naming each setting that is wrong. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = ENV.safeParse(env);
  if (!read.success)
    throw new Fault(
      'bad_config',
      `The environment has settings that cannot be used: ${read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')}. Mend them in the shell or in .env.`,
    );
  const e = read.data;
  return {
    home: e.AIOS_HOME,
    keys: e.AIOS_KEYS === undefined ? `${e.AIOS_HOME}-keys` : resolve(TOP, e.AIOS_KEYS),
    owner: e.AIOS_OWNER,
    port: e.AIOS_PORT,
    healthPort: e.AIOS_HEALTH_PORT,
    logFormat: e.AIOS_LOG,
    zone: zoneOf(e.AIOS_TIME_ZONE),
    rulesByThemselves: e.AIOS_RULES === 'auto',
    rulesFolder: e.AIOS_RULES_DIR,
    personasFolder: join(TOP, 'personas'),
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    queueLockMs: e.AIOS_QUEUE_LOCK_MS,
    slack: slackOf(e),
    local: { host: e.OLLAMA_HOST, model: e.AIOS_LOCAL_MODEL },
    senior: { apiKey: e.ANTHROPIC_API_KEY, model: e.AIOS_SENIOR_MODEL },
    seat: {
      organisation: e.COPILOT_ORG_TOKEN,
      own: seatTokens(env, e),
      providerUrl: e.AIOS_SEAT_PROVIDER_URL,
    },
  };
}

const OWN_SEAT = /^COPILOT_GITHUB_TOKEN_([UW][A-Z0-9]+)$/;

/** The owner's token stands without an id, those of colleagues with theirs behind it. */
function seatTokens(
  env: Readonly<Record<string, string | undefined>>,
  { AIOS_OWNER: owner, COPILOT_GITHUB_TOKEN: token }: z.output<typeof ENV>,
): ReadonlyMap<string, string> {
  const others = Object.entries(env).flatMap(([name, value = '']) => {
    const id = OWN_SEAT.exec(name)?.[1];
    return id === undefined || value.trim() === '' ? [] : [[id, value.trim()] as const];
  });
  return new Map([...(token === undefined ? [] : [[owner, token] as const]), ...others]);
}

function zoneOf(text: string | undefined): string {
  const zone = text ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch (cause) {
    throw new Fault(
      'bad_config',
      `AIOS_TIME_ZONE must be an IANA time zone such as Europe/Berlin, got "${zone}".`,
      { cause },
    );
  }
}

function slackOf(e: z.infer<typeof ENV>): Config['slack'] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: apiUrl } = e;
  if (bot === undefined && app === undefined) return undefined;
  if (bot === undefined || app === undefined)
    throw new Fault(
      'bad_config',
      `Slack needs both tokens; ${bot === undefined ? 'SLACK_BOT_TOKEN (xoxb-...)' : 'SLACK_APP_TOKEN (xapp-...)'} is missing. Set it, or unset the other to use the local workspace.`,
    );
  if (e.AIOS_OWNER === 'U0OWNER')
    throw new Fault(
      'bad_config',
      'AIOS_OWNER must be the Slack member id of the owner (profile > Copy member ID), got none.',
    );
  return apiUrl === undefined ? { bot, app } : { bot, app, apiUrl };
}

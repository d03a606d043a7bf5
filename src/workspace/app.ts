import { z } from 'zod';
import { Fault } from '../core/fault.ts';
import type { Command, Shortcut } from './human/protocol.ts';

/** What Slack knows of the app from its manifest. */
export type AppDefinition = {
  /** Bot scopes granted; a call without its scope answers `missing_scope`. */
  readonly scopes: ReadonlySet<string>;
  /** Event subscriptions: `app_mention`, `message.im`, `message.channels`, … */
  readonly events: ReadonlySet<string>;
  readonly commands: readonly Command[];
  readonly shortcuts: readonly Shortcut[];
};

const manifestShape = z.object({
  features: z.object({
    slash_commands: z
      .array(
        z.object({
          command: z.string(),
          description: z.string(),
          usage_hint: z.string().default(''),
        }),
      )
      .default([]),
    shortcuts: z
      .array(
        z.object({
          type: z.enum(['global', 'message']),
          name: z.string(),
          callback_id: z.string(),
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({
    scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()).default([]) }),
  }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }),
  }),
});

/**
 * The app as its Slack manifest (parsed JSON) describes it. Optional scopes are granted only with `optional: true`.
 * Throws Fault `bad_config` naming the first field that is not as expected.
 */
export function appFromManifest(
  manifest: unknown,
  options: { readonly optional?: boolean } = {},
): AppDefinition {
  const read = manifestShape.safeParse(manifest);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new Fault(
      'bad_config',
      `Expected a Slack app manifest, got a fault at ${issue?.path.join('.') ?? 'its top'}: ${issue?.message ?? 'unknown'}. Compare it with slack-manifest.json.`,
    );
  }
  const { features, oauth_config: oauth, settings } = read.data;
  const granted =
    options.optional === true
      ? [...oauth.scopes.bot, ...oauth.scopes.bot_optional]
      : oauth.scopes.bot;
  return {
    scopes: new Set(granted),
    events: new Set(settings.event_subscriptions.bot_events),
    commands: features.slash_commands,
    shortcuts: features.shortcuts,
  };
}

/** The app where nothing else is said: what AIOS needs, without reading the history of channels. */
export const DEFAULT_APP: AppDefinition = {
  scopes: new Set([
    'app_mentions:read',
    'assistant:write',
    'channels:read',
    'chat:write',
    'commands',
    'files:read',
    'files:write',
    'groups:read',
    'im:history',
    'im:read',
    'im:write',
    'reactions:write',
    'users:read',
  ]),
  events: new Set([
    'app_mention',
    'app_home_opened',
    'message.im',
    'message.channels',
    'message.groups',
  ]),
  commands: [
    {
      command: '/aios',
      description: 'Hand over work, see status, cost and the log',
      usage_hint: 'help | new <request> | status | why <id> | cost',
    },
  ],
  shortcuts: [
    { type: 'message', name: 'Hand this to AIOS', callback_id: 'hand_to_aios' },
    { type: 'global', name: 'New AIOS request', callback_id: 'new_request' },
  ],
};

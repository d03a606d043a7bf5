import { describe, expect, test } from '@jest/globals';
import { appFromManifest } from '../../src/workspace/app.ts';

const manifest = {
  features: { slash_commands: [{ command: '/aios', description: 'Hand over work' }] },
  oauth_config: { scopes: { bot: ['chat:write'], bot_optional: ['channels:history'] } },
  settings: { event_subscriptions: { bot_events: ['app_mention'] } },
};

describe('the app as its manifest describes it', () => {
  test('gets the scopes it asks for, the optional ones only where wanted', () => {
    expect(appFromManifest(manifest)).toEqual({
      scopes: new Set(['chat:write']),
      events: new Set(['app_mention']),
      commands: [{ command: '/aios', description: 'Hand over work', usage_hint: '' }],
      shortcuts: [],
    });
    expect(appFromManifest(manifest, { optional: true }).scopes).toEqual(
      new Set(['chat:write', 'channels:history']),
    );
  });

  test('a manifest with a fault is refused with its place', () => {
    const broken = { ...manifest, settings: {} };
    expect(() => appFromManifest(broken)).toThrow(
      'Expected a Slack app manifest, got a fault at settings.event_subscriptions',
    );
  });
});

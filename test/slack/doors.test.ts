import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { VERBS } from '../../src/flow/ports/doors.ts';
import { CALL_SCOPES, DOORS } from '../../src/slack/doors.ts';
import { draw, drawForm } from '../../src/slack/draw.ts';
import { MENU, readOptionValue, readPressName } from '../../src/slack/press-name.ts';
import { CARD, everyForm, everyMessage } from './samples.ts';

const named = (kind: string): string[] => DOORS.filter((d) => d.kind === kind).map((d) => d.name);

type Found = { action_id?: string; options?: { value: string }[] };

const verbOf = (name: { verb: string } | undefined): string => name?.verb ?? 'no verb';

/** Everything with an action id or options in a drawn thing. */
function found(value: unknown): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(found);
  return 'action_id' in value ? [value as Found, ...inner] : inner;
}

type Manifest = {
  features: {
    slash_commands: { command: string }[];
    shortcuts: { callback_id: string }[];
  };
  oauth_config: { scopes: { bot: string[]; bot_optional: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
};

async function manifest(): Promise<Manifest> {
  const text = await readFile(new URL('../../slack-manifest.json', import.meta.url), 'utf8');
  return JSON.parse(text) as Manifest;
}

describe('the list of doors', () => {
  test('has one for everything that can be pressed on a card', () => {
    const drawn = everyMessage().flatMap((m) => found(draw(m).blocks));
    expect(drawn.length).toBeGreaterThan(20);
    const actions = named('action');
    const pressed = new Set<string>();
    for (const { action_id: id = '', options } of drawn) {
      expect(actions).toContain(id.split(':')[0]);
      if (options === undefined) pressed.add(verbOf(readPressName(id)));
      else expect(id.split(':')[0]).toBe(MENU);
      for (const { value } of options ?? []) {
        expect(readOptionValue(value)?.card).toBe(CARD);
        pressed.add(verbOf(readOptionValue(value)));
      }
    }
    expect(pressed).toEqual(new Set(VERBS));
  });

  test('has one for every form that can be sent', () => {
    for (const form of everyForm()) {
      const { callback_id: id, submit } = drawForm(form);
      if (submit !== undefined) expect(named('view')).toContain(id);
    }
  });

  test('has each door once', () => {
    const all = DOORS.map((d) => `${d.kind} ${d.name}`);
    expect(new Set(all).size).toBe(all.length);
  });

  test('is what the manifest asks Slack for: no scope or event more, none less', async () => {
    const { features, oauth_config: oauth, settings } = await manifest();
    const needed = DOORS.filter((d) => d.optional !== true);
    const scopes = new Set([...needed.flatMap((d) => d.scopes), ...CALL_SCOPES]);
    const optional = DOORS.filter((d) => d.optional === true).flatMap((d) => d.scopes);
    expect(new Set(oauth.scopes.bot)).toEqual(scopes);
    expect(new Set(oauth.scopes.bot_optional)).toEqual(new Set(optional));
    const events = needed.filter((d) => d.kind === 'event').map((d) => d.name);
    expect(new Set(settings.event_subscriptions.bot_events)).toEqual(new Set(events));
    expect(features.slash_commands.map((c) => c.command)).toEqual(named('command'));
    expect(features.shortcuts.map((s) => s.callback_id)).toEqual(named('shortcut'));
  });
});

import { Fault } from '../../core/fault.ts';
import { isJson } from '../check/probe.ts';
import type { StoredPerson } from '../records.ts';
import { APP_ID, TEAM } from '../seed.ts';
import { slackMessage } from '../wire/messages.ts';
import { speak } from '../wire/respond.ts';
import type { Wire } from '../wire/wire.ts';
import { channelOf, messageOf, personOf } from './access.ts';
import { channelName, common } from './click.ts';
import type { Acted, RunShortcut, Slash } from './protocol.ts';
import { typed } from './typed.ts';

/** A person types a slash command. What the app answers in its ack is shown like an answer to the response_url. */
export async function slash(wire: Wire, asked: Slash): Promise<Acted> {
  const person = personOf(wire, asked.as);
  const channel = channelOf(wire, person, asked.channel);
  if (!wire.app.commands.some((one) => one.command === asked.command)) {
    const known = wire.app.commands.map((one) => one.command).join(', ');
    throw new Fault(
      'bad_input',
      `Expected a command of this workspace (${known}), got "${asked.command}". Put something before the slash to send it as a message.`,
    );
  }
  const origin = { person: person.id, channel: channel.id };
  const answered = await wire.delivery.ask('slash_commands', {
    token: 'workspace',
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: channel.id,
    channel_name: channelName(wire, channel.id),
    user_id: person.id,
    user_name: person.name,
    command: asked.command,
    text: typed(wire, asked.text.trim(), true),
    api_app_id: APP_ID,
    is_enterprise_install: 'false',
    response_url: `${wire.base()}${wire.keys.responsePath(origin)}`,
    trigger_id: wire.keys.trigger(origin),
  });
  if (isJson(answered.body) && Object.keys(answered.body).length > 0)
    speak(wire, origin, answered.body);
  await wire.board.saved();
  return { acked: answered.acked };
}

/** A person runs a shortcut: global, or on a message. */
export async function shortcut(wire: Wire, asked: RunShortcut): Promise<Acted> {
  const person = personOf(wire, asked.as);
  const known = wire.app.shortcuts.find((one) => one.callback_id === asked.callback_id);
  if (known === undefined)
    throw new Fault(
      'not_found',
      `Expected a shortcut of this app, got "${asked.callback_id}". Choose one from the menu.`,
    );
  const place =
    known.type === 'global'
      ? globalFields(wire, person)
      : messageFields(wire, person, { asked, name: known.name });
  const base = {
    ...common(person),
    callback_id: known.callback_id,
    action_ts: wire.board.nextTs(),
  };
  const { acked } = await wire.delivery.ask('interactive', { ...base, ...place });
  return { acked };
}

function globalFields(wire: Wire, person: StoredPerson): Record<string, unknown> {
  return { type: 'shortcut', trigger_id: wire.keys.trigger({ person: person.id }) };
}

function messageFields(
  wire: Wire,
  person: StoredPerson,
  run: { readonly asked: RunShortcut; readonly name: string },
): Record<string, unknown> {
  const { channel, ts } = run.asked;
  if (channel === undefined || ts === undefined) {
    throw new Fault(
      'bad_input',
      `Expected the message to run "${run.name}" on, got none. Run it from a message's menu.`,
    );
  }
  const message = messageOf(wire, person, { channel, ts });
  const origin = { person: person.id, channel: message.channel };
  return {
    type: 'message_action',
    trigger_id: wire.keys.trigger(origin),
    channel: { id: message.channel, name: channelName(wire, message.channel) },
    message: slackMessage(wire, message),
    message_ts: message.ts,
    response_url: `${wire.base()}${wire.keys.responsePath(origin)}`,
  };
}

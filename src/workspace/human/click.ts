import { Fault } from '../../core/fault.ts';
import { actor } from '../people.ts';
import type { EphemeralMessage, StoredMessage, StoredPerson, StoredView } from '../records.ts';
import { APP_ID, TEAM } from '../seed.ts';
import { slackMessage } from '../wire/messages.ts';
import { slackView } from '../wire/methods/views.ts';
import type { Wire } from '../wire/wire.ts';
import { messageOf, personOf } from './access.ts';
import { findElement, held, optionsOf, stateOf, type Found } from './elements.ts';
import type { Acted, Block, Click } from './protocol.ts';

type Surface =
  | {
      readonly is: 'message';
      readonly blocks: readonly Block[];
      readonly message: StoredMessage | EphemeralMessage;
    }
  | { readonly is: 'view'; readonly blocks: readonly Block[]; readonly view: StoredView };

/**
 * A person presses or chooses something. The value sent is that of the stored block, never of the page: a page cannot
 * make up a click. Throws Fault `not_found` for what is not there, `bad_input` for an option that is not offered.
 */
export async function click(wire: Wire, asked: Click): Promise<Acted> {
  const person = personOf(wire, asked.as);
  const surface = surfaceOf(wire, person, asked);
  const found = findElement(surface.blocks, asked);
  if (found === undefined) {
    throw new Fault(
      'not_found',
      `Expected an element with the action "${asked.action_id}", got none: the message has changed since. Load it again.`,
    );
  }
  refuseUnoffered(found, asked);
  const values = stateOf(surface.blocks, asked.values);
  if (surface.is === 'view') keepState(wire, surface.view, values);
  const answered = await wire.delivery.ask('interactive', {
    type: 'block_actions',
    ...common(person),
    trigger_id: wire.keys.trigger(originOf(surface, person)),
    actions: [action(wire, found, asked)],
    state: { values },
    ...placeFields(wire, surface, person),
  });
  return { acked: answered.acked };
}

/** The fields every interaction carries. */
export function common(person: StoredPerson): Record<string, unknown> {
  return {
    team: { id: TEAM.id, domain: TEAM.domain },
    user: actor(person),
    api_app_id: APP_ID,
    token: 'workspace',
    enterprise: null,
    is_enterprise_install: false,
  };
}

function surfaceOf(wire: Wire, person: StoredPerson, asked: Click): Surface {
  if (!('view_id' in asked.at)) {
    const message = messageOf(wire, person, asked.at);
    return { is: 'message', message, blocks: message.blocks ?? [] };
  }
  const id = asked.at.view_id;
  const home = wire.board.get('home', person.id);
  const view = home?.id === id ? home : wire.board.get('view', id);
  if (view === undefined || view.person !== person.id)
    throw new Fault(
      'not_found',
      `Expected an open view of ${person.realName}, got "${id}". It was closed; open it again.`,
    );
  return { is: 'view', view, blocks: view.blocks };
}

function refuseUnoffered({ element }: Found, asked: Click): void {
  const wanted = [
    ...(asked.selected_option === undefined ? [] : [asked.selected_option]),
    ...(asked.selected_options ?? []),
  ];
  const offered = new Set(optionsOf(element).map((option) => option['value']));
  const stray = wanted.find((value) => !offered.has(value));
  if (stray !== undefined)
    throw new Fault(
      'bad_input',
      `Expected one of the options offered, got "${stray}". Load the message again.`,
    );
}

function keepState(wire: Wire, view: StoredView, values: StoredView['state']['values']): void {
  wire.board.put(
    view.type === 'home' ? 'home' : 'view',
    view.type === 'home' ? view.person : view.id,
    { ...view, state: { values } },
  );
}

function originOf(surface: Surface, person: StoredPerson): Parameters<Wire['keys']['trigger']>[0] {
  if (surface.is === 'view')
    return {
      person: person.id,
      ...(surface.view.type === 'modal' ? { view: surface.view.id } : {}),
    };
  const { message } = surface;
  return {
    person: person.id,
    channel: message.channel,
    ts: message.ts,
    ephemeral: 'ephemeralTo' in message,
  };
}

function action(wire: Wire, { block, element }: Found, asked: Click): Record<string, unknown> {
  return {
    action_id: asked.action_id,
    block_id: block.block_id,
    action_ts: wire.board.nextTs(),
    ...held(element, asked),
  };
}

function placeFields(wire: Wire, surface: Surface, person: StoredPerson): Record<string, unknown> {
  if (surface.is === 'view') {
    const view =
      wire.board.get('view', surface.view.id) ?? wire.board.get('home', person.id) ?? surface.view;
    return { container: { type: 'view', view_id: view.id }, view: slackView(view) };
  }
  const { message } = surface;
  const ephemeral = 'ephemeralTo' in message;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...thread,
    },
    channel: { id: message.channel, name: channelName(wire, message.channel) },
    ...(ephemeral ? {} : { message: slackMessage(wire, message) }),
    response_url: `${wire.base()}${wire.keys.responsePath(originOf(surface, person))}`,
  };
}

/** Slack names direct messages `directmessage` and private channels by their name. */
export function channelName(wire: Wire, id: string): string {
  const channel = wire.board.get('channel', id);
  return channel === undefined || channel.kind === 'im' ? 'directmessage' : channel.name;
}

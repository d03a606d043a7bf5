import type { Channel } from '../human/protocol.ts';
import type { App } from './app.ts';
import { byId, h } from './dom.ts';
import { clientReads, messagesOf, unread, type World } from './world.ts';

const names = (world: World, ids: readonly string[]): string =>
  world.state.people
    .filter(({ id }) => ids.includes(id))
    .map(({ real_name }) => real_name)
    .join(', ');

function drawChannel(world: World, channel: Channel): void {
  byId('title').textContent = channel.kind === 'im' ? channel.name : `#${channel.name}`;
  byId('topic').textContent = channel.topic || names(world, channel.members);
  byId('topic').title = names(world, channel.members);
  const client = channel.kind !== 'im' && clientReads(world, channel);
  const tag = h('span', { class: 'tag guest' }, 'A client reads here');
  byId('audience').replaceChildren(...(client ? [tag] : []));
}

function drawConnection({ online, state }: World): void {
  byId('offline').hidden = online && state.connected > 0;
  byId('offline').textContent = online
    ? 'AIOS is not connected at the moment: buttons and commands will not answer.'
    : 'The connection to the workspace is lost. Trying again…';
}

/** The banner, the title of the open conversation, who reads it, and the state of the connection. */
export function drawHead({ world }: App): void {
  const { state } = world;
  const channel = state.channels.find(({ id }) => id === world.channel);
  if (channel !== undefined) drawChannel(world, channel);
  byId('team').textContent = state.team;
  byId('label').textContent = state.label;
  byId('rehearsal').hidden = state.rehearsal !== true;
  const fresh = state.channels.flatMap(({ id }) => messagesOf(world, id));
  const { count } = unread(world, fresh);
  const waiting = count > 0 ? `(${count}) ` : '';
  document.title = `${waiting}${byId('title').textContent} · AIOS workspace`;
  drawConnection(world);
}

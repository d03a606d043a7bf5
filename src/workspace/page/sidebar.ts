import type { Channel, Person } from '../human/protocol.ts';
import { type App, attempt } from './app.ts';
import { byId, h, hidden } from './dom.ts';
import { makeList } from './list.ts';
import { ROLE, seal } from './seal.ts';
import { clientReads, messagesOf, unread } from './world.ts';

function face(app: App, channel: Channel): readonly (HTMLElement | string | null)[] {
  const { count, named } = unread(app.world, messagesOf(app.world, channel.id));
  const words = `${count} unread${named ? ', you are mentioned' : ''}`;
  return [
    channel.kind === 'im'
      ? h('span', { class: 'sigil dm', 'aria-hidden': 'true' }, '@')
      : h('span', { class: 'sigil', 'aria-hidden': 'true' }, '#'),
    h('span', { class: 'place-name' }, channel.name),
    channel.kind !== 'im' && clientReads(app.world, channel)
      ? h('span', { class: 'tag guest' }, 'client')
      : null,
    count > 0
      ? h(
          'span',
          { class: named ? 'badge named' : 'badge' },
          h('span', { 'aria-hidden': 'true' }, named ? `@ ${count}` : String(count)),
          hidden(words),
        )
      : null,
  ];
}

function place(app: App, channel: Channel): HTMLElement {
  const here = channel.id === app.world.channel;
  return h(
    'button',
    {
      type: 'button',
      class: 'place',
      id: `place-${channel.id}`,
      'aria-current': here ? 'page' : undefined,
      click: () => app.openChannel(channel.id),
    },
    ...face(app, channel),
  );
}

const places = (app: App, channels: readonly Channel[]) =>
  channels.map((channel) => ({
    key: channel.id,
    look: JSON.stringify([
      channel,
      channel.id === app.world.channel,
      unread(app.world, messagesOf(app.world, channel.id)),
    ]),
    draw: () => place(app, channel),
  }));

/** A person one has no direct messages with yet. */
const strangers = (app: App, dms: readonly Channel[]) => {
  const { me, people, bot } = app.world.state;
  return [bot, ...people]
    .filter(({ id }) => id !== me.id && !dms.some(({ members }) => members.includes(id)))
    .map((person) => ({ key: person.id, look: person.real_name, draw: () => newDm(app, person) }));
};

function newDm(app: App, person: Person): HTMLElement {
  const start = (): void =>
    void attempt(app, async () => {
      const { channel } = await app.api.openDm(person.id);
      app.world.state = {
        ...app.world.state,
        channels: [...app.world.state.channels.filter(({ id }) => id !== channel.id), channel],
      };
      app.openChannel(channel.id);
    });
  return h(
    'button',
    { type: 'button', class: 'place quiet', id: `write-${person.id}`, click: start },
    h('span', { class: 'sigil dm', 'aria-hidden': 'true' }, '@'),
    h('span', { class: 'place-name' }, hidden('Write to '), person.real_name),
  );
}

function personButton(app: App, person: Person): HTMLElement {
  const mine = person.id === app.world.state.me.id;
  return h(
    'button',
    {
      type: 'button',
      class: 'person',
      id: `be-${person.id}`,
      'aria-pressed': String(mine),
      click: () => app.bePerson(person.id),
    },
    seal(person),
    h(
      'span',
      { class: 'person-words' },
      h('span', { class: 'place-name' }, person.real_name),
      h('span', { class: 'note' }, person.title || ROLE[person.role]),
    ),
  );
}

/** Channels, direct messages, and the switch between people. */
export function makeSidebar(): (app: App) => void {
  const channels = makeList(byId('channels'));
  const dms = makeList(byId('dms'));
  const people = makeList(byId('people'));
  return (app) => {
    const { state } = app.world;
    const direct = state.channels.filter(({ kind }) => kind === 'im');
    channels(
      places(
        app,
        state.channels.filter(({ kind }) => kind !== 'im'),
      ),
    );
    dms([...places(app, direct), ...strangers(app, direct)]);
    people(
      state.people
        .filter(({ id }) => id !== state.bot.id)
        .map((person) => ({
          key: person.id,
          look: JSON.stringify([person, state.me.id === person.id]),
          draw: () => personButton(app, person),
        })),
    );
  };
}

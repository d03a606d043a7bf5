import type { Message, Person } from '../human/protocol.ts';
import { type App, attempt } from './app.ts';
import { drawBlocks } from './blocks.ts';
import { type Child, h, hidden, icon } from './dom.ts';
import { fileCard } from './files.ts';
import { menuButton } from './menu.ts';
import { mrkdwn } from './prose.ts';
import { type Field, readFields, type Scene } from './scene.ts';
import { ROLE, seal } from './seal.ts';
import { clockTime, fullTime } from './time.ts';
import { sign } from './mrkdwn.ts';
import { directoryOf, isReply, repliesOf, unread } from './world.ts';

/** Where a message is drawn; the same message may stand in the timeline and at the head of its thread. */
export type Pane = 'timeline' | 'thread';

function sceneOf(app: App, message: Message, pane: Pane): Scene {
  const fields: Field[] = [];
  const at = { channel: message.channel, ts: message.ts };
  return {
    key: `${pane}-${message.ts}`,
    directory: directoryOf(app.world),
    heading: 4,
    held: {},
    errors: {},
    fields,
    act: async (choice) => {
      await attempt(app, () => app.api.click({ at, ...choice, values: readFields(fields) }));
    },
  };
}

const ACTS = 'button, a.btn, input, select, textarea';

/** Says when a message was edited, and when a card has nothing left to press. */
function editedMark(message: Message, content: HTMLElement): Child {
  if (message.edited === undefined) return null;
  const closed =
    message.bot && message.blocks !== undefined && content.querySelector(ACTS) === null;
  const time = h('time', { title: fullTime(message.edited.ts) }, clockTime(message.edited.ts));
  return closed
    ? h('span', { class: 'note locked' }, icon('lock'), 'locked ', time)
    : h('span', { class: 'note' }, 'edited ', time);
}

function byline(message: Message, person: Person | undefined, more: readonly Child[]): HTMLElement {
  const tag = person === undefined || person.role === 'owner' ? null : ROLE[person.role];
  return h(
    'div',
    { class: 'byline' },
    h('h3', { class: 'name' }, person?.real_name ?? message.user),
    tag === null ? null : h('span', { class: `tag ${person?.role ?? ''}` }, tag),
    h(
      'time',
      {
        class: 'at',
        datetime: new Date(Number(message.ts) * 1000).toISOString(),
        title: fullTime(message.ts),
      },
      clockTime(message.ts),
    ),
    message.ephemeral_to === undefined
      ? null
      : h('span', { class: 'tag private' }, icon('eye'), 'Only visible to you'),
    ...more,
  );
}

function threadButton(app: App, message: Message): HTMLElement {
  const replies = repliesOf(app.world, message.channel, message.ts);
  const last = replies.at(-1);
  const open = { type: 'button', click: () => app.openThread(message.ts) } as const;
  if (last === undefined) {
    return h('button', { ...open, class: 'btn quiet late' }, icon('reply'), 'Reply in thread');
  }
  const { count } = unread(app.world, replies);
  const words = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return h(
    'button',
    {
      ...open,
      class: 'btn quiet thread-link',
      'aria-expanded': String(app.world.thread === message.ts),
    },
    icon('reply'),
    h('strong', {}, words),
    count > 0 ? h('span', { class: 'badge' }, `${count} new`) : null,
    h('span', { class: 'note' }, `last ${clockTime(last.ts)}`),
  );
}

function shortcuts(app: App, message: Message): Child {
  const own = app.world.state.shortcuts.filter(({ type }) => type === 'message');
  if (own.length === 0 || message.ephemeral_to !== undefined) return null;
  const at = { channel: message.channel, ts: message.ts };
  const menu = menuButton({ label: 'Message actions', class: 'btn quiet' }, [icon('more')], () =>
    own.map(({ name, callback_id }) => ({
      label: name,
      choose: () => void attempt(app, () => app.api.shortcut({ callback_id, ...at })),
    })),
  );
  menu.classList.add('message-menu');
  return menu;
}

function reactions(message: Message): Child {
  const all = message.reactions ?? [];
  if (all.length === 0) return null;
  const one = ({ name, users }: (typeof all)[number]): HTMLElement =>
    h('li', {}, sign(name), hidden(` ${name}`), ` ${users.length}`);
  return h('ul', { class: 'reactions', role: 'list', 'aria-label': 'Reactions' }, ...all.map(one));
}

function contentOf(message: Message, scene: Scene): HTMLElement {
  const blocks = message.blocks ?? [];
  if (blocks.length === 0)
    return h('div', { class: 'said' }, mrkdwn(scene.directory, message.text));
  return h('div', { class: message.bot ? 'card' : 'said' }, ...drawBlocks(blocks, scene));
}

/** Draws one message. Blocks win over text, as in Slack: the text is then only what is spoken and notified. */
export function drawMessage(app: App, message: Message, pane: Pane): HTMLElement {
  const scene = sceneOf(app, message, pane);
  const person = scene.directory.people.find(({ id }) => id === message.user);
  const content = contentOf(message, scene);
  const own = message.ephemeral_to !== undefined;
  const startsThread = pane === 'timeline' && !isReply(message) && !own;
  return h(
    'article',
    { class: own ? 'message ephemeral' : 'message', tabindex: '-1', 'data-ts': message.ts },
    seal(person),
    h(
      'div',
      { class: 'message-body' },
      byline(message, person, [editedMark(message, content), shortcuts(app, message)]),
      content,
      ...(message.files ?? []).map(fileCard),
      reactions(message),
      startsThread ? h('div', { class: 'message-foot' }, threadButton(app, message)) : null,
    ),
  );
}

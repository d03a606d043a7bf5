import type { Message } from '../human/protocol.ts';
import type { App } from './app.ts';
import { byId, h } from './dom.ts';
import { type Line, makeList } from './list.ts';
import { drawMessage, type Pane } from './message.ts';
import { dayName } from './time.ts';
import { isReply, messagesOf, repliesOf, unread } from './world.ts';

function messageLine(app: App, message: Message, pane: Pane): Line {
  const { world } = app;
  const replies = pane === 'timeline' ? repliesOf(world, message.channel, message.ts) : [];
  const around = [
    replies.length,
    replies.at(-1)?.ts,
    unread(world, replies).count,
    world.thread === message.ts,
  ];
  return {
    key: message.ts,
    look: JSON.stringify([
      world.state.me.id,
      world.state.shortcuts,
      world.state.people.length,
      message,
      around,
    ]),
    draw: () => drawMessage(app, message, pane),
  };
}

function withDays(app: App, messages: readonly Message[], pane: Pane): readonly Line[] {
  let day = '';
  return messages.flatMap((message) => {
    const line = messageLine(app, message, pane);
    const name = dayName(message.ts);
    if (name === day) return [line];
    day = name;
    const head: Line = {
      key: `day ${name}`,
      look: name,
      draw: () => h('div', { class: 'day' }, h('span', {}, name)),
    };
    return [head, line];
  });
}

/** Draws lines, and stays at the end where the person was at the end. */
function follow(scroller: HTMLElement, draw: () => void): void {
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
  draw();
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
}

/** The open conversation. */
export function makeTimeline(): (app: App) => void {
  const scroller = byId('timeline');
  const draw = makeList(byId('messages'));
  let shown = '';
  return (app) => {
    const { world } = app;
    const top = messagesOf(world, world.channel).filter((message) => !isReply(message));
    byId('empty').hidden = top.length > 0;
    follow(scroller, () => draw(withDays(app, top, 'timeline')));
    if (shown !== world.channel) scroller.scrollTop = scroller.scrollHeight;
    shown = world.channel;
  };
}

/** The open thread: its first message, then the replies. */
export function makeThread(): (app: App) => void {
  const scroller = byId('thread-scroll');
  const draw = makeList(byId('replies'));
  let shown: string | null = null;
  return (app) => {
    const { world } = app;
    const ts = world.thread;
    byId('thread').hidden = ts === null;
    document.body.classList.toggle('with-thread', ts !== null);
    if (ts !== null) {
      const first = messagesOf(world, world.channel).filter((message) => message.ts === ts);
      const all = [...first, ...repliesOf(world, world.channel, ts)];
      follow(scroller, () => draw(all.map((message) => messageLine(app, message, 'thread'))));
      if (shown !== ts) scroller.scrollTop = scroller.scrollHeight;
      byId('thread-status').textContent = world.status.get(`${world.channel}/${ts}`) ?? '';
    }
    shown = ts;
  };
}

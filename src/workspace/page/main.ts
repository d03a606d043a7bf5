import { makeApi, who } from './api.ts';
import { type App, attempt } from './app.ts';
import { makeComposer } from './composer.ts';
import { byId, h } from './dom.ts';
import { drawHead } from './head.ts';
import { lastPerson, rememberChannel, rememberPerson, rememberRead } from './memory.ts';
import { makeModal } from './modal.ts';
import { makeThread, makeTimeline } from './panes.ts';
import { enter, follow } from './session.ts';
import { makeSidebar } from './sidebar.ts';
import { markRead, messagesOf } from './world.ts';

let app: App;
let stop = (): void => {};
const current = (): App => app;

/** Tells a sentence where the person is: inside the open dialog, which hides the rest of the page, or above the page. */
function notice(sentence: string | undefined): void {
  const inDialog = document.querySelector('dialog[open] .dialog-notice');
  if (inDialog !== null) inDialog.textContent = sentence ?? '';
  byId('notice').hidden = sentence === undefined || inDialog !== null;
  byId('notice-text').textContent = sentence ?? '';
}

const message = makeComposer(current, {
  into: byId('compose'),
  pane: byId('conversation'),
  inThread: false,
});
const reply = makeComposer(current, {
  into: byId('compose-reply'),
  pane: byId('thread'),
  inThread: true,
});
const parts = [
  drawHead,
  makeSidebar(),
  makeTimeline(),
  makeThread(),
  makeModal(current),
  drawPrompts,
  message.draw,
  reply.draw,
];

/** Questions the app suggests in a direct message, as buttons that fill the box. */
function drawPrompts({ world }: App): void {
  const fresh = messagesOf(world, world.channel).length === 0;
  const prompts = fresh ? (world.prompts.get(world.channel) ?? []) : [];
  byId('prompts').replaceChildren(
    ...prompts.map((prompt) =>
      h(
        'button',
        { type: 'button', class: 'btn', click: () => message.fill(prompt.message) },
        prompt.title,
      ),
    ),
  );
}

function draw(): void {
  const { world } = app;
  if (document.visibilityState === 'visible' && markRead(world))
    rememberRead(world.state.me.id, world.read);
  for (const part of parts) part(app);
}

let due = false;
/** Many events at once are one drawing. */
function changed(): void {
  if (due) return;
  due = true;
  queueMicrotask(() => {
    due = false;
    draw();
  });
}

function openChannel(channel: string): void {
  const { world, api } = app;
  world.channel = channel;
  world.thread = null;
  rememberChannel(world.state.me.id, channel);
  const withBot = world.state.channels
    .find(({ id }) => id === channel)
    ?.members.includes(world.state.bot.id);
  const direct = world.state.channels.find(({ id }) => id === channel)?.kind === 'im';
  if (direct && withBot === true)
    void attempt(app, () => api.messagesOpened().then(() => undefined));
  showPlaces(false);
  draw();
  message.focus();
}

function openThread(ts: string | null): void {
  const from = app.world.thread;
  app.world.thread = ts;
  draw();
  if (ts !== null) return reply.focus();
  const back = byId('messages').querySelector(`[data-ts="${CSS.escape(from ?? '')}"] .thread-link`);
  if (back instanceof HTMLElement) back.focus();
  else message.focus();
}

async function bePerson(id: string): Promise<void> {
  stop();
  notice(undefined);
  const api = makeApi(id);
  const world = await enter(api);
  app = {
    world,
    api,
    changed,
    notice,
    openChannel,
    openThread,
    bePerson: (other) => void bePerson(other).catch(failed),
  };
  rememberPerson(id);
  stop = follow(api, world, changed);
  draw();
  byId('live').textContent = `You are now ${world.state.me.real_name}.`;
}

/** On a narrow window the list of conversations is a drawer. */
function showPlaces(open: boolean): void {
  document.body.classList.toggle('with-places', open);
  byId('places-button').setAttribute('aria-expanded', String(open));
}

const failed = (error: unknown): void =>
  notice(error instanceof Error ? error.message : String(error));

byId('notice-close').addEventListener('click', () => notice(undefined));
byId('thread-close').addEventListener('click', () => openThread(null));
byId('places-button').addEventListener('click', () => {
  const open = byId('places-button').getAttribute('aria-expanded') !== 'true';
  showPlaces(open);
});
byId('thread').addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented) openThread(null);
});
document.addEventListener('visibilitychange', () => changed());

const { people } = await who().catch((error: unknown) => {
  failed(error);
  return { people: [] };
});
const start =
  people.find(({ id }) => id === lastPerson()) ??
  people.find(({ role }) => role === 'owner') ??
  people[0];
if (start !== undefined) await bePerson(start.id).catch(failed);

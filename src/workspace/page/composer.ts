import { type App, attempt } from './app.ts';
import { makeAttachments } from './attachments.ts';
import { h, hidden, icon } from './dom.ts';
import { menuButton } from './menu.ts';
import { type Outgoing, outgoing } from './outgoing.ts';
import { directoryOf } from './world.ts';

/** A box to write in: the one of the conversation, or the one of the thread. */
export interface Composer {
  readonly draw: (app: App) => void;
  readonly focus: () => void;
  readonly fill: (text: string) => void;
}

interface Parts {
  readonly app: () => App;
  readonly inThread: boolean;
  readonly box: HTMLTextAreaElement;
  readonly files: ReturnType<typeof makeAttachments>;
}

const NO_SLASH =
  'Slash commands do not work in a thread; that is Slack’s rule too. Write it in the conversation, or mention @aios here.';

async function carry(parts: Parts, out: Outgoing): Promise<boolean> {
  const app = parts.app();
  const { channel, thread } = app.world;
  if (out.kind === 'command') {
    if (parts.inThread) {
      app.notice(NO_SLASH);
      return false;
    }
    return attempt(app, () => app.api.slash({ channel, command: out.command, text: out.text }));
  }
  return attempt(app, async () => {
    const files = await parts.files.ids();
    if (out.text === '' && files.length === 0) return;
    const where = parts.inThread && thread !== null ? { thread_ts: thread } : {};
    await app.api.say({
      channel,
      text: out.text,
      ...where,
      ...(files.length > 0 ? { files } : {}),
    });
  });
}

/** Sends what is in the box; it is emptied at once, and filled again if the sending failed. */
async function send(parts: Parts): Promise<void> {
  const typed = parts.box.value;
  if (typed.trim() === '' && parts.files.count() === 0) return;
  const { people, channels } = directoryOf(parts.app().world);
  parts.box.value = '';
  if (await carry(parts, outgoing(typed, { people, channels }))) parts.files.clear();
  else if (parts.box.value === '') parts.box.value = typed;
}

function insert({ box }: Parts, text: string): void {
  const before = box.value.slice(0, box.selectionStart);
  const gap = before === '' || /\s$/.test(before) ? '' : ' ';
  box.setRangeText(`${gap}${text} `, box.selectionStart, box.selectionEnd, 'end');
  box.focus();
}

function attachButton(parts: Parts): HTMLElement {
  const input = h('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    tabindex: '-1',
    'aria-label': 'Files to attach',
  });
  input.addEventListener('change', () => {
    parts.files.add(input.files ?? []);
    input.value = '';
    parts.box.focus();
  });
  const open = h(
    'button',
    { type: 'button', class: 'btn quiet', click: () => input.click() },
    icon('clip'),
    'Attach',
  );
  return h('span', {}, open, input);
}

function shortcutMenu(parts: Parts): HTMLElement {
  return menuButton({ label: 'Shortcuts', class: 'btn quiet shortcuts' }, [icon('more')], () => {
    const app = parts.app();
    return app.world.state.shortcuts
      .filter(({ type }) => type === 'global')
      .map(({ name, callback_id }) => ({
        label: name,
        choose: () => void attempt(app, () => app.api.shortcut({ callback_id })),
      }));
  });
}

/** Files may be dropped anywhere on the pane, or pasted into the box. */
function takeDrops(parts: Parts, pane: HTMLElement): void {
  const over = (on: boolean) => (): void => void pane.classList.toggle('dropping', on);
  pane.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    over(true)();
  });
  pane.addEventListener('dragleave', over(false));
  pane.addEventListener('drop', (event) => {
    over(false)();
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    parts.files.add(event.dataTransfer.files);
    parts.box.focus();
  });
  parts.box.addEventListener('paste', (event) => {
    const files = event.clipboardData?.files;
    if (files === undefined || files.length === 0) return;
    event.preventDefault();
    parts.files.add(files);
  });
}

function formOf(parts: Parts, label: string): HTMLElement {
  const { box, inThread } = parts;
  const hint = `${box.id}-hint`;
  box.setAttribute('aria-describedby', hint);
  const mention = h(
    'button',
    { type: 'button', class: 'btn quiet', click: () => insert(parts, '@aios') },
    '@ AIOS',
    hidden(' insert a mention'),
  );
  const form = h(
    'form',
    { class: 'composer' },
    h('label', { class: 'unseen', for: box.id }, label),
    box,
    parts.files.node,
    h(
      'div',
      { class: 'composer-foot' },
      mention,
      attachButton(parts),
      inThread ? null : shortcutMenu(parts),
      h('span', { class: 'hint', id: hint }, 'Enter sends, Shift+Enter makes a new line'),
      h('button', { class: 'btn primary send' }, icon('send'), inThread ? 'Reply' : 'Send'),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(parts);
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send(parts);
  });
  return form;
}

/** Makes a composer inside `into`; files dropped on `pane` are its. Unsent text is kept per conversation and thread. */
export function makeComposer(
  app: () => App,
  place: { readonly into: HTMLElement; readonly pane: HTMLElement; readonly inThread: boolean },
): Composer {
  const { inThread, into, pane } = place;
  const box = h('textarea', {
    id: inThread ? 'reply-box' : 'message-box',
    rows: '2',
    class: 'box',
  });
  const files = makeAttachments(
    () => app().api,
    (sentence) => app().notice(sentence),
  );
  const parts: Parts = { app, inThread, box, files };
  into.append(formOf(parts, inThread ? 'Reply' : 'Message'));
  takeDrops(parts, pane);
  const drafts = new Map<string, string>();
  let where = '';
  return {
    focus: () => box.focus(),
    fill: (text) => {
      box.value = text;
      box.focus();
    },
    draw: ({ world }) => {
      const now = `${world.state.me.id} ${world.channel} ${inThread ? world.thread : ''}`;
      if (now === where) return;
      drafts.set(where, box.value);
      box.value = drafts.get(now) ?? '';
      files.clear();
      where = now;
      const channel = world.state.channels.find(({ id }) => id === world.channel);
      const name = channel?.kind === 'im' ? channel.name : `#${channel?.name ?? ''}`;
      box.placeholder = inThread
        ? 'Reply…'
        : `Message ${name}: @aios to ask for work, /aios for commands`;
    },
  };
}

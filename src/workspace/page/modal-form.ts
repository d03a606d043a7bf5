import type { Block, View } from '../human/protocol.ts';
import { type App, attempt } from './app.ts';
import { drawBlocks } from './blocks.ts';
import { once } from './buttons.ts';
import { h, hidden, icon } from './dom.ts';
import { type Field, type Held, readFields, type Scene } from './scene.ts';
import { directoryOf } from './world.ts';

/** block_id -> sentence. */
export type Errors = Readonly<Record<string, string>>;

/** What the dialog shows now. */
export interface Shown {
  readonly view: View;
  readonly errors: Errors;
  readonly fields: Field[];
}

const isEmpty = (held: Held): boolean =>
  Object.entries(held).every(
    ([key, value]) =>
      key === 'type' || value === null || (Array.isArray(value) && value.length === 0),
  );

const mustBeFilled = (block: Block): boolean =>
  block.type === 'input' && block['optional'] !== true;

/** Slack's client refuses empty required inputs itself; so does this page, in words. */
export function missing({ view, fields }: Shown): Errors {
  const required = view.blocks.filter(mustBeFilled).map(({ block_id }) => block_id);
  const empty = fields.filter(
    (field) => required.includes(field.block_id) && isEmpty(field.read()),
  );
  return Object.fromEntries(empty.map(({ block_id }) => [block_id, 'This is needed. Fill it in.']));
}

function labelOf(view: View, id: string): string {
  const label = view.blocks.find(({ block_id }) => block_id === id)?.['label'];
  const named = typeof label === 'object' && label !== null && 'text' in label;
  return named ? String(label.text) : '';
}

/** All that is wrong, in one place that is spoken at once; each field says its own again. */
function summary(view: View, errors: Errors): HTMLElement | null {
  const wrong = Object.entries(errors);
  if (wrong.length === 0) return null;
  const lines = wrong.map(([id, sentence]) =>
    h('p', {}, h('strong', {}, labelOf(view, id)), ` ${sentence}`),
  );
  return h('div', { class: 'alert wrong', role: 'alert' }, ...lines);
}

/** The surface of a view: its inputs keep what they held. */
export function sceneOf(
  app: App,
  from: { readonly view: View; readonly errors: Errors; readonly held: Scene['held'] },
): Scene {
  const fields: Field[] = [];
  const { view, errors, held } = from;
  const at = { view_id: view.id };
  return {
    key: `view-${view.id}`,
    directory: directoryOf(app.world),
    heading: 3,
    held,
    errors,
    fields,
    act: async (choice) => {
      await attempt(app, () => app.api.click({ at, ...choice, values: readFields(fields) }));
    },
  };
}

export interface Acts {
  readonly close: () => void;
  readonly submit: () => Promise<void>;
}

/** The whole form of a view: title, errors, blocks, close and submit. */
export function form(scene: Scene, { view, errors }: Shown, acts: Acts): HTMLElement {
  const send = h('button', { class: 'btn primary' }, view.submit?.text ?? 'Submit');
  const made = h(
    'form',
    { novalidate: true },
    h('h2', { id: 'modal-title', tabindex: '-1' }, view.title?.text ?? 'AIOS'),
    summary(view, errors),
    h('p', { class: 'dialog-notice error', role: 'alert' }),
    h('div', { class: 'modal-body' }, ...drawBlocks(view.blocks, scene)),
    h(
      'div',
      { class: 'dialog-foot' },
      h('button', { type: 'button', class: 'btn', click: acts.close }, view.close?.text ?? 'Close'),
      view.submit === undefined ? null : send,
    ),
    h(
      'button',
      { type: 'button', class: 'btn quiet corner', click: acts.close },
      icon('close'),
      hidden('Close this dialog'),
    ),
  );
  const submit = once(send, acts.submit);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  return made;
}

/** The first field at fault, else where the person was, else the first field, else the title. */
export function focusIn(dialog: HTMLElement, { fields, errors }: Shown, before: string): void {
  const wrong = fields.find(({ block_id }) => errors[block_id] !== undefined)?.focus;
  const same = before === '' ? null : dialog.querySelector(`#${CSS.escape(before)}`);
  const title = dialog.querySelector('#modal-title');
  const target = wrong ?? same ?? fields[0]?.focus ?? title;
  if (target instanceof HTMLElement) target.focus();
}

import type { View } from '../human/protocol.ts';
import { type App, attempt } from './app.ts';
import { h } from './dom.ts';
import { type Errors, focusIn, form, missing, sceneOf, type Shown } from './modal-form.ts';
import { readFields } from './scene.ts';
import type { World } from './world.ts';

interface Stage {
  readonly dialog: HTMLDialogElement;
  readonly app: () => App;
  shown: Shown | undefined;
  /** The view as the server last said it, so that the same news twice is drawn once. */
  heard: string;
}

function show(stage: Stage, view: View, errors: Errors): void {
  const { dialog, shown } = stage;
  const same = shown?.view.id === view.id ? shown : undefined;
  const focused = document.activeElement?.id ?? '';
  const held = same === undefined ? view.state.values : readFields(same.fields);
  const scene = sceneOf(stage.app(), { view, errors, held });
  stage.shown = { view, errors, fields: scene.fields };
  const acts = { close: () => close(stage), submit: () => submit(stage) };
  dialog.replaceChildren(form(scene, stage.shown, acts));
  if (!dialog.open) dialog.showModal();
  focusIn(dialog, stage.shown, same === undefined ? '' : focused);
}

function close({ app, shown }: Stage): void {
  if (shown === undefined) return;
  const { world, api, changed } = app();
  const { id } = shown.view;
  void attempt(app(), () => api.close({ view_id: id }));
  world.state = { ...world.state, views: world.state.views.filter((view) => view.id !== id) };
  changed();
}

async function submit(stage: Stage): Promise<void> {
  const { app, shown } = stage;
  if (shown === undefined) return;
  const empty = missing(shown);
  if (Object.keys(empty).length > 0) return show(stage, shown.view, empty);
  const values = readFields(shown.fields);
  await attempt(app(), async () => {
    const done = await app().api.submit({ view_id: shown.view.id, values });
    if (done.errors !== undefined) tell(stage, shown.view, done.errors);
    return done;
  });
}

/** Shows errors unless they already stand there: they come both as the answer and over the stream. */
function tell(stage: Stage, view: View, errors: Errors): void {
  const { shown } = stage;
  const here = shown?.view.id === view.id && shown.view.hash === view.hash;
  if (here && JSON.stringify(shown.errors) === JSON.stringify(errors)) return;
  show(stage, view, errors);
}

function follow(stage: Stage, world: World): void {
  const view = world.state.views.at(-1);
  const heard = JSON.stringify([view?.id, view?.hash, view?.errors]);
  if (heard === stage.heard) return;
  stage.heard = heard;
  if (view !== undefined) return tell(stage, view, view.errors ?? {});
  stage.shown = undefined;
  stage.dialog.close();
}

/** The modals of this person: a native modal dialog, which keeps the focus in and gives it back when it closes. */
export function makeModal(app: () => App): (app: App) => void {
  const dialog = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' });
  document.body.append(dialog);
  const stage: Stage = { dialog, app, shown: undefined, heard: '' };
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close(stage);
  });
  return ({ world }) => follow(stage, world);
}

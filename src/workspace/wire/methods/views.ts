import { randomUUID } from 'node:crypto';
import { isJson, type Json } from '../../check/probe.ts';
import { checkView } from '../../check/views.ts';
import type { Block } from '../../human/protocol.ts';
import { LIMITS } from '../../limits.ts';
import type { StoredView, Text } from '../../records.ts';
import { APP_ID, BOT_ID, TEAM } from '../../seed.ts';
import { fine, refuse, text, type Answer, type Args, type Methods } from '../answer.ts';
import { withIds } from '../messages.ts';
import type { Wire } from '../wire.ts';

/** A view as the Web API and payloads tell it. https://docs.slack.dev/reference/views */
export function slackView(view: StoredView): Record<string, unknown> {
  const { person: _person, errors: _errors, ...rest } = view;
  return {
    ...rest,
    title: view.title ?? null,
    submit: view.submit ?? null,
    close: view.close ?? null,
    team_id: TEAM.id,
    app_id: APP_ID,
    app_installed_team_id: TEAM.id,
    bot_id: BOT_ID,
  };
}

/** Open modals of a person, bottom first. */
export function stackOf(wire: Wire, person: string): readonly StoredView[] {
  return wire.board.all('view').filter((view) => view.person === person);
}

/** What is wrong with a view, as an answer; undefined when Slack would take it. */
export function viewRefusal(view: unknown): Answer | undefined {
  const wrong = checkView(view);
  if (wrong.length > 0) return refuse('invalid_arguments', wrong);
  return JSON.stringify(view).length > LIMITS.viewBytes ? refuse('view_too_large') : undefined;
}

type Identity = Pick<StoredView, 'id' | 'person' | 'root_view_id' | 'previous_view_id'>;

/** Makes the stored view out of a checked payload. What was filled in stays for blocks that stay. */
export function makeView(
  payload: Json,
  { id, person, root_view_id, previous_view_id }: Identity,
  state: StoredView['state'] = { values: {} },
): StoredView {
  return {
    id,
    person,
    root_view_id,
    previous_view_id,
    type: payload['type'] === 'home' ? 'home' : 'modal',
    ...texts(payload),
    blocks: withIds(payload['blocks'] as readonly Block[]),
    callback_id: text(payload, 'callback_id') ?? '',
    private_metadata: text(payload, 'private_metadata') ?? '',
    external_id: text(payload, 'external_id') ?? '',
    notify_on_close: payload['notify_on_close'] === true,
    clear_on_close: payload['clear_on_close'] === true,
    hash: randomUUID(),
    state,
  };
}

function texts(payload: Json): { title?: Text; submit?: Text; close?: Text } {
  const one = (name: 'title' | 'submit' | 'close'): { [key: string]: Text } =>
    isJson(payload[name]) ? { [name]: payload[name] as unknown as Text } : {};
  return { ...one('title'), ...one('submit'), ...one('close') };
}

function viewId(): string {
  return `V${randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
}

/** Puts a new view on top of a person's stack. */
export function pushView(wire: Wire, person: string, payload: Json): StoredView {
  const top = stackOf(wire, person).at(-1);
  const id = viewId();
  const view = makeView(payload, {
    id,
    person,
    root_view_id: top?.root_view_id ?? id,
    previous_view_id: top?.id ?? null,
  });
  wire.board.put('view', id, view);
  wire.bus.tell({ is: 'view', view });
  return view;
}

export function closeView(wire: Wire, view: StoredView): void {
  wire.board.drop('view', view.id);
  wire.bus.tell({ is: 'view_gone', person: view.person, id: view.id });
}

/** Replaces what a view shows, keeping its place in the stack. */
export function replaceView(wire: Wire, view: StoredView, payload: Json): StoredView {
  const next = makeView(payload, view, view.state);
  wire.board.put('view', view.id, next);
  wire.bus.tell({ is: 'view', view: next });
  return next;
}

/** The view of a call, checked. */
function readView(args: Args): { readonly view: Json } | { readonly refusal: Answer } {
  const view = args['view'];
  const refusal = viewRefusal(view);
  if (refusal !== undefined) return { refusal };
  return isJson(view) ? { view } : { refusal: refuse('invalid_arguments') };
}

function openWith(kind: 'open' | 'push'): (wire: Wire, args: Args) => Answer {
  return (wire, args) => {
    const read = readView(args);
    if ('refusal' in read) return read.refusal;
    const use = wire.keys.useTrigger(args['trigger_id']);
    if (use.is === 'refused') return refuse(use.error);
    const stack = stackOf(wire, use.origin.person);
    if (kind === 'push' && stack.length === 0) return refuse('not_found');
    if (stack.length >= LIMITS.viewStack) return refuse('push_limit_reached');
    if (kind === 'open') for (const old of stack) closeView(wire, old);
    return fine({ view: slackView(pushView(wire, use.origin.person, read.view)) });
  };
}

function update(wire: Wire, args: Args): Answer {
  const read = readView(args);
  if ('refusal' in read) return read.refusal;
  const external = text(args, 'external_id');
  const found =
    wire.board.get('view', text(args, 'view_id') ?? '') ??
    wire.board.all('view').find((one) => external !== undefined && one.external_id === external);
  if (found === undefined) return refuse('not_found');
  if (stale(args, found)) return refuse('hash_conflict');
  return fine({ view: slackView(replaceView(wire, found, read.view)) });
}

/** Whether the caller has seen another version than the one that stands. */
function stale(args: Args, view: StoredView | undefined): boolean {
  const hash = text(args, 'hash');
  return hash !== undefined && view !== undefined && hash !== view.hash;
}

function publish(wire: Wire, args: Args): Answer {
  const read = readView(args);
  if ('refusal' in read) return read.refusal;
  const person = text(args, 'user_id') ?? '';
  if (wire.board.get('person', person) === undefined) return refuse('user_not_found');
  const old = wire.board.get('home', person);
  if (stale(args, old)) return refuse('hash_conflict');
  const id = old?.id ?? viewId();
  const home = makeView(read.view, { id, person, root_view_id: id, previous_view_id: null });
  wire.board.put('home', person, home);
  wire.bus.tell({ is: 'home', view: home });
  return fine({ view: slackView(home) });
}

export const VIEWS: Methods = {
  'views.open': { scopes: [], run: openWith('open') },
  'views.push': { scopes: [], run: openWith('push') },
  'views.update': { scopes: [], run: update },
  'views.publish': { scopes: [], run: publish },
};

import { Fault } from '../../core/fault.ts';
import { isJson, type Json } from '../check/probe.ts';
import type { StoredPerson, StoredView } from '../records.ts';
import {
  closeView,
  pushView,
  replaceView,
  slackView,
  stackOf,
  viewRefusal,
} from '../wire/methods/views.ts';
import type { Wire } from '../wire/wire.ts';
import { personOf } from './access.ts';
import { common } from './click.ts';
import { clientErrors, stateOf } from './elements.ts';
import type { Acted, Close, Submit, Submitted } from './protocol.ts';

/**
 * A person submits a modal. What Slack's client refuses itself (an empty required field) never reaches the app; then
 * the app's ack decides: errors, update, push, clear, or close.
 */
export async function submit(wire: Wire, asked: Submit): Promise<Submitted> {
  const person = personOf(wire, asked.as);
  const view = modalOf(wire, person, asked.view_id);
  const filled = { ...view, state: { values: stateOf(view.blocks, asked.values) } };
  const early = clientErrors(view.blocks, filled.state.values);
  if (Object.keys(early).length > 0) return showErrors(wire, filled, early);
  const { errors: _errors, ...clean } = filled;
  wire.board.put('view', view.id, clean);
  const answered = await wire.delivery.ask('interactive', {
    type: 'view_submission',
    ...common(person),
    trigger_id: wire.keys.trigger({ person: person.id, view: view.id }),
    view: slackView(clean),
    response_urls: [],
  });
  if (!answered.acked) return { acked: false };
  const outcome = await follow(wire, clean, isJson(answered.body) ? answered.body : {});
  await wire.board.saved();
  return outcome;
}

function modalOf(wire: Wire, person: StoredPerson, id: string): StoredView {
  const view = wire.board.get('view', id);
  if (view !== undefined && view.person === person.id) return view;
  throw new Fault(
    'not_found',
    `Expected an open dialog of ${person.realName}, got "${id}". It was closed; open it again.`,
  );
}

/** Carries out the app's `response_action`. https://docs.slack.dev/surfaces/modals#response_actions */
async function follow(wire: Wire, view: StoredView, body: Json): Promise<Submitted> {
  switch (body['response_action']) {
    case 'errors':
      return showErrors(wire, view, body['errors']);
    case 'update':
      replaceView(wire, view, viewIn(body));
      return { acked: true };
    case 'push':
      pushView(wire, view.person, viewIn(body));
      return { acked: true };
    case 'clear':
      for (const open of stackOf(wire, view.person)) closeView(wire, open);
      return { acked: true };
    default:
      if (wire.board.get('view', view.id) !== undefined) closeView(wire, view);
      return { acked: true };
  }
}

function viewIn(body: Json): Json {
  const view = body['view'];
  const refusal = viewRefusal(view);
  if (refusal === undefined && isJson(view)) return view;
  throw new Fault(
    'bad_input',
    `Expected the app to answer with a view Slack takes, got: ${JSON.stringify(refusal)}. The dialog stays as it was.`,
  );
}

async function showErrors(wire: Wire, view: StoredView, given: unknown): Promise<Submitted> {
  const errors = Object.fromEntries(
    Object.entries(isJson(given) ? given : {}).map(([block, error]) => [block, String(error)]),
  );
  const known = new Set(view.blocks.map((block) => block.block_id));
  const stray = Object.keys(errors).find((block) => !known.has(block));
  if (stray !== undefined)
    throw new Fault(
      'bad_input',
      `Expected errors on blocks of this view, got one on "${stray}". Slack shows a failure then; the app has to name a block_id.`,
    );
  const next = { ...view, errors };
  wire.board.put('view', view.id, next);
  wire.bus.tell({ is: 'view', view: next });
  await wire.board.saved();
  return { acked: true, errors };
}

/** A person closes a modal, or the whole stack. The app hears of it where the view asked to. */
export async function close(wire: Wire, asked: Close): Promise<Acted> {
  const person = personOf(wire, asked.as);
  const view = modalOf(wire, person, asked.view_id);
  const gone = asked.all === true ? [...stackOf(wire, person.id)] : [view];
  for (const one of gone) closeView(wire, one);
  await wire.board.saved();
  const told = gone
    .filter((one) => one.notify_on_close)
    .map((one) =>
      wire.delivery.ask('interactive', {
        type: 'view_closed',
        ...common(person),
        view: slackView(one),
        is_cleared: asked.all === true,
      }),
    );
  const answers = await Promise.all(told);
  return { acked: answers.every((one) => one.acked) };
}

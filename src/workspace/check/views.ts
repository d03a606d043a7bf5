import { LIMITS } from '../limits.ts';
import { checkBlocks } from './blocks.ts';
import {
  checkString,
  checkText,
  isJson,
  makeProbe,
  missing,
  type Json,
  type Probe,
} from './probe.ts';

function checkModal(probe: Probe, view: Json): void {
  checkText(probe, view['title'], {
    max: LIMITS.viewTitle,
    pointer: '/view/title',
    plain: true,
    required: true,
  });
  checkText(probe, view['submit'], {
    max: LIMITS.viewSubmit,
    pointer: '/view/submit',
    plain: true,
  });
  checkText(probe, view['close'], { max: LIMITS.viewClose, pointer: '/view/close', plain: true });
  const asks =
    Array.isArray(view['blocks']) &&
    view['blocks'].some((block) => isJson(block) && block['type'] === 'input');
  if (asks && view['submit'] === undefined) missing(probe, '/view/submit');
}

/** Checks a view for views.open, push, update and publish; the messages go into `response_metadata.messages`. */
export function checkView(view: unknown): readonly string[] {
  const probe = makeProbe();
  if (!isJson(view)) {
    probe.fail('must provide an object', '/view');
    return probe.messages;
  }
  const type = view['type'];
  if (type !== 'modal' && type !== 'home')
    probe.fail(`unsupported type: ${String(type)}`, '/view/type');
  if (type === 'modal') checkModal(probe, view);
  checkString(probe, view['private_metadata'], {
    max: LIMITS.privateMetadata,
    pointer: '/view/private_metadata',
  });
  checkString(probe, view['callback_id'], { max: LIMITS.callbackId, pointer: '/view/callback_id' });
  const blocks = checkBlocks(view['blocks'], type === 'home' ? 'home' : 'modal');
  return [
    ...probe.messages,
    ...blocks.map((message) =>
      message.replace('json-pointer:/blocks', 'json-pointer:/view/blocks'),
    ),
  ];
}

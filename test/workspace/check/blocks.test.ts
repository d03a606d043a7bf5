import { describe, expect, test } from '@jest/globals';
import { checkBlocks } from '../../../src/workspace/check/blocks.ts';
import { checkView } from '../../../src/workspace/check/views.ts';
import { LIMITS } from '../../../src/workspace/limits.ts';

const text = (n: number) => 'x'.repeat(n);
const plain = (n: number) => ({ type: 'plain_text', text: text(n) });
const times = <T>(n: number, make: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => make(i));
const option = (over: object = {}) => ({ text: plain(1), value: 'v', ...over });
const button = (over: object = {}) => ({ type: 'button', text: plain(1), ...over });
const acting = (element: object) => [{ type: 'actions', elements: [element] }];
const picking = (type: string, options: object[]) => acting({ type, options });
const asking = (over: object) => [
  { type: 'input', label: plain(1), element: { type: 'plain_text_input' }, ...over },
];
const confirm = (over: object) =>
  acting(
    button({
      confirm: { title: plain(1), text: plain(1), confirm: plain(1), deny: plain(1), ...over },
    }),
  );
const message = (blocks: object[]) => checkBlocks(blocks, 'message');
const view = (over: object) =>
  checkView({ type: 'modal', title: plain(1), submit: plain(1), blocks: [], ...over });

/** For each limit a payload of size n, checked. */
const EDGES: Partial<Record<keyof typeof LIMITS, (n: number) => readonly string[]>> = {
  messageBlocks: (n) => message(times(n, () => ({ type: 'divider' }))),
  viewBlocks: (n) => view({ blocks: times(n, () => ({ type: 'divider' })) }),
  sectionText: (n) => message([{ type: 'section', text: plain(n) }]),
  sectionFields: (n) => message([{ type: 'section', fields: times(n, () => plain(1)) }]),
  sectionFieldText: (n) => message([{ type: 'section', fields: [plain(n)] }]),
  headerText: (n) => message([{ type: 'header', text: plain(n) }]),
  markdownTotal: (n) => message([{ type: 'markdown', text: text(n) }]),
  contextElements: (n) => message([{ type: 'context', elements: times(n, () => plain(1)) }]),
  actionsElements: (n) =>
    message([{ type: 'actions', elements: times(n, (i) => button({ action_id: `a${i}` })) }]),
  buttonText: (n) => message(acting(button({ text: plain(n) }))),
  buttonValue: (n) => message(acting(button({ value: text(n) }))),
  buttonUrl: (n) => message(acting(button({ url: text(n) }))),
  accessibilityLabel: (n) => message(acting(button({ accessibility_label: text(n) }))),
  actionId: (n) => message(acting(button({ action_id: text(n) }))),
  blockId: (n) => message([{ type: 'divider', block_id: text(n) }]),
  optionText: (n) => message(picking('overflow', [option({ text: plain(n) })])),
  optionDescription: (n) => message(picking('overflow', [option({ description: plain(n) })])),
  optionValue: (n) => message(picking('overflow', [option({ value: text(n) })])),
  selectOptions: (n) =>
    message(
      picking(
        'static_select',
        times(n, () => option()),
      ),
    ),
  overflowOptions: (n) =>
    message(
      picking(
        'overflow',
        times(n, () => option()),
      ),
    ),
  radioOptions: (n) =>
    message(
      picking(
        'radio_buttons',
        times(n, () => option()),
      ),
    ),
  inputLabel: (n) => message(asking({ label: plain(n) })),
  inputHint: (n) => message(asking({ hint: plain(n) })),
  placeholder: (n) =>
    message(asking({ element: { type: 'plain_text_input', placeholder: plain(n) } })),
  confirmTitle: (n) => message(confirm({ title: plain(n) })),
  confirmText: (n) => message(confirm({ text: plain(n) })),
  confirmButton: (n) => message(confirm({ deny: plain(n) })),
  imageAlt: (n) =>
    message([{ type: 'image', image_url: 'https://a.example/a.png', alt_text: text(n) }]),
  tableRows: (n) => message([{ type: 'table', rows: times(n, () => []) }]),
  tableColumns: (n) => message([{ type: 'table', rows: [times(n, () => ({}))] }]),
  viewTitle: (n) => view({ title: plain(n) }),
  viewSubmit: (n) => view({ submit: plain(n) }),
  viewClose: (n) => view({ close: plain(n) }),
  privateMetadata: (n) => view({ private_metadata: text(n) }),
  callbackId: (n) => view({ callback_id: text(n) }),
};

describe('limits of blocks and views', () => {
  test('each limit of a block or view holds at its edge', () => {
    for (const [name, check] of Object.entries(EDGES)) {
      const max = LIMITS[name as keyof typeof LIMITS];
      expect([name, check(max)]).toEqual([name, []]);
      expect([name, check(max + 1)]).toEqual([
        name,
        [
          expect.stringMatching(
            new RegExp(`(${max + 1} characters|no more than ${max} items allowed)`),
          ),
        ],
      ]);
    }
    expect(Object.keys(EDGES)).toHaveLength(35);
  });

  test('what is missing, unknown or doubled is named with its place', () => {
    expect(message([{ type: 'section' }])).toEqual([
      '[ERROR] missing required field: text [json-pointer:/blocks/0]',
    ]);
    expect(message([{ type: 'shout' }])).toEqual([
      '[ERROR] unsupported type: shout [json-pointer:/blocks/0/type]',
    ]);
    expect(message([{ type: 'alert' }])).toEqual([
      '[ERROR] unsupported type: alert [json-pointer:/blocks/0/type]',
    ]);
    expect(message(acting({ type: 'plain_text_input' }))).toEqual([
      '[ERROR] unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
    ]);
    expect(message(times(2, () => ({ type: 'divider', block_id: 'a' })))).toEqual([
      '[ERROR] block_id already exists [json-pointer:/blocks/1]',
    ]);
    expect(
      message([{ type: 'actions', elements: times(2, () => button({ action_id: 'a' })) }]),
    ).toEqual(['[ERROR] action_id already exists [json-pointer:/blocks/0/elements/1]']);
    expect(message([{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }])).toEqual([
      '[ERROR] unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
    ]);
    expect(message([{ type: 'section', text: plain(0) }])).toEqual([
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ]);
    expect(checkBlocks('x', 'message')).toEqual([
      '[ERROR] must be an array [json-pointer:/blocks]',
    ]);
    expect(view({ submit: undefined, blocks: asking({}) })).toEqual([
      '[ERROR] missing required field: submit [json-pointer:/view]',
    ]);
  });
});

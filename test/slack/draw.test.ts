import { describe, expect, test } from '@jest/globals';
import type { Button, KnownBlock, Overflow } from '@slack/types';
import fc from 'fast-check';
import { draw, drawForm } from '../../src/slack/draw.ts';
import { LIMITS } from '../../src/slack/limits.ts';
import { checkBlocks } from '../../src/workspace/check/blocks.ts';
import { checkView } from '../../src/workspace/check/views.ts';
import { everyForm, everyMessage } from './samples.ts';

const HOSTILE = [
  '<!channel> look',
  '<!here|x>',
  '<@U0OWNER>',
  '<#C0ACME|acme>',
  '<https://evil.example|Approve here>',
  '</p><script>alert(1)</script>',
  '```<!everyone>```',
  '`',
  '*_~',
  '&lt;!channel&gt;',
  '\u202egnp.exe',
  '\u0000\u0007',
  '\ud800 half',
  '\n\n\n',
  ' ',
  '@channel https://evil.example/?q=secret',
];
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.record({ text: fc.constantFrom(...HOSTILE, '&', '<', '😀', '"'), long: fc.nat(6000) }),
);
const texts = fc.array(hostile, { minLength: 1, maxLength: 7 });
type Hostile = string | { readonly text: string; readonly long: number };

/** Gives a few hostile texts out in turn. */
function turns(all: readonly Hostile[]): () => string {
  let at = 0;
  return () => {
    const one = all[(at += 1) % all.length] ?? '';
    return typeof one === 'string' ? one : one.text.repeat(one.long / one.text.length + 1);
  };
}

/** Every `<...>` there is must be one that we made: a person or channel we name, a date, a link to a listed host. */
const OURS =
  /^<(@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|!date\^\d+\^[^<>|]*\|[^<>]*UTC|https:\/\/developer\.wordpress\.org\/[^<>|]*)>$/;

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}

function markup(blocks: readonly KnownBlock[]): string[] {
  return blocks.flatMap((b) =>
    b.type === 'section' ? [b.text?.text ?? ''] : b.type === 'context' ? strings(b.elements) : [],
  );
}

function foreign(text: string): string[] {
  return (text.match(/<[^>]*>?/g) ?? []).filter((found) => !OURS.test(found));
}

describe('whatever texts hold', () => {
  test('every card is one Slack takes, with nobody called and nothing linked', () => {
    fc.assert(
      fc.property(texts, (all) => {
        for (const message of everyMessage(turns(all))) {
          const { text, blocks } = draw(message);
          expect(checkBlocks(blocks, 'message')).toEqual([]);
          expect(text.length).toBeLessThanOrEqual(LIMITS.messageText);
          expect([text, ...markup(blocks)].flatMap(foreign)).toEqual([]);
          expect(text).not.toContain('<!');
        }
      }),
      { numRuns: 60 },
    );
  });

  test('every form is one Slack takes, and a file is shown letter by letter', () => {
    fc.assert(
      fc.property(texts, (all) => {
        for (const form of everyForm(turns(all))) {
          const view = drawForm(form);
          expect(checkView(view)).toEqual([]);
          expect(markup(view.blocks as KnownBlock[]).flatMap(foreign)).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
    const [shown] = drawForm({
      is: 'read',
      checks: null,
      number: '#1.1',
      files: [{ name: 'a.html', text: '<b>&amp;</b>\n```', size: 9 }],
    }).blocks.slice(-1);
    expect(strings(shown)).toContain('<b>&amp;</b>\n```');
  });
});

describe('every message', () => {
  test('says REHEARSAL in its text and in a block, or nowhere', () => {
    for (const message of everyMessage()) {
      const { text, blocks } = draw(message);
      expect(text.startsWith('REHEARSAL')).toBe(message.rehearsal);
      expect(strings(blocks).some((s) => s.startsWith('REHEARSAL'))).toBe(message.rehearsal);
    }
  });

  test('has every word of its blocks in its text, unless it says that it was cut', () => {
    for (const message of everyMessage()) {
      const { text, blocks } = draw(message);
      if (text.includes('(cut;')) continue;
      for (const words of markup(blocks).filter(
        (w) => !['mrkdwn'].includes(w) && !w.includes('<!date'),
      ))
        expect(text).toContain(words);
    }
  });

  test('has buttons whose value is the card and whose label a screen reader can tell apart', () => {
    const elements = everyMessage()
      .flatMap((m) => draw(m).blocks)
      .flatMap((b) => (b.type === 'actions' ? b.elements : []));
    const buttons = elements.filter((e): e is Button => e.type === 'button');
    expect(buttons.length).toBeGreaterThan(10);
    for (const button of buttons) {
      expect(button.value).toMatch(/^[0-9a-f-]{36}$/);
      expect(button.accessibility_label).toMatch(/#142/);
    }
    for (const menu of elements.filter((e): e is Overflow => e.type === 'overflow'))
      for (const option of menu.options) expect(option.value).toMatch(/^[0-9a-f-]{36} \w+/);
  });
});

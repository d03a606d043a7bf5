import { describe, expect, test } from '@jest/globals';
import { draw } from '../../../src/slack/draw.ts';
import { piece, plan } from '../samples.ts';

type Pressable = {
  action_id: string;
  style?: string;
  text?: { text: string };
  options?: { text: { text: string } }[];
};
function row(message: Parameters<typeof draw>[0]): Pressable[] {
  return draw(message).blocks.flatMap((b) =>
    b.type === 'actions' ? (b.elements as Pressable[]) : [],
  );
}

describe('a plan card', () => {
  test('says pieces, personas, lanes, prices, rules and the ceiling', () => {
    const { text } = draw(plan());
    for (const part of [
      '*#142* Acme, from <@U0COLLEAGUE>: "audit the site, harden the plugin, draft the post"',
      '<@U0OWNER>',
      '*1  Content audit*\ncontent-auditor on local · $0.01 · 90 min by hand',
      'plugin-hardener on senior · $0.40 to $0.90 · 180 min by hand',
      'on senior · cost not known',
      '\nwho reads it?',
      'Why senior for 2: "Security of a release" (lanes.yaml)',
      'Not used as work: "thanks, no rush"',
      'I cannot send invoices.',
      'At most $0.91. Nothing is sent out before you approve it.',
    ])
      expect(text).toContain(part);
  });

  test('runs what can start, by name, and keeps the rest in menus', () => {
    const [run, change, pieces, menu] = row(plan());
    expect(run).toMatchObject({
      action_id: 'run',
      style: 'primary',
      text: { text: 'Run 1 and 2' },
    });
    expect(change).toMatchObject({ action_id: 'change', text: { text: 'Change…' } });
    expect(pieces).toMatchObject({ action_id: 'pieces', text: { text: 'Pieces…' } });
    expect(menu?.options?.map((o) => o.text.text)).toEqual(['Cancel what is not finished']);
    const menus = draw(plan()).blocks.flatMap((b) =>
      b.type === 'section' && b.accessory?.type === 'overflow' ? [b.accessory] : [],
    );
    expect(menus.map((m) => m.options.map((o) => o.text.text))).toEqual([
      ['Change… (#142.1)', 'Drop (#142.1)', 'Why (#142.1)'],
      ['Change… (#142.2)', 'Drop (#142.2)', 'Why (#142.2)'],
      ['Re-route… (#142.3)', 'Why (#142.3)', 'Example… (#142.3)'],
    ]);
  });

  test('offers a second try for a failed piece, and nothing once all is over', () => {
    const failed = piece(undefined, { state: 'failed', may: ['retry'] });
    expect(row(plan(undefined, { pieces: [failed] }))).toMatchObject([
      { action_id: 'retry:1', text: { text: 'Try again 1' } },
    ]);
    const done = piece(undefined, { state: 'delivered', may: [] });
    expect(row(plan(undefined, { pieces: [done], mention: null }))).toEqual([]);
  });

  test('says that what is free is free and what is unknown is unknown', () => {
    expect(draw(plan(undefined, { atMost: { is: 'free' } })).text).toContain('Costs nothing.');
    expect(draw(plan(undefined, { atMost: { is: 'unknown' } })).text).toContain(
      'cost is not known',
    );
  });
});

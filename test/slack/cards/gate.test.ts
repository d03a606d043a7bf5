import { describe, expect, test } from '@jest/globals';
import { moment } from '../../../src/core/moment.ts';
import { draw } from '../../../src/slack/draw.ts';
import { gate } from '../samples.ts';

type Pressable = {
  type: string;
  style?: string;
  text?: { text: string };
  options?: { text: { text: string } }[];
};
function row(message: Parameters<typeof draw>[0]): Pressable[] {
  return draw(message).blocks.flatMap((b) =>
    b.type === 'actions' ? (b.elements as Pressable[]) : [],
  );
}

describe('a gate card', () => {
  test('says who decides what, on which bytes, and that it is AI-written', () => {
    const { text } = draw(gate());
    for (const part of [
      '#142.2 Plugin hardening, draft 2',
      'ready for your decision  <@U0APPROVER>',
      'Look first: first time for this kind',
      'Passed the checks',
      'sent back by the checks: 1',
      'For your eyes `admin.php:88` nonce added',
      '<https://developer.wordpress.org/plugins/security/>',
      'Not checked by machine: behaviour on a real site',
      '$0.62 work, $0.08 checking',
      '180 min by hand',
      'approved unchanged 17 of 23 times',
      'draft `3f9a5b77…44c2`',
      'AI-written',
      'approving makes you answerable for these bytes',
    ])
      expect(text).toContain(part);
  });

  test('has Approve as the primary button, and Reject only in the menu', () => {
    const [read, approve, back, menu] = row(gate());
    expect([read, approve, back].map((b) => b?.text?.text)).toEqual([
      'Read draft',
      'Approve',
      'Send back…',
    ]);
    expect([read, approve, back].map((b) => b?.style)).toEqual([undefined, 'primary', undefined]);
    expect(menu?.options?.map((o) => o.text.text)).toEqual([
      'Edit',
      'Ask',
      'Re-route…',
      'Reject…',
      'Why',
    ]);
  });

  test('offers only what may be done, and Why always', () => {
    const [read, menu, ...more] = row(gate(undefined, { may: ['cancel'] }));
    expect(read?.text?.text).toBe('Read draft');
    expect(menu?.options?.map((o) => o.text.text)).toEqual(['Why']);
    expect(more).toEqual([]);
  });

  test('is locked once decided: who, when, what, and no button', () => {
    const outcome = {
      verb: 'approved',
      by: 'U0APPROVER',
      at: moment(Date.UTC(2026, 10, 24, 10, 2)),
      reason: 'clean',
      delivered: { channel: 'C0ACME', at: moment(Date.UTC(2026, 10, 24, 10, 3)) },
      record: '8,412 · 5bd1',
      evidence: null,
    } as const;
    const message = gate(undefined, { outcome });
    expect(row(message)).toEqual([]);
    const { text, blocks } = draw(message);
    expect(text).toContain(
      '*Approved* by <@U0APPROVER>, 2026-11-24 10:02 UTC · "clean" · delivered to <#C0ACME>, 2026-11-24 10:03 UTC · record 8,412 · 5bd1',
    );
    expect(JSON.stringify(blocks)).toContain(
      '<!date^1795514520^{date_short_pretty} {time}|2026-11-24 10:02 UTC>',
    );
    expect(text).not.toContain('ready for your decision');
  });

  test.each([
    [
      { shownAt: 9 + 58 / 60, readAt: 10, confirmed: { of: 3, open: [] } },
      'card posted 09:58 UTC · Read 10:00 UTC · 3 of 3 points confirmed',
    ],
    [
      {
        shownAt: 9 + 58 / 60,
        readAt: null,
        confirmed: { of: 3, open: ['It was tried', 'I can undo it'] },
      },
      'card posted 09:58 UTC · Read not recorded · 1 of 3 points confirmed (not confirmed: It was tried; I can undo it)',
    ],
    [
      { shownAt: -14, readAt: null, confirmed: null },
      'card posted 2026-11-23 10:00 UTC · Read not recorded',
    ],
    [{ shownAt: null, readAt: null, confirmed: null }, 'card not recorded · Read not recorded'],
  ])('says what is on record of the review behind an approval, and no more: %j', (known, says) => {
    const hour = (h: number | null) =>
      h === null ? null : moment(Date.UTC(2026, 10, 24) + Math.round(h * 60) * 60_000);
    const outcome = {
      verb: 'approved',
      by: 'Ada',
      at: moment(Date.UTC(2026, 10, 24, 10, 2)),
      reason: null,
      delivered: null,
      record: null,
      evidence: { ...known, shownAt: hour(known.shownAt), readAt: hour(known.readAt) },
    } as const;
    const { text } = draw(gate(undefined, { outcome }));
    expect(text).toContain(`*Approved* by Ada, 2026-11-24 10:02 UTC · ${says}\n`);
    expect(text).not.toMatch(/opened/i);
  });

  test('says beforehand that Approve brings a form', () => {
    const approve = row(gate(undefined, { asks: true })).find((b) => b.style === 'primary');
    expect(approve?.text?.text).toBe('Approve…');
  });

  test('shows the worst findings first, and says how many are not shown', () => {
    const [one] = gate().findings;
    if (one === undefined) throw new Error('a sample has a finding');
    const findings = [
      ...Array.from({ length: 20 }, () => ({ ...one, level: 'note' as const })),
      { ...one, level: 'error' as const, why: 'unescaped output' },
    ];
    const { text } = draw(gate(undefined, { findings }));
    expect(text.indexOf('Error')).toBeLessThan(text.indexOf('Note'));
    expect(text).toContain('unescaped output');
    expect(text).toContain('… and 13 more findings');
  });

  test('never shows an unknown cost as nothing', () => {
    expect(draw(gate(undefined, { work: { is: 'unknown' } })).text).toContain(
      'cost not known work',
    );
  });
});

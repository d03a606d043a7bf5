import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moment } from '../../src/core/moment.ts';
import {
  address,
  bold,
  channel,
  code,
  line,
  person,
  plain,
  safe,
  say,
  unlinked,
  when,
} from '../../src/slack/text.ts';

describe('text that people wrote', () => {
  test('is escaped, cleaned of signs that hide or turn it, and keeps its lines', () => {
    expect(safe(' <!channel> & <@U1>\r\nnext\u202e\u0007 ')).toBe(
      '&lt;!channel&gt; &amp; &lt;@U1&gt;\nnext',
    );
    expect(line('two\n lines')).toBe('two lines');
    expect(code('`rm -rf` <x>')).toBe("`'rm -rf' &lt;x&gt;`");
    expect(bold(line('2 * 3'))).toBe('*2 ∗ 3*');
    expect(plain('a\nb', 10)).toBe('a b');
  });

  test('is cut with a say-so, never inside an escape or a sign', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 60, max: 200 }),
        (text, most) => {
          const cut = safe(text.repeat(9), most);
          expect(cut.length).toBeLessThanOrEqual(most);
          expect(cut.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
          expect(Buffer.from(cut).toString()).toBe(cut);
        },
      ),
    );
    expect(safe('x'.repeat(5000), 100)).toMatch(/x … \(cut; 5,000 characters in all\)$/);
  });

  test('stays text where our own words stand around it', () => {
    expect(say`${line('#1')} of ${3}: ${safe('<b>')}`).toBe('#1 of 3: &lt;b&gt;');
  });
});

describe('what we name ourselves', () => {
  test('calls a person or channel only by a Slack id', () => {
    expect(person('U0OWNER')).toBe('<@U0OWNER>');
    expect(person('Olive <@U1>')).toBe('Olive &lt;@U1&gt;');
    expect(person('here')).toBe('here');
    expect(channel('C0ACME')).toBe('<#C0ACME>');
    expect(channel('D0OLIVE')).toBe('direct message');
    expect(channel('#acme')).toBe('#acme');
  });

  test('gives a time in the reader’s zone, and in UTC where that is not shown', () => {
    expect(when(moment(0))).toBe('<!date^0^{date_short_pretty} {time}|1970-01-01 00:00 UTC>');
  });

  test.each([
    ['https://www.w3.org/TR/WCAG22/', '<https://www.w3.org/TR/WCAG22/>'],
    ['http://www.w3.org/', '`http://www.w3.org/`'],
    ['https://www.w3.org.evil.example/', '`https://www.w3.org.evil.example/`'],
    ['https://www.w3.org@evil.example/', '`https://www.w3.org@evil.example/`'],
    ['https://evil.example/?q=<x>', '`https://evil.example/?q=&lt;x&gt;`'],
    ['https://eslint.org/a|Approve', '<https://eslint.org/a%7CApprove>'],
    ['javascript:alert(1)', '`javascript:alert(1)`'],
  ])('links %s only if it is ours to link', (url, shown) => {
    expect(address(url)).toBe(shown);
  });

  test('takes the life out of addresses where Slack would link them', () => {
    expect(unlinked('see https://evil.example and www.evil.example')).not.toMatch(/:\/\/|www\.e/);
  });
});

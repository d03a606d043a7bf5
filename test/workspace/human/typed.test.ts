import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { typed } from '../../../src/workspace/human/typed.ts';
import type { Wire } from '../../../src/workspace/wire/wire.ts';

/** Only the names are read. */
const wire = {
  board: {
    all: (kind: string) =>
      kind === 'person'
        ? [{ id: 'U0AIOS', name: 'aios' }]
        : [{ id: 'C0ACME', name: 'acme', kind: 'channel' }],
  },
} as unknown as Wire;

describe('what a person typed', () => {
  test('mentions, channels and addresses become what Slack makes of them', () => {
    expect(typed(wire, '@AIOS see #acme, (https://a.example/x).')).toBe(
      '<@U0AIOS> see <#C0ACME>, (<https://a.example/x>).',
    );
    expect(typed(wire, 'mail me@aios.example, @nobody, issue#acme')).toBe(
      'mail me@aios.example, @nobody, issue#acme',
    );
    expect(typed(wire, '<@U0AIOS> & <!channel>')).toBe('<@U0AIOS> &amp; &lt;!channel&gt;');
    expect(typed(wire, '@aios in #acme', true)).toBe('<@U0AIOS|aios> in <#C0ACME|acme>');
  });

  test('no typed text makes a broadcast, or markup that was not a mention, channel or address', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '&',
      '!',
      '@',
      '#',
      '|',
      '@aios',
      '<!channel>',
      '<@U0AIOS>',
      'https://',
      'a',
      ' ',
      '&lt;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const rest = typed(wire, pieces.join('')).replace(
          /<(@U[A-Z0-9]+|#C[A-Z0-9]+|https?:\/\/[^<>\s]*)(\|[^<>]*)?>/g,
          '',
        );
        expect(rest).not.toMatch(/[<>]/);
        expect(rest).not.toMatch(/&(?!amp;|lt;|gt;)/);
      }),
    );
  });
});

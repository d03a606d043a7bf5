import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { remembering } from '../../src/core/remembering.ts';

test('it says of every text what it would say of it alone, however often and in whatever order', () => {
  const texts = fc.array(fc.oneof(fc.string(), fc.constantFrom('', 'a', 'b', 'x'.repeat(3_000))), {
    maxLength: 120,
  });
  fc.assert(
    fc.property(texts, (all) => {
      const tell = remembering((text) => `${text.length}:${text}`);
      for (const text of all) expect(tell(text)).toBe(`${text.length}:${text}`);
    }),
  );
});

test('the last few texts are made once, files each time', () => {
  const made: string[] = [];
  const tell = remembering((text) => made.push(text));
  made.length = 0;
  const file = 'x'.repeat(3_000);
  for (const text of ['a', 'b', 'a', file, 'b', file]) tell(text);
  expect(made).toEqual(['a', 'b', file, file]);
});

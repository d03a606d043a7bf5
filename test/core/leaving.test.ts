import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CLOUD_ANSWERS, SENSITIVITIES } from '../../src/core/facts.ts';
import { LANES } from '../../src/core/lane.ts';
import { isOutside, leavingOf, leftWords, replacedIn } from '../../src/core/leaving.ts';

describe('how work leaves', () => {
  test('what is confidential, or may be, leaves under no setting; nothing does without a yes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LANES),
        fc.constantFrom(...SENSITIVITIES),
        fc.constantFrom(undefined, ...SENSITIVITIES),
        fc.constantFrom(...CLOUD_ANSWERS),
        (lane, sensitivity, suspected, cloud) => {
          const facts = { sensitivity, ...(suspected === undefined ? {} : { suspected }) };
          const leaving = leavingOf(lane, facts, cloud);
          expect(leaving === 'stays').toBe(!isOutside(lane));
          if (!isOutside(lane)) return;
          const isPrivate = sensitivity === 'confidential' || suspected === 'confidential';
          if (isPrivate || cloud === 'never' || cloud === 'unset')
            expect(leaving).toBe('forbidden');
          else expect(leaving).toBe(cloud === 'allowed' ? 'whole' : 'redacted');
        },
      ),
    );
  });
});

describe('what is told of it', () => {
  test('counts different values by kind, never one of them', () => {
    const sent =
      '{{EMAIL_1}} {{EMAIL_2}} {{EMAIL_1}} _FILE_1_.md {{LITERAL_3}} {{TERM_x}} [SECRET:aws]';
    expect(replacedIn(sent, 1)).toEqual({ email: 2, file: 1, literal: 1, secret: 1 });
  });

  test('says kinds and counts, and what is not found', () => {
    expect(leftWords('redacted', { email: 3, term: 1, secret: 1 })).toBe(
      'Replaced before it left: 3 mail addresses, 1 listed term. Masked and not put back: 1 secret. Names nobody listed are not found.',
    );
    expect(leftWords('redacted', {})).toBe(
      'Replaced before it left: nothing was found. Names nobody listed are not found.',
    );
    expect(leftWords('whole', {})).toBeNull();
    expect(leftWords('whole', { secret: 2 })).toBe('Masked and not put back: 2 secrets.');
  });
});

import { expect, test } from '@jest/globals';
import { makeOffLane } from '../../src/lanes/off.ts';
import { ask, faultOf } from './ask.ts';

test('a lane nobody configured says why and what to do, and takes no work', async () => {
  const lane = makeOffLane('senior', 'there is no key for it', 'Set ANTHROPIC_API_KEY');
  expect(await lane.health()).toEqual({
    is: 'off',
    why: 'there is no key for it',
    next: 'Set ANTHROPIC_API_KEY',
  });
  const got = await faultOf(lane.run(ask()));
  expect(got).toMatchObject({ code: 'lane_off', retry: false });
  expect(got.message).toContain('Set ANTHROPIC_API_KEY');
  await lane.close();
});

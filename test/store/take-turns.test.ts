import { expect, test } from '@jest/globals';
import { takeTurns } from '../../src/store/take-turns.ts';

/** Something to run that ends when it is told to. */
function gate() {
  const ends: (() => void)[] = [];
  let begun = 0;
  return {
    run: () => {
      begun += 1;
      const mine = begun;
      return new Promise<number>((resolve) => ends.push(() => resolve(mine)));
    },
    end: () => ends.shift()?.(),
    begun: () => begun,
  };
}

test('whoever asks while it runs shares the next run, which begins afterwards', async () => {
  const { run, end, begun } = gate();
  const turn = takeTurns(run);
  const first = turn();
  const more = [turn(), turn(), turn()];
  expect(begun()).toBe(1);
  end();
  expect(await first).toBe(1);
  await Promise.resolve();
  expect(begun()).toBe(2);
  end();
  expect(await Promise.all(more)).toEqual([2, 2, 2]);
});

test('a run that fails fails for who shares it, and the next one runs', async () => {
  let fails = true;
  const turn = takeTurns(async () => {
    if (fails) throw new Error('no');
    return 'yes';
  });
  const asked = [turn(), turn()];
  await expect(asked[0]).rejects.toThrow('no');
  await expect(asked[1]).rejects.toThrow('no');
  fails = false;
  expect(await turn()).toBe('yes');
});

import { expect, test } from '@jest/globals';
import { makeCourtesy } from '../../src/main/courtesy.ts';

test('work goes on at once when nobody is heard', async () => {
  await makeCourtesy().quiet();
});

test('work waits until the last one was heard, also when hearing failed', async () => {
  const courtesy = makeCourtesy(60_000);
  const done: string[] = [];
  let first = (): void => undefined;
  let second: (cause: Error) => void = () => undefined;
  const hearings = [
    courtesy.hearing(() => new Promise<void>((resolve) => (first = resolve))),
    courtesy
      .hearing(() => new Promise<void>((_, reject) => (second = reject)))
      .catch(() => undefined),
  ];
  const work = courtesy.quiet().then(() => done.push('work'));
  first();
  await hearings[0];
  expect(done).toEqual([]);
  second(new Error('the database is gone'));
  await Promise.all([...hearings, work]);
  expect(done).toEqual(['work']);
});

test('endless talk does not stop work', async () => {
  const courtesy = makeCourtesy(5);
  let end = (): void => undefined;
  const talk = courtesy.hearing(() => new Promise<void>((resolve) => (end = resolve)));
  await courtesy.quiet();
  end();
  await talk;
});

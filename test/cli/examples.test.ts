import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { examples as command } from '../../src/cli/examples.ts';
import { readConfig } from '../../src/config.ts';
import { Fault } from '../../src/core/fault.ts';
import { settleAcme } from '../helpers/acme.ts';
import { runAios } from '../helpers/aios.ts';
import type { Running } from '../helpers/aios.ts';
import { answerKind, ask } from '../helpers/answered.ts';

const WORDS = 'please do the usual for the spring one';

let running: Running;
let kind: string;
beforeAll(async () => {
  running = await runAios();
  await settleAcme(running);
  ({ kind } = await answerKind(running, await ask(running, WORDS)));
}, 60_000);
afterAll(() => running.close());

async function examples(...args: readonly string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  try {
    return { code: await command(readConfig(running.env), args), said: lines.join('\n') };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return { code: 1, said: thrown.message };
  } finally {
    log.mockRestore();
  }
}

type Listed = { readonly id: string; readonly text: string };
const listed = async (...args: readonly string[]): Promise<readonly Listed[]> =>
  JSON.parse((await examples('list', '--json', ...args)).said) as Listed[];

test.each([
  [['learn'], 'Expected one of list, remove, got "learn"'],
  [['list', 'acme'], 'Expected the words of `list`, got others'],
  [['remove'], 'Expected the words of `remove`, got others'],
  [['remove', 'a', 'b'], 'Expected the words of `remove`, got others'],
  [['remove', 'one', '--json'], 'Expected the words of `remove`, got others'],
  [['remove', 'one'], 'Expected the id of one example, got "one"'],
  [
    ['remove', '00000000'],
    'There is no example 00000000 that you may remove. Nothing was removed.',
  ],
  [['list', '--client', 'acne'], 'Did you mean acme?'],
  [['list', '--clients', 'acme'], 'aios examples list'],
])('`aios examples %s` is refused and says what was expected', async (args, says) => {
  const { code, said } = await examples(...args);
  expect(code).toBe(1);
  expect(said).toContain(says);
});

test('what is kept is listed with its words, and removed by its id', async () => {
  const [one, ...more] = await listed('--client', 'acme');
  expect(more).toEqual([]);
  expect(one).toMatchObject({ kind, for: 'client', client: 'acme', task: '1.1', text: WORDS });
  expect(await listed('--client', 'practice')).toEqual([]);
  const { said } = await examples('list');
  expect(said).toBe(`- ${one?.id.slice(-8)} ${kind}, for acme, from #1.1: "${WORDS}"`);

  expect((await examples('remove', one?.id.slice(-8) ?? '')).said).toContain(
    'its words are erased',
  );
  expect(await listed()).toEqual([]);
  expect((await examples('list')).said).toBe('No words are kept as examples.');
  expect((await ask(running, WORDS)).task.waitsFor).toBe('answer:kind');
});

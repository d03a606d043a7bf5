import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ExactRoom } from '../../../src/exact/open.ts';
import { MOST_SCANNED } from '../../../src/flow/ports/exact.ts';
import { shippedExact } from '../../helpers/exact.ts';

const NEVER = new AbortController().signal;
let exact: ExactRoom;
beforeAll(async () => {
  exact = await shippedExact();
});
afterAll(async () => exact.close());

/** Put together here, so that no scanner of this repository takes them for real ones. */
const GITHUB = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
const SLACK = ['xoxb', '123456789012', '1234567890123', 'abcdefghijklmnopqrstuvwx'].join('-');

async function found(text: string): Promise<readonly (readonly [string, string])[]> {
  const [spans = []] = await exact.secrets([text], NEVER);
  return spans.map(({ from, to, rule }) => [rule, text.slice(from, to)]);
}

test('finds tokens and addresses with a password, each at its place, also behind other letters', async () => {
  const text = `Grüße 🎉\r\n${GITHUB} and https://eva:s3cret-word@example.org/x\n${SLACK}\n`;
  expect(await found(text)).toEqual([
    ['github', GITHUB],
    ['basicauth', expect.stringContaining('s3cret-word')],
    ['slack', SLACK],
  ]);
});

test('takes no order from the text: a comment that switches a scanner off does nothing', async () => {
  const text = `// secretlint-disable\n/* secretlint-disable */\n${GITHUB} // secretlint-disable-line\n`;
  expect(await found(text)).toEqual([['github', GITHUB]]);
});

test('each text has its own places, and a text without any has none', async () => {
  const spans = await exact.secrets(['nothing here', '', GITHUB, `x ${GITHUB}`], NEVER);
  expect(spans.map((all) => all.map(({ from }) => from))).toEqual([[], [], [0], [2]]);
});

test('a lone surrogate and a byte order mark move no place', async () => {
  expect(await found(`\ufeff\ud800 ${GITHUB}`)).toEqual([['github', GITHUB]]);
});

test('more than is ever sent is refused, not left unread', async () => {
  const half = 'x'.repeat(MOST_SCANNED / 2);
  await expect(exact.secrets([half, half, 'y'], NEVER)).rejects.toMatchObject({
    code: 'too_large',
  });
});

test('a large text takes no longer than the call it is for', async () => {
  const text = `lorem ipsum key=value 12345 sit amet;\n`.repeat(50_000) + GITHUB;
  expect(await found(text)).toEqual([['github', GITHUB]]);
}, 30_000);

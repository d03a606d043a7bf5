import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { openRehearsal, type Rehearsal } from '../../src/rehearsal/open.ts';
import { WIRE_FAULTS } from '../../src/rehearsal/script.ts';

let stage: Rehearsal | undefined;

/** Each test has a month of its own. */
beforeEach(async () => {
  await stage?.close();
  stage = await openRehearsal();
});
afterAll(() => stage?.close());

const opened = (): Rehearsal => {
  if (stage === undefined) throw new Error('expected the stand-in open');
  return stage;
};

const asked = (more: object = {}) =>
  fetch(`${opened().copilotUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'rehearsal-seat',
      messages: [
        { role: 'system', content: 's'.repeat(8_000) },
        { role: 'user', content: 'u'.repeat(400) },
      ],
      ...more,
    }),
  });

type Account = {
  quota_snapshots: {
    premium_interactions: { entitlement: number; remaining: number; percent_remaining: number };
  };
  endpoints: { api: string };
};
const account = async (): Promise<Account> =>
  (await (await fetch(`${opened().copilotUrl}/copilot_internal/user`)).json()) as Account;

type Document = {
  usage: { prompt_tokens: number; completion_tokens: number };
  copilot_usage: {
    total_nano_aiu: number;
    token_details: { token_count: number; batch_size: number; cost_per_batch: number }[];
  };
};

test('names itself as the service, with a full month and one model that says what it is', async () => {
  const read = await account();
  expect(read.endpoints.api).toBe(opened().copilotUrl);
  expect(read.quota_snapshots.premium_interactions).toMatchObject({
    entitlement: 1_500,
    remaining: 1_500,
    percent_remaining: 100,
  });
  const models = await (await fetch(`${opened().copilotUrl}/models`)).json();
  expect(models).toMatchObject({ data: [{ id: 'rehearsal-seat' }] });
});

test('credits follow from the tokens, and what is left of the month goes down by them', async () => {
  const document = (await (await asked()).json()) as Document;
  expect(document.usage).toMatchObject({
    prompt_tokens: 2_100,
    prompt_tokens_details: { cached_tokens: 2_000 },
  });
  const { total_nano_aiu: total, token_details: details } = document.copilot_usage;
  const credits = details.map((d) => (d.token_count * d.cost_per_batch) / d.batch_size);
  expect(total).toBeCloseTo(1e9 * credits.reduce((sum, n) => sum + n, 0), 0);
  expect(total).toBe(100 * 250_000 + 2_000 * 25_000 + document.usage.completion_tokens * 1_500_000);
  const { remaining } = (await account()).quota_snapshots.premium_interactions;
  expect(remaining).toBeCloseTo(1_500 - total / 1e9, 9);
});

test('a stream says the same in its last piece, and the quota in its headers', async () => {
  const response = await asked({ stream: true });
  expect(response.headers.get('x-quota-snapshot-premium_interactions')).toMatch(
    /^ent=1500&ov=0\.0&ovPerm=false&rem=\d+\.\d&rst=\d{4}-\d\d-\d\dT/,
  );
  const pieces = (await response.text()).trim().split('\n\n');
  expect(pieces.at(-1)).toBe('data: [DONE]');
  const last = JSON.parse(pieces.at(-2)?.slice('data: '.length) ?? '') as Document;
  expect(last.copilot_usage.total_nano_aiu).toBeGreaterThan(0);
  expect(pieces.slice(0, -2).join('')).not.toContain('copilot_usage');
});

test('a month that is used up is told as such', async () => {
  const text = 'x'.repeat(4_200_000);
  opened().script({ lane: 'seat', answer: { as: 'text', text } });
  await (await asked()).json();
  const left = (await account()).quota_snapshots.premium_interactions;
  expect(left).toMatchObject({ remaining: 0, percent_remaining: 0 });
  expect(left).toHaveProperty('overage_count', expect.any(Number));
});

test.each(WIRE_FAULTS.filter((fault) => /^\d+$/.test(fault)))(
  'fails with %s in the words of the service, and takes no credits for it',
  async (fault) => {
    opened().script({ lane: 'seat', fault });
    const response = await asked({ stream: true });
    expect(response.status).toBe(Number(fault));
    expect(response.headers.get('retry-after')).toBe(fault === '429' ? '2' : null);
    expect(await response.json()).toMatchObject({
      error: { code: expect.stringMatching(/^[a-z_]+$/), message: expect.any(String) },
    });
    expect((await account()).quota_snapshots.premium_interactions.remaining).toBe(1_500);
  },
);

test.each([
  ['copilotUrl', '/chat/completions'],
  ['openaiUrl', '/chat/completions'],
  ['anthropicUrl', '/v1/messages'],
  ['ollamaUrl', '/api/chat'],
] as const)(
  '%s can be silent: headers, and then nothing until the client leaves',
  async (at, path) => {
    const lanes = ['seat', 'senior', 'local'] as const;
    opened().script(...lanes.map((lane) => ({ lane, fault: 'silence' as const })));
    const leave = new AbortController();
    const body = JSON.stringify({ model: 'm', stream: true, messages: [] });
    const post = { method: 'POST', body, signal: leave.signal };
    const response = await fetch(`${opened()[at]}${path}`, post);
    expect(response.status).toBe(200);
    const text = response.text().catch((thrown: unknown) => (thrown as Error).name);
    leave.abort();
    expect(await text).toBe('AbortError');
    await expect(opened().calls.at(-1)?.closedEarly).resolves.toBe(true);
  },
);

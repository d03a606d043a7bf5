import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRehearsal, type Rehearsal } from '../../src/rehearsal/open.ts';
import { makeScript } from '../../src/rehearsal/script.ts';

let stage: Rehearsal;

beforeAll(async () => {
  stage = await openRehearsal({ script: [{ lane: 'seat', fault: '500' }] });
});

afterAll(() => stage.close());

const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('the stand-ins', () => {
  test('listen on the loopback only, one port for all', () => {
    const hosts = [stage.ollamaUrl, stage.anthropicUrl, stage.openaiUrl].map(
      (url) => new URL(url).host,
    );
    expect(new Set(hosts).size).toBe(1);
    expect(hosts[0]).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  test('list a model whose name says what it is', async () => {
    const tags = (await (await fetch(`${stage.ollamaUrl}/api/tags`)).json()) as {
      models: { name: string }[];
    };
    expect(tags.models.map((m) => m.name)).toEqual(['rehearsal-local']);
    expect(await (await fetch(`${stage.ollamaUrl}/api/version`)).json()).toHaveProperty('version');
    expect((await fetch(`${stage.ollamaUrl}/nowhere`)).status).toBe(404);
    expect((await fetch(new URL('/nowhere', stage.ollamaUrl))).status).toBe(404);
  });

  test('follow the script they were opened with, then do plain work', async () => {
    const url = `${stage.openaiUrl}/chat/completions`;
    expect((await post(url, { model: 'm', messages: [] })).status).toBe(500);
    const answer = await post(url, { model: 'm', messages: [{ role: 'user', content: 'hello' }] });
    expect(await answer.json()).toMatchObject({
      model: 'rehearsal-seat',
      choices: [{ finish_reason: 'stop' }],
    });
  });

  test('survive a body that is no JSON', async () => {
    await fetch(`${stage.anthropicUrl}/v1/messages`, { method: 'POST', body: '{' }).catch(
      () => undefined,
    );
    expect((await fetch(`${stage.anthropicUrl}/v1/models/x`)).status).toBe(200);
  });

  test('refuse a port that is taken, with the code for it', async () => {
    await expect(
      openRehearsal({ port: Number(new URL(stage.ollamaUrl).port) }),
    ).rejects.toMatchObject({ code: 'port_in_use' });
  });

  test('close even while a client hangs on', async () => {
    const other = await openRehearsal();
    const socket = connect(Number(new URL(other.ollamaUrl).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await other.close();
    await gone;
  });
});

test('a script is used in order, by lane and words, as often as it says', () => {
  const script = makeScript();
  script.add([
    { lane: 'local', match: 'blog', fault: '429', times: 2 },
    { lane: 'local', fault: '500' },
    { lane: 'senior', fault: '529' },
  ]);
  const take = (words: string) => script.take('local', words)?.fault;
  expect([take('a blog'), take('a page'), take('a blog'), take('a blog')]).toEqual([
    '429',
    '500',
    '429',
    undefined,
  ]);
  expect(script.take('senior', '')?.fault).toBe('529');
});

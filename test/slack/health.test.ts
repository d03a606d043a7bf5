import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { slackHealth } from '../../src/slack/health.ts';
import type { Workspace } from '../../src/workspace/open.ts';
import { closeAll, site } from './room.ts';

describe('the health of Slack tokens', () => {
  let space: Workspace;
  beforeAll(async () => {
    ({ space } = await site());
  });
  afterAll(closeAll);

  test('says who AIOS is when both are known', async () => {
    const { botToken, appToken, apiUrl } = space;
    const says = await slackHealth({ botToken, appToken, apiUrl });
    expect(says).toContain('Slack knows both tokens');
    expect(says).not.toContain(botToken);
  });

  test.each(['botToken', 'appToken'] as const)('is a fault without a known %s', async (which) => {
    const { botToken, appToken, apiUrl } = space;
    const tokens = { botToken, appToken, apiUrl, [which]: 'xoxb-unknown' };
    await expect(slackHealth(tokens)).rejects.toMatchObject({ code: 'auth' });
  });

  test('sends no token to a foreign address', async () => {
    const tokens = { botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'https://example.org/api/' };
    await expect(slackHealth(tokens)).rejects.toMatchObject({ code: 'bad_config' });
  });
});

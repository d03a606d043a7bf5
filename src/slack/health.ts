import { makeClient, readApiUrl } from './client.ts';
import { asked } from './fault.ts';

/** The two tokens of an installed Slack app. */
export type Tokens = {
  readonly botToken: string;
  readonly appToken: string;
  readonly apiUrl?: string;
};

/**
 * Tries both tokens, for doctor: who AIOS is, and the address of a socket, which is not opened. Returns a sentence.
 * Throws Fault `auth` for a token Slack does not know, `bad_config` for a foreign address, `slack_gone`.
 */
export async function slackHealth({ botToken, appToken, apiUrl }: Tokens): Promise<string> {
  const place = readApiUrl(apiUrl);
  const more = { log: () => undefined, retries: 0 };
  const me = await asked('say who AIOS is', () => makeClient(botToken, place, more).auth.test());
  await asked('offer a socket', () => makeClient(appToken, place, more).apps.connections.open());
  return `Slack knows both tokens: ${me.user ?? 'the app'} in ${me.team ?? me.team_id ?? 'its team'}.`;
}

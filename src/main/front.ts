import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verbs } from '../flow/ports/doors.ts';
import { openSlack } from '../slack/open.ts';
import type { SlackRoom } from '../slack/open.ts';
import { appFromManifest } from '../workspace/app.ts';
import { openWorkspace } from '../workspace/open.ts';
import type { Workspace } from '../workspace/open.ts';
import { postgresState } from '../workspace/postgres-state.ts';
import { TOP } from '../config.ts';
import type { Config } from '../config.ts';
import type { Base } from './base.ts';

/** Where people meet AIOS: the real Slack, or the local workspace when no tokens are set. */
export type Front = {
  readonly room: SlackRoom;
  readonly workspace: Workspace | null;
  close(): Promise<void>;
};

export type FrontNeeds = { readonly base: Base; readonly log: (sentence: string) => void };

/** Longest request text in characters and largest file in bytes that are taken in. */
export const TEXT_CAP = 100_000;
export const FILE_CAP = 8_000_000;

/** Opens the front. The workspace is never started when Slack tokens are set. */
export async function openFront(needs: FrontNeeds, verbs: () => Verbs): Promise<Front> {
  const { slack } = needs.base.config;
  if (slack === undefined) return openLocal(needs, verbs);
  const room = await openSlack({ ...roomOptions(needs), ...tokens(slack) }, verbs);
  return { room, workspace: null, close: () => room.close() };
}

function tokens(slack: NonNullable<Config['slack']>) {
  const pair = { botToken: slack.bot, appToken: slack.app };
  return slack.apiUrl === undefined ? pair : { ...pair, apiUrl: slack.apiUrl };
}

function roomOptions({ base, log }: FrontNeeds) {
  return { fileCap: FILE_CAP, rehearsal: base.isRehearsal, log };
}

async function openLocal(needs: FrontNeeds, verbs: () => Verbs): Promise<Front> {
  const { config, data, isRehearsal } = needs.base;
  const state = await postgresState(data.adminUrl);
  const workspace = await openWorkspace({
    port: config.port,
    state,
    app: appFromManifest(JSON.parse(await readFile(join(TOP, 'slack-manifest.json'), 'utf8')), {
      optional: true,
    }),
    pageFolder: fileURLToPath(new URL('../workspace/page', import.meta.url)),
    rehearsal: isRehearsal,
  }).catch(async (thrown: unknown) => {
    await state.close();
    throw thrown;
  });
  const { botToken, appToken, apiUrl } = workspace;
  const room = await openSlack({ ...roomOptions(needs), botToken, appToken, apiUrl }, verbs);
  const close = async (): Promise<void> => {
    await room.close();
    await workspace.close();
    await state.close();
  };
  return { room, workspace, close };
}

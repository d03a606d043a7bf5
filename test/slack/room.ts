import { readFile } from 'node:fs/promises';
import type { Heard, Pressed, Command, Verbs } from '../../src/flow/ports/doors.ts';
import { openSlack } from '../../src/slack/open.ts';
import type { SlackOptions, SlackRoom } from '../../src/slack/open.ts';
import { appFromManifest } from '../../src/workspace/app.ts';
import { openWorkspace } from '../../src/workspace/open.ts';
import type { Workspace, WorkspaceOptions } from '../../src/workspace/open.ts';
import { memoryState } from '../../src/workspace/state.ts';

const closers: (() => Promise<void>)[] = [];

/** Closes rooms before workspaces. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}

/** The app as the manifest in the repository describes it. */
export async function shippedApp(optional = false): Promise<ReturnType<typeof appFromManifest>> {
  const text = await readFile(new URL('../../slack-manifest.json', import.meta.url), 'utf8');
  return appFromManifest(JSON.parse(text), { optional });
}

/** Verbs that keep what they were told; each can be replaced. */
export type Recorder = {
  heard: Heard[];
  pressed: Pressed[];
  commands: Command[];
  verbs: { -readonly [K in keyof Verbs]: Verbs[K] };
};

export function recorder(): Recorder {
  const made: Recorder = {
    heard: [],
    pressed: [],
    commands: [],
    verbs: {
      hear: async (heard) => {
        made.heard.push(heard);
        return { is: 'stored' };
      },
      press: async (pressed) => {
        made.pressed.push(pressed);
        return { is: 'done' };
      },
      command: async (command) => {
        made.commands.push(command);
        return { ok: true, lines: ['one', 'two'] };
      },
    },
  };
  return made;
}

export type Site = { space: Workspace; room: SlackRoom; told: Recorder; logged: string[] };

/** The real room, with real Bolt, on a workspace that grants what the shipped manifest asks for. */
export async function site(
  options: {
    space?: Partial<WorkspaceOptions>;
    room?: Partial<SlackOptions>;
    start?: boolean;
  } = {},
): Promise<Site> {
  const space = await openWorkspace({
    port: 0,
    state: memoryState(),
    app: await shippedApp(),
    ackMs: 1000,
    retryDelaysMs: [0, 20, 20],
    ...options.space,
  });
  closers.push(() => space.close());
  const told = recorder();
  const logged: string[] = [];
  const room = await openSlack(
    {
      botToken: space.botToken,
      appToken: space.appToken,
      apiUrl: space.apiUrl,
      fileCap: 1_000_000,
      log: (sentence) => logged.push(sentence),
      ...options.room,
    },
    () => told.verbs,
  );
  closers.push(() => room.close());
  if (options.start !== false) await room.start();
  return { space, room, told, logged };
}

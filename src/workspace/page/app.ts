import type { Api } from './api.ts';
import type { World } from './world.ts';

/** What every part of the page is handed: the world, the server, and what can be done across parts. */
export interface App {
  readonly world: World;
  readonly api: Api;
  /** Draws again, soon and once, however often it is asked. */
  readonly changed: () => void;
  /** Shows a sentence to the person and speaks it; undefined takes it away. */
  readonly notice: (sentence: string | undefined) => void;
  readonly openChannel: (channel: string) => void;
  /** Opens a thread, with the focus in its reply box; null closes it. */
  readonly openThread: (ts: string | null) => void;
  readonly bePerson: (id: string) => void;
}

const SILENT = 'AIOS did not answer within three seconds. Nothing may have happened: try again.';

/** Carries out a task of the server's; a refusal or a silence is told to the person. False when it failed. */
export async function attempt(
  app: App,
  task: () => Promise<{ readonly acked?: boolean } | void>,
): Promise<boolean> {
  try {
    const done = await task();
    const silent = done?.acked === false;
    app.notice(silent ? SILENT : undefined);
    return !silent;
  } catch (error) {
    app.notice(error instanceof Error ? error.message : String(error));
    return false;
  }
}

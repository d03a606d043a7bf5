import type { SeatEvent, SeatSdk } from '../../src/lanes/seat-sdk.ts';

/** What a lane told the runtime. */
export type Told = {
  env: Record<string, unknown>;
  session: Record<string, unknown> | undefined;
  deleted: string[];
  aborted: number;
  killed: number;
};

/** What goes wrong with a runtime: it never says that a session is there, or refuses to abort one. */
export type Wrong = 'never opens' | 'refuses to abort';

/** A record that plays the seat's runtime: each message sent is answered by these events. */
export function fakeSdk(events: readonly SeatEvent[], wrong?: Wrong): { sdk: SeatSdk; told: Told } {
  const told: Told = { env: {}, session: undefined, deleted: [], aborted: 0, killed: 0 };
  const listeners: ((event: SeatEvent) => void)[] = [];
  const session = {
    sessionId: 'session-1',
    on: (handler: (event: SeatEvent) => void) => listeners.push(handler),
    abort: () => {
      told.aborted += 1;
      return wrong === 'refuses to abort' ? Promise.reject(new Error('busy')) : Promise.resolve();
    },
    disconnect: () => Promise.resolve(),
    rpc: {
      send: () => {
        for (const event of events) for (const hear of listeners) hear(event);
        return Promise.resolve({});
      },
    },
  };
  const client = {
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    forceStop: () => Promise.resolve((told.killed += 1)),
    createSession: (config: Readonly<Record<string, unknown>>) => {
      told.session = config;
      return wrong === 'never opens' ? new Promise<never>(() => {}) : Promise.resolve(session);
    },
    deleteSession: (id: string) => Promise.resolve(told.deleted.push(id)),
  };
  function CopilotClient(options: Readonly<Record<string, unknown>>) {
    told.env = options['env'] as Record<string, unknown>;
    return client;
  }
  return { sdk: { CopilotClient: CopilotClient as unknown as SeatSdk['CopilotClient'] }, told };
}

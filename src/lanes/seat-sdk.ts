/**
 * The little of `@github/copilot-sdk` 1.0.14 that the seat lane uses. The package is 113 MB and only for who has a seat, so its
 * types are not there on most machines; the shapes below were taken from its declarations.
 */
export type SeatEvent = { readonly type: string; readonly data: Readonly<Record<string, unknown>> };

export type SeatSession = {
  readonly sessionId: string;
  on(handler: (event: SeatEvent) => void): unknown;
  abort(): Promise<unknown>;
  disconnect(): Promise<unknown>;
  readonly rpc: { send(message: Readonly<Record<string, unknown>>): Promise<unknown> };
};

export type SeatClient = {
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
  /** Kills the runtime. Other calls in it end at their deadline. */
  forceStop(): Promise<unknown>;
  createSession(config: Readonly<Record<string, unknown>>): Promise<SeatSession>;
  deleteSession(id: string): Promise<unknown>;
};

export type SeatSdk = {
  readonly CopilotClient: new (options: Readonly<Record<string, unknown>>) => SeatClient;
};

/** The name in a variable keeps the compiler from asking for a package that need not be there. */
const PACKAGE: string = '@github/copilot-sdk';

/** Loads the package, or gives undefined when it is not installed. Other failures of loading are thrown as they are. */
export async function loadSeatSdk(): Promise<SeatSdk | undefined> {
  try {
    const loaded: unknown = await import(PACKAGE);
    return isSeatSdk(loaded) ? loaded : undefined;
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

function isSeatSdk(loaded: unknown): loaded is SeatSdk {
  return typeof loaded === 'object' && loaded !== null && 'CopilotClient' in loaded;
}

function isMissing(thrown: unknown): boolean {
  const code =
    typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

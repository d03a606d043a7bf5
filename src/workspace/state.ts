import type { RecordKind, Records } from './records.ts';

/** One change of one record. `body` undefined removes it. */
export type Change = {
  [K in RecordKind]: {
    readonly kind: K;
    readonly key: string;
    readonly body: Records[K] | undefined;
  };
}[RecordKind];

/** Everything kept, in the order it was first stored. */
export type Snapshot = readonly Change[];

/**
 * Where the workspace keeps its state, so that a restart finds it again. `save` stores all changes or none.
 * Faults: `database_gone` (retry).
 */
export type WorkspaceState = {
  load(): Promise<Snapshot>;
  save(changes: readonly Change[]): Promise<void>;
  putBytes(file: string, bytes: Uint8Array): Promise<void>;
  bytes(file: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
};

/** State in memory. It outlives a workspace, so a test can restart one on it. */
export function memoryState(): WorkspaceState {
  const records = new Map<string, Change>();
  const files = new Map<string, Uint8Array>();
  return {
    load: () => Promise.resolve([...records.values()]),
    save: (changes) => {
      for (const change of structuredClone(changes)) {
        const at = `${change.kind} ${change.key}`;
        if (change.body === undefined) records.delete(at);
        else records.set(at, change);
      }
      return Promise.resolve();
    },
    putBytes: (file, bytes) => {
      files.set(file, Uint8Array.from(bytes));
      return Promise.resolve();
    },
    bytes: (file) => Promise.resolve(files.get(file)),
    close: () => Promise.resolve(),
  };
}

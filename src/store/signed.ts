import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault, sentenceOf } from '../core/fault.ts';
import type { ClientId, LogId } from '../core/id.ts';
import { moment } from '../core/moment.ts';
import type { Moment } from '../core/moment.ts';
import { openCheckpoint } from '../ledger/checkpoint.ts';
import { packPeaks, rootOf, unpackPeaks } from '../ledger/tree.ts';
import type { Frontier } from '../ledger/tree.ts';
import { ownFolder, replaceFile } from './whole-file.ts';

/** The last thing that was signed for a log, kept outside the database: whatever is signed next must continue it. */
export type Signed = {
  readonly log: LogId;
  readonly origin: string;
  readonly client: ClientId | null;
  readonly epoch: number;
  readonly begunAt: Moment;
  readonly frontier: Frontier;
  /** 32 bytes. */
  readonly root: Buffer;
  /** The signed checkpoint. */
  readonly note: string;
  /** Every key that ever signed this log. */
  readonly vkeys: readonly string[];
  /** Once an epoch ends it: the log that follows. */
  readonly next: LogId | null;
};

/** A file of that folder: what it says, or why it says nothing. */
export type SignedFile =
  | { readonly is: 'sound'; readonly path: string; readonly text: string; readonly signed: Signed }
  | { readonly is: 'damaged'; readonly path: string; readonly why: string };

export type SignedFiles = {
  /** All of them by the id of their log. `vkeysOf` gives the keys that may have signed under an origin. */
  read(vkeysOf: (origin: string) => readonly string[]): Promise<ReadonlyMap<LogId, SignedFile>>;
  /**
   * Puts a new state in the place of what was read before (undefined: of nothing). Throws Fault `conflict` (retry) when
   * another process wrote it meanwhile, and `unavailable` (retry) when the disk is full.
   */
  write(signed: Signed, before: SignedFile | undefined): Promise<void>;
  pathOf(log: LogId): string;
};

const hex = (bytes: number | null) =>
  z
    .string()
    .regex(bytes === null ? /^(?:[0-9a-f]{64})*$/ : new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
    .transform((text) => Buffer.from(text, 'hex'));

const FILE = z.strictObject({
  origin: z.string(),
  client: z.uuid().nullable(),
  epoch: z.int().min(1),
  begun_at: z.int(),
  size: z.int().min(1),
  root: hex(32),
  peaks: hex(null),
  note: z.string(),
  vkeys: z.array(z.string()).min(1),
  next: z.uuid().nullable(),
});

/** The signed states in a folder, one file for each log. What was found sound is not checked again while its text stays. */
export function signedFiles(folder: string): SignedFiles {
  const known = new Map<LogId, SignedFile>();
  const pathOf = (log: LogId): string => join(folder, `${log}.json`);
  return {
    pathOf,
    read: async (vkeysOf) => {
      const names = existsSync(folder) ? await readdir(folder) : [];
      const logs = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
      const files = await Promise.all(
        logs.map(async (name) => {
          const log = name as LogId;
          const text = await readFile(pathOf(log), 'utf8');
          const before = known.get(log);
          if (before?.is === 'sound' && before.text === text) return [log, before] as const;
          const file = judge({ log, path: pathOf(log), text }, vkeysOf);
          known.set(log, file);
          return [log, file] as const;
        }),
      );
      return new Map(files);
    },
    write: async (signed, before) => {
      const path = pathOf(signed.log);
      await ownFolder(folder);
      const now = existsSync(path) ? await readFile(path, 'utf8') : undefined;
      if (before?.is !== 'damaged' && now !== before?.text)
        throw new Fault('conflict', `Another process wrote ${path} meanwhile.`, { retry: true });
      await replaceFile(path, textOf(signed));
    },
  };
}

function textOf(signed: Signed): string {
  const { origin, client, epoch, begunAt, frontier, root, note, vkeys, next } = signed;
  const file = {
    origin,
    client,
    epoch,
    begun_at: begunAt,
    size: frontier.size,
    root: root.toString('hex'),
    peaks: packPeaks(frontier).toString('hex'),
    note,
    vkeys,
    next,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

type Raw = { readonly log: LogId; readonly path: string; readonly text: string };

function judge(raw: Raw, vkeysOf: (origin: string) => readonly string[]): SignedFile {
  const { path, text } = raw;
  try {
    return { is: 'sound', path, text, signed: understood(raw, vkeysOf) };
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? 'it is not whole' : sentenceOf(thrown);
    return { is: 'damaged', path, why };
  }
}

/** What the file says, if its peaks, its root and the signed checkpoint in it say the same. */
function understood({ log, text }: Raw, vkeysOf: (origin: string) => readonly string[]): Signed {
  const { begun_at, size, peaks, ...file } = FILE.parse(JSON.parse(text));
  if (!file.origin.endsWith(`/log/${log}`)) throw new Error(`it is of the log ${file.origin}`);
  const frontier = unpackPeaks(size, peaks);
  const opened = openCheckpoint(file.note, vkeysOf(file.origin));
  const isOne =
    opened.origin === file.origin &&
    opened.size === size &&
    opened.root.equals(file.root) &&
    rootOf(frontier).equals(file.root);
  if (!isOne) throw new Error('its parts do not belong together');
  return {
    ...file,
    log,
    client: file.client as ClientId | null,
    next: file.next as LogId | null,
    begunAt: moment(begun_at),
    frontier,
  };
}

import { generateKeyPairSync } from 'node:crypto';
import { moment } from '../../src/core/moment.ts';
import { checkBundle } from '../../src/ledger/bundle.ts';
import type { Trust } from '../../src/ledger/bundle.ts';
import { hexOf } from '../../src/ledger/bundle-files.ts';
import { readLog } from '../../src/ledger/bundle-log.ts';
import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import type { Finding } from '../../src/ledger/history.ts';
import { manifestText, readManifest } from '../../src/ledger/manifest.ts';
import { makeSigner, openNote, signNote } from '../../src/ledger/note.ts';
import type { Signer } from '../../src/ledger/note.ts';
import type { Span } from '../../src/ledger/sum-types.ts';
import { makeBundle } from '../../src/report/statement/bundle.ts';
import type { Labels } from '../../src/report/statement/labels.ts';
import { soundHistory } from './histories.ts';
import type { Size } from './histories.ts';
import { RULES } from './pen.ts';

export const PRACTICE = 'aios/00000000-0000-7000-8000-0000000000aa';
export const ORIGIN = `${PRACTICE}/log/00000000-0000-7000-8000-0000000000bb`;

export type Bundle = {
  /** May be changed. */
  readonly files: Map<string, Uint8Array>;
  readonly signer: Signer;
  /** The bytes of the entries, one after another. */
  readonly lines: readonly string[];
};

/** Texts of the rules of generated histories, by their SHA-256. */
export const TEXTS: ReadonlyMap<string, string> = new Map(
  RULES.map((_, i) => {
    const text = `id: RULE-${i}\ntitle: The rule number ${i}\nbecause: Somebody wrote it down\n  before it was needed.`;
    return [hexOf(Buffer.from(text)), text];
  }),
);

export const LABELS: Labels = {
  client: 'Acme & Söhne <Ltd> "Pottery"',
  practice: 'A practice',
  kinds: new Map(),
  personas: new Map(),
  people: new Map(),
};

export const EVER: Span = { from: moment(0), to: moment(Date.UTC(2100, 0)) };

/** A fresh key under the name of a log; `as` is the same key under another name. */
export function newSigner(origin = ORIGIN): Signer & { as(name: string): Signer } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { ...makeSigner(origin, privateKey), as: (name) => makeSigner(name, privateKey) };
}

/** The entries of one client of a generated history, their rules named by texts that are there. */
export function linesOf(seed: number, size: Size = {}): readonly string[] {
  const logs = soundHistory(seed, { clients: 1, ...size });
  const log = logs.find(({ client }) => client !== null);
  const texts = [...TEXTS.keys()];
  return (log?.entries ?? []).map(({ bytes }) =>
    RULES.reduce(
      (line, rule, i) =>
        line.replaceAll(rule, `life.yaml#RULE-${i}@${texts[i]?.slice(0, 16) ?? ''}`),
      Buffer.from(bytes).toString('utf8'),
    ),
  );
}

type Needs = {
  readonly lines: readonly string[];
  readonly signer?: Signer;
  readonly span?: Span;
  readonly verifier?: Uint8Array;
  readonly labels?: Labels;
};

/** A bundle as it is handed over, of these entries. */
export function bundleOf({ lines, signer = newSigner(), span = EVER, ...more }: Needs): Bundle {
  const entries = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const log = readLog(entries, { span, sizes: new Set() });
  const files = makeBundle({
    origin: ORIGIN,
    span,
    made: moment(Date.UTC(2026, 10, 26, 12)),
    offsets: [{ from: moment(0), minutes: 60 }],
    entries,
    log,
    checkpoint: signCheckpoint({ origin: ORIGIN, size: log.size, root: log.root }, [signer]),
    keys: [signer.vkey],
    texts: TEXTS,
    labels: more.labels ?? LABELS,
    verifier: more.verifier ?? Buffer.from('// a verifier\n'),
    signers: [signer],
  });
  return { files: new Map(files), signer, lines };
}

export const sampleBundle = (seed = 1, size: Size = {}): Bundle =>
  bundleOf({ lines: linesOf(seed, size) });

/** Lists the files anew and signs the list: what somebody does who has a key and changed something. */
export function resign(files: Map<string, Uint8Array>, signer: Signer, vkey = signer.vkey): void {
  const note = Buffer.from(files.get('manifest') ?? []).toString('utf8');
  const manifest = readManifest(openNote(note, [vkey]).text);
  const listed = [...files]
    .filter(([name]) => name !== 'manifest')
    .map(([name, bytes]) => ({ name, sha256: hexOf(bytes) }));
  files.set(
    'manifest',
    Buffer.from(signNote(manifestText({ ...manifest, files: listed }), [signer])),
  );
}

/** What is wrong with a bundle, for somebody who has its key. */
export function faultsIn(
  { files, signer }: Bundle,
  trust: Partial<Trust> = {},
): readonly Finding[] {
  const { findings } = checkBundle(files, { keys: [signer.vkey], earlier: [], ...trust });
  return findings.filter(({ level }) => level === 'fault');
}

/** The text of a file. */
export const textIn = ({ files }: Bundle, name: string): string =>
  Buffer.from(files.get(name) ?? []).toString('utf8');

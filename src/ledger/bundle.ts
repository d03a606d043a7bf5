import { checkCsv } from './bundle-csv.ts';
import { continues, readEarlier } from './bundle-earlier.ts';
import type { Earlier, Point } from './bundle-earlier.ts';
import { checkFiles, checkNames, fault, textOf } from './bundle-files.ts';
import type { Files } from './bundle-files.ts';
import { keyLines, keysFor, sentence } from './bundle-keys.ts';
import type { Keys } from './bundle-keys.ts';
import { compareLog, readLog } from './bundle-log.ts';
import type { Log } from './bundle-log.ts';
import { checkPage } from './bundle-page.ts';
import { checkRules, ruleTexts } from './bundle-rules.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import { figuresOf } from './figures.ts';
import type { Figures } from './figures.ts';
import type { Finding } from './history.ts';
import { readManifest, statementNumber } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { openNote } from './note.ts';

/** What the reader brings along; all of it may be empty. */
export type Trust = {
  /** Verifier keys from the contract, or from wherever else than the bundle. */
  readonly keys: readonly string[];
  readonly earlier: readonly Earlier[];
};

/** What became of a bundle. It is good when no finding is a fault. */
export type Checked = {
  readonly findings: readonly Finding[];
  /** Whether the signatures were checked with a key the reader brought. */
  readonly isKeyGiven: boolean;
  /** The keys that signed, as far as any did. */
  readonly signedBy: readonly string[];
  readonly manifest: Manifest | null;
  readonly checkpoint: Checkpoint | null;
  /** How many entries were read, and how many written rules they name. */
  readonly entries: number;
  readonly rules: number;
  /** What the record comes to, made again from its entries. */
  readonly figures: Figures | null;
};

/**
 * Checks a bundle from its bytes alone: exactly its files, the signatures, the log entry by entry, the history they
 * tell, the rules they name, and every figure of the page and the table. Says all that is wrong, each with its place;
 * never throws.
 */
export function checkBundle(files: Files, trust: Trust): Checked {
  const keys = keysFor(files, trust.keys);
  const signed = openBoth(files, keys);
  const names = signed.manifest === null ? checkNames(files) : checkFiles(files, signed.manifest);
  const earlier = readEarlier(trust.earlier, keys.vkeys);
  const log = logOf(files, signed.manifest, new Set(earlier.points.map(({ size }) => size)));
  const proven = log === null ? [] : prove(log, signed, earlier.points);
  const told = log === null ? NOTHING_TOLD : tell(files, signed, log);
  const known = [...names, ...keys.findings, ...signed.findings, ...earlier.findings];
  return {
    findings: [...known, ...proven, ...told.findings],
    isKeyGiven: keys.isGiven,
    signedBy: signed.signedBy,
    manifest: signed.manifest,
    checkpoint: signed.checkpoint,
    entries: log?.size ?? 0,
    rules: log?.rules.size ?? 0,
    figures: told.figures,
  };
}

type Signed = {
  readonly manifest: Manifest | null;
  readonly checkpoint: Checkpoint | null;
  readonly signedBy: readonly string[];
  readonly findings: readonly Finding[];
};

/** Opens checkpoint and manifest with the keys, and sees that both speak of the same. */
function openBoth(files: Files, { vkeys }: Keys): Signed {
  const findings: Finding[] = [];
  const opened = <T>(name: string, open: (text: string) => T): T | null => {
    const bytes = files.get(name);
    // That it is missing is told where the names are looked at.
    if (bytes === undefined) return null;
    try {
      return open(textOf(bytes) ?? '');
    } catch (thrown) {
      findings.push(fault(name, sentence(thrown)));
      return null;
    }
  };
  const checkpoint = opened('checkpoint', (text) => openCheckpoint(text, vkeys));
  const note = opened('manifest', (text) => openNote(text, vkeys));
  const manifest = note === null ? null : opened('manifest', () => readManifest(note.text));
  if (manifest !== null && checkpoint !== null)
    findings.push(...compareSigned(manifest, checkpoint));
  return { manifest, checkpoint, signedBy: checkpoint?.signedBy ?? [], findings };
}

function compareSigned(
  { origin, size, root }: Manifest,
  checkpoint: Checkpoint,
): readonly Finding[] {
  const pairs = [
    ['log', checkpoint.origin, origin],
    ['size', String(checkpoint.size), String(size)],
    ['root', checkpoint.root.toString('hex'), root],
  ] as const;
  return pairs
    .filter(([, wanted, got]) => wanted !== got)
    .map(([what, wanted, got]) =>
      fault('manifest', `expected the ${what} ${wanted} of the checkpoint, got ${got}`),
    );
}

/** Everything, where no manifest says which days it is about. */
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER } as Manifest['span'];

function logOf(files: Files, manifest: Manifest | null, sizes: ReadonlySet<number>): Log | null {
  const bytes = files.get('entries.jsonl');
  return bytes === undefined ? null : readLog(bytes, { span: manifest?.span ?? ALL, sizes });
}

/** Whether the entries are what was signed, and go on from where the log stood earlier. */
function prove(log: Log, { checkpoint }: Signed, points: readonly Point[]): readonly Finding[] {
  if (checkpoint === null) return log.findings;
  return [...log.findings, ...compareLog(log, checkpoint), ...continues(log, checkpoint, points)];
}

type Told = { readonly figures: Figures | null; readonly findings: readonly Finding[] };

const NOTHING_TOLD: Told = { figures: null, findings: [] };

/** Makes table and page again from the entries. */
function tell(files: Files, { manifest }: Signed, { sums, exports, rules }: Log): Told {
  const found = checkRules(files, rules);
  if (manifest === null) return { figures: null, findings: found };
  const figures = figuresOf({
    sums,
    head: manifest,
    keys: keyLines(files),
    rules: ruleTexts(files),
    refs: rules,
  });
  const number = statementNumber(manifest.made, manifest.offsets, exports);
  const numbered =
    number === manifest.number
      ? []
      : [fault('manifest', `expected the number ${number} by the record, got ${manifest.number}`)];
  return {
    figures,
    findings: [
      ...found,
      ...numbered,
      ...(files.has('tasks.csv') ? checkCsv(files, sums) : []),
      ...(files.has('report.html') ? checkPage(files, figures) : []),
    ],
  };
}

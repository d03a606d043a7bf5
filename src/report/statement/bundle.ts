import { hexOf, ruleFile } from '../../ledger/bundle-files.ts';
import type { Files } from '../../ledger/bundle-files.ts';
import type { Log } from '../../ledger/bundle-log.ts';
import { figuresOf } from '../../ledger/figures.ts';
import { manifestText, statementNumber } from '../../ledger/manifest.ts';
import type { Manifest } from '../../ledger/manifest.ts';
import { signNote } from '../../ledger/note.ts';
import type { Signer } from '../../ledger/note.ts';
import { refParts } from '../../ledger/rule-words.ts';
import { tasksCsv } from '../../ledger/tasks-csv.ts';
import type { Labels } from './labels.ts';
import { statementPage } from './page.ts';

export type BundleNeeds = Pick<Manifest, 'origin' | 'span' | 'made' | 'offsets'> & {
  /** The exact bytes of every entry of the log, one a line, and what they come to in this span. */
  readonly entries: Uint8Array;
  readonly log: Log;
  /** The signed checkpoint over all of them. */
  readonly checkpoint: string;
  /** Verifier keys that may have signed it, under the name of the log. */
  readonly keys: readonly string[];
  /** Kept texts of rules by the SHA-256 of their bytes, hex; those the log does not name are left out. */
  readonly texts: ReadonlyMap<string, string>;
  readonly labels: Labels;
  /** The program that checks it, as it was built. */
  readonly verifier: Uint8Array;
  /** Who signs the manifest: under the name of the log, as its checkpoints. */
  readonly signers: readonly Signer[];
};

/** Every file of a bundle. The manifest is signed last, over all the others. */
export function makeBundle(needs: BundleNeeds): Files {
  const head = headOf(needs);
  const rules = rulesOf(needs);
  const { log, keys, labels } = needs;
  const { sums, rules: refs } = log;
  const figures = figuresOf({ sums, head, keys, rules: new Map(rules), refs });
  const told = { sums, figures, labels, rules: rules.map(([sha256]) => sha256), keys: keys.length };
  const files = new Map<string, Uint8Array>([
    ['report.html', statementPage(told)],
    ['tasks.csv', tasksCsv(sums)],
    ['entries.jsonl', needs.entries],
    ['checkpoint', bytesOf(needs.checkpoint)],
    ['key', bytesOf(keys.map((vkey) => `${vkey}\n`).join(''))],
    ['verify.mjs', needs.verifier],
    ...rules.map(([sha256, text]) => [ruleFile(sha256), bytesOf(text)] as const),
  ]);
  const listed = [...files].map(([name, bytes]) => ({ name, sha256: hexOf(bytes) }));
  const text = manifestText({ ...head, files: listed });
  return files.set('manifest', bytesOf(signNote(text, needs.signers)));
}

function headOf({ origin, span, made, offsets, log }: BundleNeeds): Omit<Manifest, 'files'> {
  return {
    number: statementNumber(made, offsets, log.exports),
    origin,
    size: log.size,
    root: log.root.toString('hex'),
    span,
    made,
    offsets,
  };
}

/** The texts that the log names, by the names of their rules: file by file, in the order of their numbers. */
function rulesOf({ log, texts }: BundleNeeds): readonly (readonly [string, string])[] {
  const refs = [...log.rules].toSorted();
  const found = refs.flatMap((ref) =>
    [...texts].filter(([sha256]) => sha256.startsWith(refParts(ref).hash)),
  );
  return [...new Map(found)];
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

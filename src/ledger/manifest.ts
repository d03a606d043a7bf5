import type { Offset } from '../core/local-time.ts';
import { localTime } from '../core/local-time.ts';
import { moment } from '../core/moment.ts';
import type { Moment } from '../core/moment.ts';
import { fromDecimal, shown } from './encoding.ts';
import type { Span } from './sum-types.ts';

/** One file of a bundle and the SHA-256 of its bytes, hex. */
export type Listed = { readonly name: string; readonly sha256: string };

/** What a bundle is about, and every file of it but the manifest itself. Signed as one text. */
export type Manifest = {
  /** `ST-2026-0003`: the third statement for this client, made in that year. */
  readonly number: string;
  /** The log it tells of, and where that log stood: root in hex. */
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly span: Span;
  readonly made: Moment;
  /** The clocks of the practice, from the first moment told of on: no table of time zones is needed to read it. */
  readonly offsets: readonly Offset[];
  /** By name. */
  readonly files: readonly Listed[];
};

const FIRST_LINE = 'aios statement v1';

const byName = (a: Listed, b: Listed): number => (a.name < b.name ? -1 : 1);

/** The text to sign: a line for each thing it says, in one order. */
export function manifestText(manifest: Manifest): string {
  const { number, origin, size, root, span, made, offsets, files } = manifest;
  const lines = [
    FIRST_LINE,
    `number ${number}`,
    `origin ${origin}`,
    `size ${size}`,
    `root ${root}`,
    `from ${span.from}`,
    `to ${span.to}`,
    `made ${made}`,
    ...offsets.map((offset) => `clock ${offset.from} ${offset.minutes}`),
    ...files.toSorted(byName).map(({ name, sha256 }) => `file ${sha256} ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}

const HEAD = ['number', 'origin', 'size', 'root', 'from', 'to', 'made'] as const;

/** Reads such a text. Throws Error when it could not have been written so, with the line. */
export function readManifest(text: string): Manifest {
  const lines = text.split('\n');
  const manifest = manifestIn(lines);
  // One spelling alone: what reads the same but is written otherwise is refused.
  const again = manifestText(manifest).split('\n');
  const odd = again.findIndex((line, i) => line !== lines[i]);
  if (odd === -1 && again.length === lines.length) return manifest;
  const [wanted, got] = [again[odd] ?? '', lines[odd] ?? ''];
  throw new Error(`line ${odd + 1}: expected ${shown(wanted)}, got ${shown(got)}`);
}

function manifestIn(lines: readonly string[]): Manifest {
  if (lines[0] !== FIRST_LINE)
    throw new Error(
      `line 1: expected "${FIRST_LINE}", got ${shown(lines[0] ?? '')}. A bundle of a newer AIOS needs its own verifier.`,
    );
  const value = (key: (typeof HEAD)[number]): string => valueOf(lines, HEAD.indexOf(key) + 1, key);
  const rest = lines.slice(HEAD.length + 1, -1);
  return {
    number: value('number'),
    origin: value('origin'),
    size: fromDecimal(value('size')),
    root: value('root'),
    span: { from: momentOf(value('from')), to: momentOf(value('to')) },
    made: momentOf(value('made')),
    offsets: rest.flatMap((line) => (line.startsWith('clock ') ? [offsetOf(line)] : [])),
    files: rest.flatMap((line, i) =>
      line.startsWith('clock ') ? [] : [listedOf(line, i + HEAD.length + 2)],
    ),
  };
}

/** `ST-2026-0003`, from the moment it was made and how many were made for the client before. */
export function statementNumber(made: Moment, offsets: readonly Offset[], before: number): string {
  return `ST-${localTime(made, offsets).year}-${String(before + 1).padStart(4, '0')}`;
}

function valueOf(lines: readonly string[], at: number, key: string): string {
  const line = lines[at] ?? '';
  if (!line.startsWith(`${key} `))
    throw new Error(`line ${at + 1}: expected "${key} ...", got ${shown(line)}`);
  return line.slice(key.length + 1);
}

function momentOf(text = ''): Moment {
  return moment(text.startsWith('-') ? -fromDecimal(text.slice(1)) : fromDecimal(text));
}

function offsetOf(line: string): Offset {
  const [, from = '', minutes = ''] = line.split(' ');
  return { from: momentOf(from), minutes: momentOf(minutes) };
}

function listedOf(line: string, at: number): Listed {
  const [, sha256, name] = /^file ([0-9a-f]{64}) ([a-z0-9][a-z0-9./-]{0,99})$/.exec(line) ?? [];
  if (sha256 === undefined || name === undefined)
    throw new Error(`line ${at}: expected "file <sha256> <name>", got ${shown(line)}`);
  return { name, sha256 };
}

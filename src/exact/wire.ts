/** What parent and child say to each other: one JSON object a line, bytes as base64. */
import type { FaultCode } from '../core/fault.ts';
import type { SecretSpan } from '../core/secrets.ts';
import type { CheckReport, Gate } from '../core/verdict.ts';
import type { NamedFile, Program, ReadDocument } from '../flow/ports/exact.ts';
import { kindOf } from './kinds.ts';

/** A file of a kind no program reads travels without bytes: its name still answers links to it. */
export type WireFile = { readonly name: string; readonly base64?: string };

export type Work =
  | { readonly is: 'run'; readonly program: Program }
  | { readonly is: 'check'; readonly gate: Gate }
  /** The only file of the job is a document. */
  | { readonly is: 'read' }
  /** The files of the job are texts to be looked through for secrets. */
  | { readonly is: 'secrets' };

export type Job = {
  readonly id: number;
  readonly work: Work;
  readonly files: readonly WireFile[];
  /** Text of the house style, already known to be sound. */
  readonly style: string;
  /** Epoch ms, told by the parent so that a report can be made again. */
  readonly now: number;
};

export type EngineMark = { readonly name: string; readonly version: string };

export type WireResult =
  | {
      readonly is: 'done';
      readonly files: readonly WireFile[];
      readonly says: string;
      readonly notChecked: readonly string[];
      readonly engines: readonly EngineMark[];
    }
  | { readonly is: 'not_possible'; readonly why: string };

/** A line of the child. `engine` says that one begins or has ended, so that the parent can time it from outside. */
export type Line =
  | { readonly id: number; readonly is: 'engine'; readonly name: string; readonly on: boolean }
  | { readonly id: number; readonly is: 'result'; readonly result: WireResult }
  | { readonly id: number; readonly is: 'report'; readonly report: CheckReport }
  | { readonly id: number; readonly is: 'read'; readonly read: ReadDocument }
  | {
      readonly id: number;
      readonly is: 'secrets';
      readonly found: readonly (readonly SecretSpan[])[];
    }
  | { readonly id: number; readonly is: 'fault'; readonly code: FaultCode; readonly says: string };

/** Packs a file for the child; bytes of an unknown kind stay behind. */
export function pack(file: NamedFile): WireFile {
  return kindOf(file.name) === undefined ? { name: file.name } : packWhole(file);
}

/** Packs a file with its bytes, whatever it is. */
export function packWhole({ name, bytes }: NamedFile): WireFile {
  return { name, base64: Buffer.from(bytes).toString('base64') };
}

/** The file as it was before `pack`, empty when its bytes stayed behind. */
export function unpack(file: WireFile): NamedFile {
  return { name: file.name, bytes: new Uint8Array(Buffer.from(file.base64 ?? '', 'base64')) };
}

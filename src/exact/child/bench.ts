import type { CheckReport } from '../../core/verdict.ts';
import type { WireResult } from '../wire.ts';
import type { Engines } from './engine.ts';
import type { Sources } from './source.ts';

/** What a program or a check is given inside the child. */
export type Bench = {
  readonly sources: Sources;
  readonly engines: Engines;
  /** Text of the house style. */
  readonly style: string;
  readonly now: number;
};

export type Made =
  | {
      readonly is: 'done';
      readonly files: readonly { readonly name: string; readonly text: string }[];
      readonly says: string;
      readonly notChecked: readonly string[];
    }
  | Extract<WireResult, { is: 'not_possible' }>;

export type RunProgram = (bench: Bench) => Promise<Made>;
export type RunCheck = (bench: Bench) => Promise<CheckReport>;

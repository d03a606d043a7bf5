import { REPLACED_KINDS } from '../core/leaving.ts';
import type { Fields } from './field.ts';
import { BODY, each, optional, recordOf, RULE, WHOLE } from './field.ts';

const REPLACED = each(Object.fromEntries(REPLACED_KINDS.map((kind) => [kind, WHOLE])));

/** How what is sent left the machine; absent where it stayed. No value stands here, only how many there were. */
export const LEFT: Fields = {
  leaving: optional(RULE),
  /** How many different values of each kind were replaced. */
  replaced: optional(recordOf(REPLACED)),
  masking: optional(RULE),
  /** What stands for what in the prompt, where it left redacted. */
  mapping: optional(BODY),
};

/** Closed words of the record that more than one room needs. */

/** Why a body was erased. `person`: somebody asked for it; `contract`: the work for a client ended; `law`: a law says so. */
export const ERASE_GROUNDS = ['person', 'contract', 'mistake', 'law', 'retention'] as const;
export type EraseGround = (typeof ERASE_GROUNDS)[number];

/** How much was erased at once: one text, those of a task, of a request, of a client, or who a person was. */
export const ERASE_SCOPES = ['body', 'task', 'request', 'client', 'person'] as const;
export type EraseScope = (typeof ERASE_SCOPES)[number];

/** What was erased beside texts. `file_names` go with the plain hashes of the files, `quote_hashes` are those of findings. */
export const ERASED_BESIDES = [
  'file_names',
  'quote_hashes',
  'client_name',
  'channels',
  'answers_offered',
  'person_name',
] as const;
export type ErasedBeside = (typeof ERASED_BESIDES)[number];

/** Why a cost was corrected. */
export const ADJUST_REASONS = ['invoice', 'credit', 'mistake', 'allocation'] as const;
export type AdjustReason = (typeof ADJUST_REASONS)[number];

/**
 * Why a log was ended and followed by one of a new epoch. `restored`: the database is older than what was signed;
 * `rewritten`: it holds something else; `lost`: what was signed, or the key, is gone.
 */
export const EPOCH_REASONS = ['restored', 'rewritten', 'lost'] as const;
export type EpochReason = (typeof EPOCH_REASONS)[number];

/** Where minutes by hand come from: the owner's table, the persona's own estimate, a person's correction. */
export const MINUTE_BASES = ['table', 'persona', 'person'] as const;
export type MinuteBasis = (typeof MINUTE_BASES)[number];

/** Where minutes of review come from: the owner's table, the time from Read to the decision, a person's correction. */
export const REVIEW_BASES = ['table', 'measured', 'corrected'] as const;
export type ReviewBasis = (typeof REVIEW_BASES)[number];

/** IPTC digital source types that apply here (https://cv.iptc.org/newscodes/digitalsourcetype/). */
export const SOURCE_TYPES = [
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'algorithmicMedia',
  'humanEdits',
] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

/** Days for which bodies of a client are kept after the last change of their request, unless set otherwise. */
export const RETENTION_DAYS = 90;

/**
 * Why nothing is read with an example any more. `asked`: somebody removed it; `replaced`: the same words were given another
 * kind; `confidential`: its request turned out to be; `too_many`: there were newer ones enough.
 */
export const EXAMPLE_OUTS = ['asked', 'replaced', 'confidential', 'too_many'] as const;
export type ExampleOut = (typeof EXAMPLE_OUTS)[number];

/** What made words an example: the answer to a question about the kind, or a change of the kind in a plan. */
export const EXAMPLE_SOURCES = ['answer', 'change'] as const;
export type ExampleSource = (typeof EXAMPLE_SOURCES)[number];

/** What put a rule set in force: the first start, which takes what it finds, the owner, or a start with AIOS_RULES=auto. */
export const ACCEPTED_BY = ['first_start', 'owner', 'auto'] as const;
export type AcceptedBy = (typeof ACCEPTED_BY)[number];

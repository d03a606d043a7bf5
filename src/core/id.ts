/** Branded ids: one brand per thing that has an identity, so that a task id can never be passed for a request id. */
export type Id<Name extends string> = string & { readonly __id: Name };

export type PracticeId = Id<'practice'>;
export type PersonId = Id<'person'>;
export type ClientId = Id<'client'>;
export type RequestId = Id<'request'>;
export type TaskId = Id<'task'>;
export type AttemptId = Id<'attempt'>;
export type DraftId = Id<'draft'>;
export type DecisionId = Id<'decision'>;
export type QuestionId = Id<'question'>;
export type ExampleId = Id<'example'>;
export type BudgetId = Id<'budget'>;
export type EntryId = Id<'entry'>;
export type BodyId = Id<'body'>;
export type PostingId = Id<'posting'>;
export type ButtonId = Id<'button'>;
export type LogId = Id<'log'>;

/** How a task is written to people: `#142.2`, the second piece of request 142 of this practice. */
export function taskNumber(request: number, ordinal: number): string {
  return `#${request}.${ordinal}`;
}

/** How a request is written to people: `#142`. */
export function requestNumber(request: number): string {
  return `#${request}`;
}

export type NumberRef = { readonly request: number; readonly ordinal?: number };

/** `#142` or `#142.2`. */
export function numberText({ request, ordinal }: NumberRef): string {
  return ordinal === undefined ? requestNumber(request) : taskNumber(request, ordinal);
}

/** Reads `#142`, `142`, `#142.2` or `142.2`; anything else is undefined. */
export function readNumber(text: string): NumberRef | undefined {
  const found = /^#?([1-9][0-9]{0,8})(?:\.([1-9][0-9]{0,3}))?$/.exec(text.trim());
  if (found === null) return undefined;
  const request = Number(found[1]);
  return found[2] === undefined ? { request } : { request, ordinal: Number(found[2]) };
}

/** Rows that must be what entries say. */
export type Agreement = {
  /** In one sentence, for the docs. */
  readonly holds: string;
  /** SQL for those that are not: place, expected, got. `said` holds the entries they rest on; `$1` is a client, or null for all. */
  readonly rows: string;
};

/** The client of a row `alias`, where it has one by its task. */
export const ofTask = (alias: string): string => `join task t on t.id = ${alias}.task_id`;

/** Whether a row is looked at: of the client that was asked for, or of anybody. */
export const mine = (column: string): string => `($1::uuid is null or ${column} = $1::uuid)`;

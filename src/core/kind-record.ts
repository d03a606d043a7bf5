/** How drafts of one kind fared with the people who decide. */
export type KindRecord = { readonly approved: number; readonly unchanged: number };

/** What a record must show before work of its kind starts without a click. */
export type LeastRecord = {
  readonly approved: number;
  /** Of a hundred approvals. */
  readonly unchanged: number;
};

/** `thin` with too few approvals to show anything, `bad` when too many of them needed a person's change first. */
export function shownBy(record: KindRecord, least: LeastRecord): 'thin' | 'bad' | 'good' {
  if (record.approved < least.approved) return 'thin';
  return record.unchanged * 100 >= record.approved * least.unchanged ? 'good' : 'bad';
}

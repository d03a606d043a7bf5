/** Declines of one specialist, of one kind, to one colleague, and what people made of them afterwards. */
export type DeclineCount = {
  readonly by: string;
  readonly kind: string;
  /** Id of a colleague, `human`, or `unknown` for a name that is nobody's. */
  readonly to: string;
  readonly rightly: number;
  readonly wrongly: number;
  /** Nobody has chosen yet. */
  readonly open: number;
};

const MOST = 6;

/** `Declined: editor, draft.blog to blog-drafter 3 times (2 rightly, 1 open)`; no line when nobody declined anything. */
export function declinedLine(declines: readonly DeclineCount[]): readonly string[] {
  if (declines.length === 0) return [];
  const left = declines.length - MOST;
  const said = declines.slice(0, MOST).map(told);
  return [`Declined: ${[...said, ...(left > 0 ? [`and ${left} more`] : [])].join(' · ')}`];
}

function told({ by, kind, to, rightly, wrongly, open }: DeclineCount): string {
  const counts = Object.entries({ rightly, wrongly, open }).filter(([, n]) => n > 0);
  const all = rightly + wrongly + open;
  const fates = counts.map(([fate, n]) => (all === 1 ? fate : `${n} ${fate}`)).join(', ');
  return `${by}, ${kind} to ${WHOM[to] ?? to}${all === 1 ? '' : ` ${all} times`} (${fates})`;
}

const WHOM: Readonly<Record<string, string>> = { human: 'a person', unknown: 'nobody we have' };

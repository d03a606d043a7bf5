import { WARN_PERCENT } from '../core/budget.ts';
import { ok, warn } from './check.ts';
import type { Check, Finding } from './check.ts';
import { onServer } from './checks-database.ts';
import type { Ask } from './checks-database.ts';

/** What will hold work soon. */
export const BUDGETS: readonly Check[] = [
  { id: 'budgets', test: (look) => onServer(look, budgets) },
];

type Row = {
  readonly number: number;
  readonly client: string | null;
  readonly percent: number;
  readonly lost: boolean;
};

async function budgets({ sql, config }: Ask): Promise<Finding> {
  const [there] = await sql<{ is: boolean }[]>`
    select to_regclass('public.reservation') is not null as is`;
  if (there?.is !== true) return ok('No budget is set.');
  const rows = await sql<Row[]>`
    select b.number, c.name as client, case when b.cap + p.raised = 0 then 100
        else (p.spent::numeric * 100 / (b.cap + p.raised))::int end as percent,
      exists (select from reservation r where r.budget_id = b.id and r.period = p.period
        and r.counted in ('lost', 'unpriced')) as lost
    from budget b left join client c on c.id = b.client_id
      join budget_period p on p.budget_id = b.id and p.spent > 0 and p.period =
        case b.period when 'month' then to_char(now() at time zone ${config.zone}, 'YYYY-MM') else 'ever' end
    where b.removed_at is null order by b.number`;
  const nearly = rows.filter(({ percent }) => percent >= WARN_PERCENT);
  if (nearly.length === 0) return ok('No budget is nearly used up.');
  return warn(
    `Nearly used up: ${nearly.map(wordsOf).join(', ')}.`,
    'aios budget list shows them, aios budget raise <number> <amount> raises one.',
  );
}

function wordsOf({ number, client, percent, lost }: Row): string {
  const counted = lost ? ', some of it for answers that were lost' : '';
  return `budget ${number}${client === null ? '' : ` (${client})`} ${percent} %${counted}`;
}

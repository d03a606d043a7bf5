import type { Moment } from '../core/moment.ts';
import type { WantedCard } from '../flow/ports/store.ts';
import { columnsOf } from './columns.ts';
import type { Sql } from './connect.ts';
import type { Statement } from './together.ts';

/** How long a passing state may stay unshown: several of them in a row then take one look, one message and one job. */
const PATIENCE_MS = 1_000;

/**
 * Asks for a card to be shown (again) and sees to the job that shows it; the job id holds the count, so each asking that
 * makes a job makes one of its own. A job shows what is wanted when it runs, so that one not yet sent serves all who ask
 * meanwhile: what may wait leaves it to that job, what may not takes its place. A row that somebody else holds (a relay
 * that is sending it) counts as sent: two jobs do no harm, none would.
 */
export const want =
  ({ mayWait = false, ...card }: WantedCard, at: Moment): Statement =>
  (tx) => {
    const wanted = wantedOf(tx, card);
    if (mayWait)
      return tx`
        with ${wanted}
        insert into outbox (job_id, queue, name, subject, due_at)
        select 'post_' || id || '_' || wanted, 'aios', 'post', id, ${at + PATIENCE_MS} from wanted
        where not exists (select from standing)`;
    return tx`
      with ${wanted}, replaced as (
        update outbox o set sent_at = now(), done_at = now() from standing s where o.job_id = s.job_id
      )
      insert into outbox (job_id, queue, name, subject, due_at)
      select 'post_' || id || '_' || wanted, 'aios', 'post', id, ${at} from wanted`;
  };

/** The card, asked for once more, and the row of a job of its that was not sent yet, held until the act is written. */
function wantedOf(tx: Sql, card: Omit<WantedCard, 'mayWait'>) {
  const row = columnsOf(tx, 'card', { ...BARE, ...card });
  return tx`
    wanted as (
      insert into card ${tx(row)}
      on conflict (key) do update set wanted = card.wanted + 1
      returning id, wanted
    ), standing as (
      select o.job_id from outbox o join wanted w on o.subject = w.id::text
      where o.name = 'post' and o.sent_at is null and o.done_at is null
      for update of o skip locked
    )`;
}

/** A card nobody has seen yet. */
const BARE = {
  requestId: null,
  taskId: null,
  questionId: null,
  draftId: null,
  note: null,
  wanted: 1,
  shown: 0,
};

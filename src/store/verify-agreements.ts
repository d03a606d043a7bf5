import { mine, ofTask } from './agreement.ts';
import type { Agreement } from './agreement.ts';
import { BUDGET_AGREEMENTS } from './verify-budgets.ts';

/** Types of which the data are looked at as well. */
const WITH_DATA = [
  'role.set',
  'client.created',
  'client.set',
  'content.erased',
  'draft.attributed',
  'example.kept',
  'example.shared',
  'practice.founded',
  'rules.accepted',
  'budget.set',
  'budget.raised',
  'budget.removed',
  'budget.warned',
  'cost.adjusted',
];
const PLAIN = [
  'draft.approved',
  'task.sent_back',
  'draft.rejected',
  'draft.edited',
  'draft.made',
  'draft.delivered',
  'disclosure.issued',
  'approval.voided',
  'approval.taken_back',
  'attempt.started',
  'attempt.ended',
];
const quoted = (types: readonly string[]): string => types.map((type) => `'${type}'`).join(', ');

/** The entries that rows rest on, read once for all agreements. */
export const SAID = `
  select id, entry_id, type, at, client_id, task_id, attempt_id, actor_id, draft_sha256, cost_nano,
    case when type in (${quoted(WITH_DATA)}) then convert_from(body, 'UTF8')::jsonb -> 'data' end as data
  from entry where type in (${quoted([...WITH_DATA, ...PLAIN])}) and ($1::uuid is null or client_id = $1::uuid)`;

/** The entry that each verb of a decision leaves. */
const VERBS = `(values ('approve', 'draft.approved'), ('send_back', 'task.sent_back'), ('reject', 'draft.rejected'), ('edit', 'draft.edited')) as v (verb, type)`;

/** Whatever a row shows of itself is an id, a hash or a technical word. */
export const AGREEMENTS: readonly Agreement[] = [
  {
    holds:
      'Every decision has its entry: the same task, draft, person and time, and what took it out of force.',
    rows: `
      select 'decision ' || d.id as place, 'an entry ' || v.type || ' of this task, draft, person and time' as expected,
        coalesce(e.type || ' ' || e.entry_id, 'none') as got
      from decision d ${ofTask('d')} join ${VERBS} on v.verb = d.verb left join said e on e.entry_id = d.last_entry
      where ${mine('t.client_id')} and d.voided_at is null and (e.type, e.task_id, e.actor_id, e.at) is distinct from
        (v.type, d.task_id, d.person_id::text, d.at)
      or ${mine('t.client_id')} and d.voided_at is null and d.verb <> 'edit' and e.draft_sha256 is distinct from d.draft_sha256
      or ${mine('t.client_id')} and d.voided_at is not null and ((e.task_id, e.at) is distinct from (d.task_id, d.voided_at)
        or e.type is null or e.type not in ('approval.voided', 'approval.taken_back'))`,
  },
  {
    holds: 'Every entry of a decision has its row.',
    rows: `
      select 'entry ' || e.type || ' ' || e.entry_id as place, 'a decision of its task, person and time' as expected,
        'none' as got
      from said e join ${VERBS} on v.type = e.type
      where ${mine('e.client_id')} and not exists (select from decision d where d.task_id = e.task_id and d.verb = v.verb
        and d.person_id::text = e.actor_id and d.at = e.at)`,
  },
  {
    holds:
      'Every delivery has its entry, of the same task, draft and time, and the disclosure it names.',
    rows: `
      select 'delivery of task ' || y.task_id as place, 'its entry draft.delivered, and a disclosure of these bytes' as expected,
        coalesce(e.type || ' ' || e.entry_id, 'none') as got
      from delivery y ${ofTask('y')} left join said e on e.entry_id = y.last_entry
        left join said i on i.entry_id = y.disclosure_entry
      where ${mine('t.client_id')} and ((e.type, e.task_id, e.draft_sha256, e.at) is distinct from
        ('draft.delivered', y.task_id, y.draft_sha256, y.at) or (i.type, i.task_id, i.draft_sha256) is distinct from
        ('disclosure.issued', y.task_id, y.draft_sha256))`,
  },
  {
    holds: 'Every entry of a delivery has its row.',
    rows: `
      select 'entry draft.delivered ' || e.entry_id as place, 'a delivery of its task' as expected, 'none' as got
      from said e where e.type = 'draft.delivered' and ${mine('e.client_id')}
        and not exists (select from delivery y where y.task_id = e.task_id and y.last_entry = e.entry_id)`,
  },
  {
    holds:
      'Whoever may decide for a client does so by an entry, from its time until that of another.',
    rows: `
      select 'approver ' || a.id as place, 'an entry role.set of this client and person at these times' as expected,
        'none' as got
      from approver a where ${mine('a.client_id')} and not (
        exists (select from said e where e.type = 'role.set' and e.client_id = a.client_id and e.at = a.since
          and e.data ->> 'person' = a.person_id::text and e.data ->> 'role' = 'approver')
        and (a.until is null or exists (select from said e where e.type = 'role.set' and e.client_id = a.client_id
          and e.at = a.until and e.data ->> 'person' = a.person_id::text and e.data ->> 'in_force' = 'false')))`,
  },
  {
    holds: 'Every entry that names an approver has its row.',
    rows: `
      select 'entry role.set ' || e.entry_id as place, 'an approver of its client and person from its time on' as expected,
        'none' as got
      from said e where e.type = 'role.set' and ${mine('e.client_id')} and e.data ->> 'role' = 'approver'
        and e.data ->> 'in_force' = 'true' and not exists (select from approver a where a.client_id = e.client_id
          and a.person_id::text = e.data ->> 'person' and a.since = e.at)`,
  },
  {
    holds: 'Every attempt began and ended as its entries say, at the cost they say.',
    rows: `
      select 'attempt ' || a.id as place, 'its entries, at these times and this cost' as expected,
        coalesce(s.type, 'none') || ' and ' || coalesce(e.type, 'none') as got
      from attempt a ${ofTask('a')} left join said s on s.entry_id = a.started_entry left join said e on e.entry_id = a.ended_entry
      where ${mine('t.client_id')} and ((s.type, s.task_id, s.attempt_id, s.at) is distinct from
        ('attempt.started', a.task_id, a.id, a.started_at) or (a.ended_at is null) <> (a.ended_entry is null)
        or a.ended_at is not null and (e.type, e.task_id, e.attempt_id, e.at, e.cost_nano) is distinct from
          ('attempt.ended', a.task_id, a.id, a.ended_at, a.cost_nano))`,
  },
  {
    holds: 'Every entry that begins or ends an attempt has its row.',
    rows: `
      select 'entry ' || e.type || ' ' || e.entry_id as place, 'an attempt that names it' as expected, 'none' as got
      from said e left join attempt a on a.id = e.attempt_id
      where e.type in ('attempt.started', 'attempt.ended') and ${mine('e.client_id')}
        and e.entry_id is distinct from case e.type when 'attempt.started' then a.started_entry else a.ended_entry end`,
  },
  {
    holds: 'Every draft was made or edited by an entry of its task and hash.',
    rows: `
      select 'draft ' || d.id as place, 'an entry draft.made or draft.edited of its task and hash' as expected, 'none' as got
      from draft d ${ofTask('d')} where ${mine('t.client_id')} and not exists (select from said e
        where e.task_id = d.task_id and e.type in ('draft.made', 'draft.edited') and e.draft_sha256 = d.sha256)`,
  },
  {
    holds: 'Every entry of a draft has its row.',
    rows: `
      select 'entry ' || e.type || ' ' || e.entry_id as place, 'a draft of its task and hash' as expected, 'none' as got
      from said e where e.type in ('draft.made', 'draft.edited') and ${mine('e.client_id')}
        and not exists (select from draft d where d.task_id = e.task_id and d.sha256 = e.draft_sha256)`,
  },
  {
    holds: 'A client is as open to the cloud as the last entry about it says.',
    rows: `
      select 'client ' || c.id as place, 'cloud ' || coalesce(e.cloud, 'unset') as expected, 'cloud ' || c.cloud as got
      from client c left join lateral (select x.data ->> 'cloud' as cloud from said x where x.client_id = c.id
        and x.type in ('client.created', 'client.set') and x.data ? 'cloud' order by x.id desc limit 1) e on true
      where ${mine('c.id')} and c.cloud is distinct from e.cloud`,
  },
  {
    holds: 'The words listed for a client are those the last entry about them names.',
    rows: `
      select 'client ' || c.id as place, 'words ' || coalesce(e.body, 'none') as expected, 'words ' || coalesce(c.terms_body::text, 'none') as got
      from client c left join lateral (select x.data #>> '{content,id}' as body from said x where x.client_id = c.id
        and x.type = 'client.set' and x.data ? 'terms' order by x.id desc limit 1) e on true
      where ${mine('c.id')} and c.terms_body::text is distinct from e.body`,
  },
  {
    holds:
      'What is erased was erased by an entry that names it, and what such an entry names is erased.',
    rows: `
      select 'body ' || coalesce(b.id::text, n.id) as place,
        case when n.id is null then 'an entry content.erased that names it' else 'an erased body' end as expected,
        case when n.id is null then 'none' else 'one that is there' end as got
      from (select jsonb_array_elements_text(e.data -> 'bodies') as id from said e
        where e.type = 'content.erased' and ${mine('e.client_id')}) n
      full join (select * from body where ${mine('client_id')}) b on b.id::text = n.id
      where (n.id is null and b.erased_at is not null) or (n.id is not null and b.id is not null and b.erased_at is null)`,
  },
  {
    holds:
      'Every example is of the kind, the task, the person and the time that its entry says, for its client or for everyone.',
    rows: `
      select 'example ' || x.id as place, 'an entry that says so' as expected, 'none' as got
      from example x ${ofTask('x')} where ${mine('t.client_id')} and not exists (select from said e
        where (e.type, e.task_id, e.actor_id, e.at) = (case when x.client_id is null then 'example.shared' else 'example.kept' end,
          x.task_id, x.person_id::text, x.made_at)
        and e.data ->> 'example' = x.id::text and e.data ->> 'kind' = x.kind)`,
  },
  {
    holds: 'Who wrote which words is kept as its entry says, by its hash.',
    rows: `
      select 'attribution of draft ' || a.draft_id as place, 'the hash ' || a.sha256 || ' in its entry and of its content' as expected,
        coalesce(e.type || ' ' || e.entry_id, 'none') as got
      from attribution a left join said e on e.entry_id = a.last_entry
      where ${mine('a.client_id')} and ((e.type, e.task_id) is distinct from ('draft.attributed', a.task_id)
        or e.data ->> 'attribution_sha256' is distinct from a.sha256 or a.sha256 <> encode(sha256(a.content), 'hex'))`,
  },
  {
    holds: 'Every entry that says who wrote which words has its row.',
    rows: `
      select 'entry draft.attributed ' || e.entry_id as place, 'an attribution that names it' as expected, 'none' as got
      from said e where e.type = 'draft.attributed' and ${mine('e.client_id')}
        and not exists (select from attribution a where a.last_entry = e.entry_id)`,
  },
  {
    holds: 'The rule set in force is the one that was accepted last, and its entry is the last.',
    rows: `
      select 'the practice' as place, 'the rule set ' || coalesce(e.hash, 'of an entry') || ' that was accepted last' as expected,
        'the rule set ' || p.policy_sha256 as got
      from practice p left join lateral (select x.data ->> 'rules_sha256' as hash, x.entry_id from said x
        where x.type in ('practice.founded', 'rules.accepted') order by x.id desc limit 1) e on true
      where $1::uuid is null and (p.policy_sha256, p.last_entry) is distinct from (e.hash, e.entry_id)`,
  },
  ...BUDGET_AGREEMENTS,
];
